import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildSync } from 'esbuild'

const root = join(__dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * A program (its path within the repository) with all that it imports as one file of JavaScript, which starts much
 * sooner than its sources do. Says where; it is gone after the specs of a file.
 */
export const bundled = (program: string): string => {
  const outfile = join(folder, `${basename(program, '.ts')}.mjs`)
  buildSync({
    ...{ absWorkingDir: root, entryPoints: [program], outfile, bundle: true, platform: 'node', format: 'esm' },
    // What packages in CommonJS require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return outfile
}
