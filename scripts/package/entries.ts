import { compilerOptions } from '../../tsconfig.json'

/** A file that users import from. */
export interface Entry {
  /** As it is imported: `aster-rx/testing`. */
  readonly name: string
  readonly source: string
  /** The name of its files in `dist/esm` and `dist/cjs`. */
  readonly file: string
}

/** The entries of the package: what `paths` of tsconfig.json names, and nothing else. */
export const entries: readonly Entry[] = Object.entries(compilerOptions.paths).map(([name, [source = '']]) => ({
  name,
  source,
  file: name.split('/')[1] ?? 'index',
}))

/** The program of the package, and where it is built. */
export const program = { name: 'aster-rx', source: 'lib/cli/main.ts', path: 'dist/esm/cli.js' }
