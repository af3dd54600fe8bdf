import { chmod, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { transform } from 'esbuild'
import { rollup, type Plugin, type RollupOptions } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { version } from '../../package.json'
import { compilerOptions } from '../../tsconfig.json'
import { buildPage } from './buildPage.js'
import { entries, program } from './entries.js'
import { licencesOf } from './licences.js'
import { pure } from './pure.js'
import { typesAlone } from './typesAlone.js'

const MANIFEST = resolve('package.json')

/**
 * Packages that are bundled, since Node takes long to find their many small files, and longer to look through those in
 * CommonJS for what they export.
 */
const bundled = /^(?:io-ts|fp-ts|@noble\/\w+)(?:\/|$)/

const isOurs = (path: string) => !path.includes('/node_modules/')

const typescript: Plugin = {
  name: 'typescript',
  resolveId: (id, importer) =>
    id.startsWith('.') && importer !== undefined && isOurs(importer)
      ? resolve(dirname(importer), id.replace(/\.js$/, '.ts'))
      : undefined,
  // All that is read of it.
  load: (id) => (id === MANIFEST ? `export const version = '${version}'` : undefined),
  transform: (code, sourcefile) =>
    transform(code, { loader: 'ts', sourcefile, sourcemap: true, tsconfigRaw: { compilerOptions } }),
}

/**
 * What stands together. A bundler that takes one name from a file keeps what else the file imports, so the files of the
 * entries only pass on names, and what imports Node modules stands apart from what does not.
 */
const chunks: readonly (readonly [name: string, files: RegExp])[] = [
  ['pure', /\/package\.json$|\/lib\/((Signal|copies)\.ts|(timing|codecs|events|venues|parser|book|operators)\/)/],
  ['client', /\/lib\/client\//],
  [
    'node',
    /\/lib\/communicators\/(record|replay|accountC|websocket\/websocketCommunicator\.|websocket\/transport\/(ws|node))/,
  ],
  ['live', /\/lib\/(rest|communicators)\/|\/@noble\/(hashes|curves\/esm\/(abstract|utils))/],
]

/** fp-ts and io-ts as ES modules, of which what nobody uses is left out. */
const modules: Plugin = {
  name: 'modules',
  resolveId: (id) => (id.startsWith('fp-ts/lib/') ? resolve('node_modules', id.replace('/lib/', '/es6/')) : undefined),
}

const settings: RollupOptions = {
  input: Object.fromEntries(entries.map(({ file, source }) => [file, source])),
  external: (id) => /^[^./]/.test(id) && !bundled.test(id),
  treeshake: { moduleSideEffects: 'no-external' },
  onLog: (_, { plugin, code, message }) => {
    // io-ts is compiled so that `this` may be anything.
    if (code === 'THIS_IS_UNDEFINED') return
    // Which types have no name for users is in the report of the API, whatever file they are in.
    if (plugin !== 'dts') throw new Error(message)
  },
}

const shared = { minifyInternalExports: false, hoistTransitiveImports: false, sourcemap: true }

const formats = [
  { dir: 'dist/esm', format: 'es', type: 'module' },
  { dir: 'dist/cjs', format: 'cjs', type: 'commonjs' },
] as const

await rm('dist', { recursive: true, force: true })
const code = await rollup({
  ...settings,
  plugins: [pure, typescript, modules, nodeResolve({ resolveOnly: [bundled] })],
})
const types = await rollup({ ...settings, external: /^[^./]/, plugins: [dts({ tsconfig: 'tsconfig.build.json' })] })
for (const { dir, format, type } of formats) {
  const { output } = await code.write({
    ...{ ...shared, dir, format, interop: 'compat', sourcemapExcludeSources: true },
    // Hosts of CommonJS such as Jest have no `import()`.
    dynamicImportInCjs: false,
    chunkFileNames: 'shared/[name].js',
    manualChunks: (id) => chunks.find(([, files]) => files.test(id))?.[0],
  })
  const values = new Map(output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.name, chunk.exports]] : [])))
  await types.write({
    ...{ ...shared, dir },
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'shared/[name].d.ts',
    plugins: [typesAlone(values)],
  })
  await writeFile(`${dir}/package.json`, `${JSON.stringify({ type, sideEffects: false })}\n`)
}

/** The program is one file beside the entries, which it imports as users do: from the package that it is part of. */
const imported = new Map(entries.map(({ file, source }) => [resolve(source), `./${file}.js`]))
const executable = await rollup({
  ...settings,
  input: program.source,
  external: (id, _, isResolved) => !/^[./]/.test(id) || (isResolved && imported.has(id)),
  plugins: [typescript],
})
await executable.write({
  ...{ file: program.path, format: 'es', sourcemap: true, sourcemapExcludeSources: true },
  banner: '#!/usr/bin/env node',
  paths: (id) => imported.get(id) ?? id,
})
await chmod(program.path, 0o755)

await writeFile('dist/licences.txt', await licencesOf(code.watchFiles))
await buildPage('dist/dashboard', { 'aster-rx/core': resolve('dist/esm/core.js') })
