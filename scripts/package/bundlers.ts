import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { finding } from './budgets.js'
import { saidByServiceWorkers } from './serviceWorker.js'

const SPECS = 'spec/bundlers'
const EXPECTED = '4.00 5.00 wss://stream.binance.com:9443/stream?streams=btcusdt@trade'

/**
 * What each bundler does with `page.js`, programs of their own, as each of them is loaded from the folder of the specs;
 * and what its bundle may take, in bytes: what it took, and two per cent.
 */
const programs: Readonly<Record<string, { readonly program: string; readonly bytes: number }>> = {
  esbuild: {
    bytes: 399_000,
    program: `
    import { build } from 'esbuild'
    const { warnings } = await build({ entryPoints: ['page.js'], bundle: true, format: 'iife', outfile: 'out/esbuild.js', logLevel: 'silent' })
    for (const { text } of warnings) console.log(text)`,
  },
  rollup: {
    bytes: 392_000,
    program: `
    import { rollup } from 'rollup'
    import { nodeResolve } from '@rollup/plugin-node-resolve'
    const onLog = (level, { message }) => console.log(level, message)
    const bundle = await rollup({ input: 'page.js', plugins: [nodeResolve({ browser: true })], onLog })
    await bundle.write({ file: 'out/rollup.js', format: 'iife' })`,
  },
  vite: {
    bytes: 166_500,
    program: `
    import { build } from 'vite'
    const say = (text) => console.log(text)
    const customLogger = { hasWarned: false, info: () => {}, warn: say, warnOnce: say, error: say, clearScreen: () => {}, hasErrorLogged: () => false }
    await build({ configFile: false, logLevel: 'warn', customLogger, build: { outDir: 'out', emptyOutDir: false, lib: { entry: 'page.js', formats: ['iife'], name: 'page', fileName: () => 'vite.js' } } })`,
  },
  webpack: {
    bytes: 168_500,
    program: `
    import webpack from 'webpack'
    const config = { mode: 'production', entry: './page.js', output: { path: process.cwd() + '/out', filename: 'webpack.js' }, performance: false }
    webpack(config, (error, stats) => {
      const { errors = [], warnings = [] } = stats?.toJson() ?? {}
      for (const { message } of [...(error ? [error] : []), ...errors, ...warnings]) console.log(message)
    })`,
  },
}

/** Opens a bundle in a document of jsdom, and says what the page said. */
const opened = (bundle: string): string => `
  import { readFileSync } from 'node:fs'
  import { JSDOM, VirtualConsole } from 'jsdom'
  const virtualConsole = new VirtualConsole().sendTo(console)
  const { window } = new JSDOM('', { runScripts: 'outside-only', virtualConsole })
  window.eval(readFileSync(${JSON.stringify(bundle)}, 'utf8'))
  console.log(window.said)`

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bundlers-'))
try {
  copyFileSync(join(SPECS, 'page.js'), join(folder, 'page.js'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  mkdirSync(join(folder, 'node_modules'))
  const link = (name: string, target: string) => symlinkSync(resolve(target), join(folder, 'node_modules', name), 'dir')
  mkdirSync(join(folder, 'node_modules/@rollup'))
  link('aster-rx', '.')
  for (const name of ['rxjs', 'io-ts', 'fp-ts', 'esbuild', 'rollup']) link(name, join('node_modules', name))
  for (const name of ['vite', 'webpack', 'jsdom', '@rollup/plugin-node-resolve'])
    link(name, join(SPECS, 'node_modules', name))

  const run = (code: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' }).trim()
  const bundles = Object.entries(programs).map(([bundler, { program, bytes }]) => ({
    ...{ bundler, bytes, warned: run(program), path: `out/${bundler}.js` },
  }))
  const byWorkers = await saidByServiceWorkers(
    folder,
    bundles.map(({ path }) => path),
  )
  bundles.forEach(({ bundler, bytes, warned, path }, i) => {
    const wrong = [warned, ...[run(opened(path)), byWorkers[i]].filter((said) => said !== EXPECTED)].join('\n').trim()
    const { length } = readFileSync(join(folder, path))
    const { what, measured, problem } = finding(`page by ${bundler}`, length, bytes, 'bytes', wrong || undefined)
    console.log(`${what}: ${measured}, ${problem ?? 'clean, in jsdom and in a service worker'}`)
    if (problem !== undefined) process.exitCode = 1
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
