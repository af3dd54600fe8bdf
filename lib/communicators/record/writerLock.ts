import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { sharedByCopies } from '../../copies.js'

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** When a process of this machine began, in ticks, so that another one with its number is told from it. */
const startOf = (pid: number): string | undefined => {
  const stat = read(`/proc/${pid}/stat`)
  // Behind the name, which may hold anything, it is the twentieth.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Among which processes a number tells one: this boot of this machine, or of this container. */
const world = (): string => {
  const boot = read('/proc/sys/kernel/random/boot_id')
  return boot === undefined ? 'here' : `${boot.trim()} ${readlinkSync('/proc/self/ns/pid')}`
}

/**
 * Whether the process that wrote a lock is there. One of another container or another boot counts as gone: a crash there
 * must not stop the next one, and two that write after all see each other by the size of the file.
 */
const isHeld = (text: string): boolean => {
  const [pid = '', start = '', ...of] = text.split(' ')
  if (of.join(' ') !== world()) return false
  return start === '' ? isRunning(Number(pid)) : startOf(Number(pid)) === start
}

/** What this process holds. */
const held = sharedByCopies('heldFiles', () => new Set<string>())

/**
 * Makes this process the only writer of `path`, and gives what ends that; throws where another one is. A file beside it
 * says who writes; what a crash left there is not believed, since it names the process.
 *
 * Each process makes a file of its own before it looks for others, so that of two that begin at once none is missed.
 */
export const writerLock = (path: string): (() => void) => {
  const whole = resolve(path)
  const folder = dirname(whole)
  const start = startOf(process.pid) ?? ''
  const name = (owner: string) => `${basename(whole)}.${owner}.lock`
  const own = join(folder, name(`${process.pid}-${start}`))
  if (held().has(whole)) throw taken(path, 'this process')
  if (existsSync(folder)) claim(own, `${process.pid} ${start} ${world()}`)
  held().add(whole)
  const release = () => {
    held().delete(whole)
    rmSync(own, { force: true })
  }
  const isLock = (other: string) => other.startsWith(`${basename(whole)}.`) && /\.\d+-\d*\.lock$/.test(other)
  for (const other of existsSync(folder) ? readdirSync(folder).filter(isLock) : []) {
    const at = join(folder, other)
    const text = at === own ? undefined : read(at)
    if (text === undefined) continue
    if (!isHeld(text)) {
      rmSync(at, { force: true })
      continue
    }
    release()
    throw taken(path, `process ${text.split(' ')[0]}, as '${at}' says`) // F63
  }
  return release
}

/** Where no file can be made beside the recording, there is no lock; the size of the file still tells. */
const claim = (own: string, text: string) => {
  try {
    writeFileSync(own, text)
  } catch {
    return
  }
}

const taken = (path: string, by: string) =>
  new Error(
    `record: expected to be the only one that writes '${path}', came ${by}: choose another name, or end it first`,
  )
