import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const SOURCES = 'lib/cli/dashboard'

/** Builds the page of the dashboard: one file of HTML, one of CSS, and one of JavaScript with all that it imports. */
export const buildPage = async (folder: string, alias: Readonly<Record<string, string>> = {}): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const name of ['index.html', 'page.css']) await copyFile(join(SOURCES, name), join(folder, name))
  await build({
    ...{ entryPoints: [join(SOURCES, 'page.ts')], outfile: join(folder, 'page.js'), alias },
    ...{ bundle: true, minify: true, format: 'iife', platform: 'browser', target: 'es2022', logLevel: 'error' },
    // The licences of what is in it stay with it.
    legalComments: 'eof',
  })
}
