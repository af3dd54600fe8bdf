import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { asyncScheduler, NEVER, Subject, type Observable, type SchedulerLike } from 'rxjs'
import type { EndSignal, Output } from '../../lib/cli/Host.js'
import { run } from '../../lib/cli/run.js'

interface World {
  readonly env?: Readonly<Record<string, string>>
  /** A terminal of so many columns; else a pipe. */
  readonly stdout?: number
  readonly stderr?: number
  readonly signal$?: Observable<EndSignal>
  readonly scheduler?: SchedulerLike
  /** The folder of the package. Default: this one. */
  readonly root?: URL
}

const root = pathToFileURL(join(__dirname, '../../', '/'))

/** Keeps what is written, and says when something is. */
const sink = (columns?: number) => {
  const text$ = new Subject<string>()
  let text = ''
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, done) => {
      text += chunk
      done()
      text$.next(text)
    },
  })
  const output: Output = columns === undefined ? writable : Object.assign(writable, { isTTY: true, columns })
  return { output, text: () => text, text$ }
}

/** The program within this process: what it has written so far, and what it ends with. */
export const runProgram = (args: readonly string[], world: World = {}) => {
  const { env = {}, signal$ = NEVER, scheduler = asyncScheduler } = world
  const out = sink(world.stdout)
  const err = sink(world.stderr)
  const listeners = () => [out.output, err.output].map((output) => output.listenerCount('error'))
  const code = run({
    ...{ args, env, signal$, scheduler, version: '1.2.3', root: world.root ?? root },
    ...{ stdout: out.output, stderr: err.output },
  })
  return { code, out, err, listeners }
}

/** The same, when it is over. */
export const ran = async (args: readonly string[], world: World = {}) => {
  const { code, out, err } = runProgram(args, world)
  return { code: await code, stdout: out.text(), stderr: err.text() }
}

/** Lines of JSON. */
export const objects = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
