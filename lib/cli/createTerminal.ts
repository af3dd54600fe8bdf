import { endWith, firstValueFrom, ignoreElements, interval, map, merge, of, Subject, type Subscription } from 'rxjs'
import type { Host, Output } from './Host.js'
import { clean, cut, painted, plain, rowLines } from './Row.js'
import type { Terminal } from './Terminal.js'

/** A terminal, and how what was written to it ended. */
export interface OpenTerminal extends Terminal {
  readonly hasFailed: () => boolean
  /** Resolves when all is written, and nothing listens any more. */
  readonly close: () => Promise<void>
}

/** So many characters are written at once. */
const BATCH = 65_536
const REDRAW = 200
const CLEAR = '\r\u001B[K'
/** Nobody reads more on a line. */
const WIDE = 80

/** Some terminals do not know how wide they are, and say 0. */
const widthOf = ({ columns = 0 }: Output): number => (columns > 0 ? columns : WIDE)

const paintOf = ({ env }: Host, { isTTY }: Output) =>
  isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' ? painted : plain

/** The outputs of a process for one command. */
export const createTerminal = (host: Host, isJson: boolean): OpenTerminal => {
  const { stdout, stderr, scheduler } = host
  const paint = paintOf(host, stdout)
  const paintWarning = paintOf(host, stderr)
  const gone$ = new Subject<void>()
  let pending = ''
  let isGone = false
  let hasFailed = false
  let isProgressShown = false

  const clear = () => {
    if (isProgressShown) stderr.write(CLEAR)
    isProgressShown = false
  }
  const flush = () => {
    const text = pending
    pending = ''
    if (text === '' || isGone) return
    if (stdout.isTTY === true) clear()
    stdout.write(text)
  }
  const write = (line: string) => {
    if (pending === '') queueMicrotask(flush)
    pending += `${line}\n`
    if (pending.length > BATCH) flush()
  }

  const say: Terminal['say'] = (text, value = { message: text }) => {
    clear()
    stderr.write(`${isJson ? JSON.stringify(value) : paintWarning('warning', clean(text))}\n`)
  }
  const fail: Terminal['fail'] = (text, value = { error: text }) => {
    hasFailed = true
    say(text, value)
  }

  const onError = (error: Error & { readonly code?: string }) => {
    if (isGone) return
    isGone = true
    // Whoever read has read enough.
    if (error.code !== 'EPIPE') fail(`The output could not be written: ${error.message}`)
    gone$.next()
  }
  const ignore = () => undefined
  stdout.on('error', onError)
  stderr.on('error', ignore)

  return {
    data: (value, row) => {
      if (isGone) return
      if (isJson) return write(JSON.stringify(value))
      const shown = row()
      const columns = stdout.isTTY === true ? widthOf(stdout) : Infinity
      if (typeof shown === 'string') for (const line of shown.split('\n')) write(clean(line))
      else rowLines(shown, columns, paint).forEach(write)
    },
    say,
    fail,
    progress: (text) => {
      if (stderr.isTTY !== true) return ignore
      const drawing: Subscription = interval(REDRAW, scheduler).subscribe(() => {
        const columns = widthOf(stderr) - 1
        stderr.write(`${CLEAR}${cut(text(columns), columns)}`)
        isProgressShown = true
      })
      return () => {
        drawing.unsubscribe()
        clear()
      }
    },
    full: () => {
      flush()
      if (isGone || !stdout.writableNeedDrain) return undefined
      return new Promise((resolve) => {
        const go = () => {
          stdout.off('drain', go).off('close', go)
          resolve()
        }
        stdout.on('drain', go).on('close', go)
      })
    },
    until: (work$) => {
      const whole$ = work$.pipe(ignoreElements(), endWith(true))
      const end$ = merge(gone$, host.signal$).pipe(map(() => false))
      return firstValueFrom(isGone ? of(false) : merge(end$, whole$))
    },
    scheduler,
    root: host.root,
    hasFailed: () => hasFailed,
    close: async () => {
      clear()
      flush()
      if (!isGone) await new Promise<void>((resolve) => stdout.write('', () => resolve()))
      stdout.off('error', onError)
      stderr.off('error', ignore)
    },
  }
}
