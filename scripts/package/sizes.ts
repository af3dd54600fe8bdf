import { build } from 'esbuild'
import { entries } from './entries.js'

/** What a bundle for browsers takes, minified, with all that it depends on. */
export interface Size {
  readonly bytes: number
  /** Modules that are left to the host: those of Node. */
  readonly left: readonly string[]
}

/** The bundle of some names of an entry: `syncDepth`, or `*`. */
export const sizeOf = async (entry: string, names: string): Promise<Size> => {
  const file = entries.find(({ name }) => name === entry)?.file
  const exported = names === '*' ? '*' : `{ ${names} }`
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${exported} from './dist/esm/${String(file)}.js'`, resolveDir: '.' },
    // What is loaded for patterns alone, which only Node has files for, is no part of what others take.
    ...{ bundle: true, minify: true, format: 'esm', platform: 'browser', external: ['node:*', 'tinyglobby'] },
    ...{ write: false, metafile: true, tsconfigRaw: '{}' },
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  return { bytes: outputFiles[0]?.contents.length ?? NaN, left: imports.map(({ path }) => path) }
}
