import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Beside what else is fetched for development, and gone with it; programs of the project run in its folder. */
const cache = join(process.cwd(), 'node_modules', '.cache', 'nats-server')

const inPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'nats-server'))
    .find(existsSync)

const run = (folder: string, program: string, ...args: readonly string[]) =>
  void execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 })

/** Where nobody has asked for lists of packages yet, and we are not root: lists of our own. */
const ownLists = (folder: string): readonly string[] => {
  for (const name of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, name), { recursive: true })
  return ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${folder}`]
}

const download = (folder: string) => {
  try {
    run(folder, 'apt-get', 'download', 'nats-server')
  } catch {
    const own = ownLists(folder)
    run(folder, 'apt-get', ...own, 'update')
    run(folder, 'apt-get', ...own, 'download', 'nats-server')
  }
}

/** Debian's package, unpacked without being installed: nothing of it needs root. */
const fetched = (): string => {
  const path = join(cache, 'usr', 'sbin', 'nats-server')
  if (existsSync(path)) return path
  mkdirSync(join(cache, '..'), { recursive: true })
  const folder = mkdtempSync(`${cache}-`)
  try {
    download(folder)
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'))
    if (archive === undefined) throw new Error('apt-get download left no package')
    run(folder, 'dpkg', '-x', archive, 'unpacked')
    // Of several who fetch at once, the first wins.
    if (!existsSync(cache)) renameSync(join(folder, 'unpacked'), cache)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return path
}

/** The path of a `nats-server`: the one on the PATH, or that of Debian. @throws Error where neither can be had. */
export const natsServerPath = (): string => inPath() ?? fetched()
