import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const SOURCES = 'lib/cli/dashboard'

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

/**
 * Builds the page of the dashboard: one file of HTML, one of CSS, one of JavaScript with all that it imports, and the
 * licences of these packages.
 */
export const buildPage = async (folder: string, alias: Readonly<Record<string, string>> = {}): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const name of ['index.html', 'page.css']) await copyFile(join(SOURCES, name), join(folder, name))
  const { metafile } = await build({
    ...{ entryPoints: [join(SOURCES, 'page.ts')], outfile: join(folder, 'page.js'), alias, metafile: true },
    ...{ bundle: true, minify: true, format: 'iife', platform: 'browser', target: 'es2022', logLevel: 'error' },
    legalComments: 'none',
  })
  const licences = await Promise.all(packagesOf(Object.keys(metafile.inputs)).map(licenceOf))
  await writeFile(join(folder, 'licences.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`))
}
