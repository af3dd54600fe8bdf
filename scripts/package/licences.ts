import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The folders of the packages that files are of: `node_modules/rxjs`, `node_modules/@noble/curves`. */
const packagesOf = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))].toSorted()

/** What a package may be passed on under: its own text, or the name of the licence where it has no more. */
const licenceOf = async (folder: string): Promise<string> => {
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name))
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly [key in 'name' | 'version' | 'license']: string
  }
  const text = file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), 'utf8')
  return `${name} ${version}\n\n${text.trim()}\n`
}

/** The licences of the packages that these files are of, as one text: what is bundled is passed on with them. */
export const licencesOf = async (paths: readonly string[]): Promise<string> =>
  (await Promise.all(packagesOf(paths).map(licenceOf))).join(`\n${'-'.repeat(80)}\n\n`)
