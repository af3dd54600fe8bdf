import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { BuildOptions } from 'esbuild'
import { bundle } from '../scripts/bundle.js'

const root = resolve(import.meta.dirname, '..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true }, peers: { type: 'boolean' }, tardis: { type: 'string' } },
})

const peers = join(root, 'bench/peers')

/** The version of a package, or of its sources. */
const versionOf = (folder: string): string => {
  // Every package says it.
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string }
  return JSON.stringify(version)
}

const tardisFolder = (sources: string | undefined) => sources ?? join(peers, 'node_modules/tardis-dev')

/** What others publish, or the sources of tardis-dev in a folder: those of later versions than npm has may be there. */
const withPeers = (sources: string | undefined): BuildOptions => {
  const tardis = tardisFolder(sources)
  const part = (name: string) =>
    sources === undefined ? join(tardis, `dist/${name}.js`) : join(tardis, `src/${name}.ts`)
  return {
    alias: { 'tardis-dev': part('index'), 'tardis-dev/splitting': part('binarysplit') },
    nodePaths: [join(peers, 'node_modules')],
    define: {
      TARDIS_VERSION: versionOf(tardis),
      BINANCE_VERSION: versionOf(join(peers, 'node_modules/binance')),
      CCXT_FOLDER: JSON.stringify(pathToFileURL(join(peers, 'node_modules/ccxt')).href),
      CCXT_VERSION: versionOf(join(peers, 'node_modules/ccxt')),
    },
  }
}

/** This Node, or another version of it, as the package `node` of npm brings it. */
const command = (version: string | undefined): readonly [string, ...string[]] =>
  version === undefined ? [process.execPath] : ['npm', 'exec', '--yes', `--package=node@${version}`, '--', 'node']

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
try {
  const programs = readdirSync(join(root, 'bench/programs')).map((file) => `bench/programs/${file}`)
  const [main = ''] =
    values.peers === true
      ? bundle(root, ['bench/peers/bench.mjs'], join(folder, 'programs'), withPeers(values.tardis))
      : bundle(root, ['bench/bench.ts', ...programs], folder)
  // Where it looks for what it says of itself.
  if (values.peers === true)
    copyFileSync(join(tardisFolder(values.tardis), 'package.json'), join(folder, 'package.json'))
  for (const version of values.node ?? [undefined]) {
    const [file, ...args] = command(version)
    const { status } = spawnSync(file, [...args, '--expose-gc', main, ...positionals], { cwd: root, stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
