import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The programs that are measured in a process or a thread of their own. */
export type Program = 'measuredClient' | 'memoryOf' | 'receiver' | 'sender' | 'packedReceiver' | 'replayer' | 'shard'

/** Starts a program that was bundled beside this one. */
export const start = (program: Program, args: readonly string[], flags: readonly string[] = []): ChildProcess =>
  fork(fileURLToPath(new URL(`${program}.mjs`, import.meta.url)), args, { execArgv: [...process.execArgv, ...flags] })

/** What it says next; rejects where it ends without a word. */
export const told = async <A>(child: ChildProcess): Promise<A> => {
  const ended = new AbortController()
  const end = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${String(code)} before it said anything`)
  })
  const message = once(child, 'message', { signal: ended.signal })
  try {
    // What our own programs send.
    const [found] = (await Promise.race([message, end])) as [A]
    return found
  } finally {
    ended.abort()
    end.catch(() => undefined)
    message.catch(() => undefined)
  }
}
