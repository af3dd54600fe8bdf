import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import packageJson from '../../package.json'
import { entries } from './entries.js'
import { importAndRequire } from './identities.js'
import { pack } from './pack.js'

/** What the README has installed beside it. */
const peers = Object.keys(packageJson.peerDependencies).filter((name) => !(name in packageJson.peerDependenciesMeta))

const SPECS = resolve('spec/managers/node_modules')

/** What a user does after installing: all entries, with the peers that the user has. */
const program = (load: string): string => `
  const load = ${load}
  Promise.all(${JSON.stringify(entries.map(({ name }) => name))}.map(load)).then(async ([library]) => {
    const { createClient, frame, parse, asterFutures } = library
    const { Observable } = await load('rxjs')
    const { isRight } = await load('fp-ts/lib/Either.js')
    const client = createClient({ venue: asterFutures, communicator: () => new Observable() })
    if (!(client.trade$ instanceof Observable)) throw new Error('another RxJS than that of the user')
    if (!isRight(parse(asterFutures)(frame('{"result":null,"id":1}', 0)))) throw new Error('not parsed')
  })`

const programs = {
  'import.mjs': program('(name) => import(name)'),
  'require.cjs': program('async (name) => require(name)'),
  'both.mjs': importAndRequire,
}

interface Manager {
  readonly name: string
  /** Its program, and what that always gets. */
  readonly command: readonly string[]
  readonly add: readonly string[]
  /** What stands before a program of Node, and before a program of a package. */
  readonly node: readonly string[]
  readonly exec: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const node = [process.execPath]
const script = (path: string): readonly string[] => [...node, join(SPECS, path)]
const yarn = script('yarn/bin/yarn.js')
const berry = script('@yarnpkg/cli-dist/bin/yarn.js')
const pnpm = script('pnpm/bin/pnpm.cjs')
const bun = join(SPECS, `@oven/bun-${platform()}-${arch() === 'arm64' ? 'aarch64' : arch()}/bin/bun`)

/** All of them as strict about peers as they can be. */
const managers: readonly Manager[] = [
  { name: 'npm', command: ['npm'], add: ['install', '--strict-peer-deps'], node, exec: ['npm', 'exec', '--no', '--'] },
  { name: 'pnpm', command: pnpm, add: ['add', '--strict-peer-dependencies'], node, exec: [...pnpm, 'exec'] },
  { name: 'yarn 1', command: yarn, add: ['add'], node, exec: [...yarn, '--silent', 'run'] },
  ...['pnp', 'node-modules'].map((linker) => ({
    ...{ name: `yarn 4, ${linker}`, command: berry, add: ['add'], node: [...berry, 'node'], exec: [...berry, 'run'] },
    env: { YARN_NODE_LINKER: linker },
  })),
  { name: 'bun', command: [bun], add: ['add'], node, exec: [bun, 'run'] },
  { name: 'bun, which runs it, too', command: [bun], add: ['add'], node: [bun], exec: [bun, 'run', '--bun'] },
]

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-managers-'))
try {
  const tarball = pack(folder)
  for (const [i, { name, command, add, node, exec, env = {} }] of managers.entries()) {
    const home = join(folder, String(i))
    mkdirSync(home)
    writeFileSync(join(home, 'package.json'), '{"name":"user","version":"1.0.0","private":true}')
    for (const [file, text] of Object.entries(programs)) writeFileSync(join(home, file), text)
    const run = ([file = '', ...before]: readonly string[], args: readonly string[], right: RegExp): string => {
      const { status, stdout, stderr } = spawnSync(file, [...before, ...args], {
        ...{ cwd: home, encoding: 'utf8', timeout: 300_000 },
        env: { ...process.env, YARN_GLOBAL_FOLDER: join(folder, 'yarn'), ...env },
      })
      return status === 0 && right.test(stdout + stderr) ? '' : `\n${args.join(' ')}: ${status}\n${stdout}${stderr}`
    }
    const wrong = [
      run(command, [...add, tarball.path, ...peers], /^(?![^]*peer)/i),
      ...Object.keys(programs).map((file) => run(node, [file], /^[12]?\s*$/)),
      run(exec, ['aster-rx', '--version'], /^\d+\.\d+\.\d+\s*$/),
    ].join('')
    console.log(`${name}: ${wrong === '' ? 'clean' : wrong}`)
    if (wrong !== '') process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
