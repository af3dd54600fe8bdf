import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import packageJson from '../../package.json'

const dependencies: readonly string[] = Object.keys(packageJson.dependencies)
const optional: readonly string[] = Object.keys(packageJson.peerDependenciesMeta)
const peers: readonly string[] = Object.keys(packageJson.peerDependencies).filter((name) => !optional.includes(name))

/** Optional packages that everybody has who imports an entry, by the file of the entry. */
const needed: Readonly<Record<string, RegExp>> = { 'nats.d.ts': /^@nats-io\// }

/** `@noble/curves/secp256k1.js` is in `@noble/curves`. */
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

/** Where DefinitelyTyped keeps the types of a package: `@types/noble__curves`. */
const typesOf = (name: string): string => `@types/${name.replace(/^@/, '').replace('/', '__')}`

const problemOf = (file: string, specifier: string): string | undefined => {
  if (specifier.startsWith('node:')) return 'needs @types/node, which a page does not have'
  const name = packageOf(specifier)
  if (needed[basename(file)]?.test(name) !== true && ![...dependencies, ...peers].includes(name))
    return `${name} is no dependency that everybody has`
  const types = typesOf(name)
  if (existsSync(join('node_modules', types)) && !dependencies.includes(types)) return `${types} is no dependency`
  return undefined
}

/** What the built declarations import that a user of the package may not have installed. */
export const missingTypes = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => {
      const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'))
      return [
        ...importedFiles.map(({ fileName }) => fileName).filter((name) => !name.startsWith('.')),
        ...typeReferenceDirectives.map(({ fileName }) => `@types/${fileName}`),
      ].flatMap((specifier) => {
        const problem = problemOf(file, specifier)
        return problem === undefined ? [] : [`${file} imports ${specifier}: ${problem}`]
      })
    })
