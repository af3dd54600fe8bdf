import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { licencesOf } from './licences.js'

const SOURCES = 'lib/cli/dashboard'

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
  await writeFile(join(folder, 'licences.txt'), await licencesOf(Object.keys(metafile.inputs)))
}
