import { NEVER, type Subscription } from 'rxjs'
import type { Communicator } from '../../communicators/Communicator.js'
import type { Signal } from '../../Signal.js'

/** The signals of a recording, read ahead of the time at which they are wanted. */
export interface RecordedFeed {
  /** Resolves when `next` says what comes next. */
  readonly ready: () => Promise<void> | undefined
  /** What comes next; `undefined` at the end. */
  readonly next: () => Signal | undefined
  readonly take: () => void
  readonly stop: () => void
}

/** What a recording is read by: `onRead` holds it back while enough is read. */
export type OpenRecording = (onRead: () => Promise<unknown> | undefined) => Communicator

/** So many signals are enough. */
const ENOUGH = 10_000

export const recordedFeed = (open: OpenRecording): RecordedFeed & { readonly communicator: Communicator } => {
  let queue: Signal[] = []
  let taken = 0
  let isOver = false
  let failure: Error | undefined
  let wake: (() => void) | undefined
  let goOn: (() => void) | undefined
  let reading: Subscription | undefined

  const left = () => queue.length - taken
  const heard = () => {
    wake?.()
    wake = undefined
  }
  const resume = () => {
    goOn?.()
    goOn = undefined
  }
  const communicator = open(() =>
    left() < ENOUGH
      ? undefined
      : new Promise<void>((resolve) => {
          goOn = resolve
        }),
  )
  const begin = () =>
    communicator(NEVER).subscribe({
      next: (signal) => {
        queue.push(signal)
        heard()
      },
      error: (error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error))
        heard()
      },
      complete: () => {
        isOver = true
        heard()
      },
    })

  return {
    communicator,
    ready: () => {
      if (left() > 0 || isOver) return undefined
      reading ??= begin()
      resume()
      return new Promise<void>((resolve, reject) => {
        wake = () => (failure === undefined || left() > 0 ? resolve() : reject(failure))
        if (left() > 0 || isOver || failure !== undefined) heard()
      })
    },
    next: () => queue[taken],
    take: () => {
      taken += 1
      if (taken < ENOUGH && left() > 0) return
      queue = queue.slice(taken)
      taken = 0
      if (queue.length < ENOUGH) resume()
    },
    stop: () => {
      reading?.unsubscribe()
      resume()
    },
  }
}
