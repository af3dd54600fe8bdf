import { join, parse } from 'node:path'
import { buildSync, type BuildOptions } from 'esbuild'

/**
 * Programs (their paths within `root`), each with all that it imports as one file of JavaScript in `folder`, which
 * starts much sooner than its sources do, and is what users run. Says where they are.
 */
export const bundle = (
  root: string,
  programs: readonly string[],
  folder: string,
  more: BuildOptions = {},
): readonly string[] => {
  buildSync({
    ...{ absWorkingDir: root, entryPoints: [...programs], outdir: folder, outExtension: { '.js': '.mjs' } },
    ...{ entryNames: '[name]', bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    // What packages in CommonJS require.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    ...more,
  })
  return programs.map((program) => join(folder, `${parse(program).name}.mjs`))
}
