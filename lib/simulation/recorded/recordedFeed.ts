import { NEVER, type Subscription } from 'rxjs'
import type { Communicator } from '../../communicators/Communicator.js'
import type { Signal } from '../../Signal.js'

/** The signals of recordings that play together, read ahead of the time at which they are wanted. */
export interface RecordedFeed {
  readonly communicators: readonly Communicator[]
  /** Resolves when `next` says what comes next. */
  readonly ready: () => Promise<void> | undefined
  /** What comes next, and the place of the recording that brings it; `undefined` at the end. */
  readonly next: () => readonly [place: number, signal: Signal] | undefined
  readonly take: () => void
  /** Nothing more of this recording is wanted: the last one closes the files. */
  readonly leave: (place: number) => void
}

/** What recordings are read by: `onRead` holds it back while enough is read. */
export type OpenRecordings = (onRead: () => Promise<unknown> | undefined) => readonly Communicator[]

/** So many signals are enough. */
const ENOUGH = 10_000

export const recordedFeed = (open: OpenRecordings): RecordedFeed => {
  let queue: (readonly [place: number, signal: Signal])[] = []
  let taken = 0
  let isOver = false
  let failure: Error | undefined
  let wake: (() => void) | undefined
  /** The readers of all files wait for the same. */
  let held: { readonly promise: Promise<void>; readonly goOn: () => void } | undefined
  let reading: readonly Subscription[] | undefined
  const gone = new Set<number>()

  const left = () => queue.length - taken
  const heard = () => {
    wake?.()
    wake = undefined
  }
  const resume = () => {
    held?.goOn()
    held = undefined
  }
  const hold = () => {
    let goOn = (): void => undefined
    const promise = new Promise<void>((resolve) => {
      goOn = resolve
    })
    return { promise, goOn }
  }
  const communicators = open(() => (left() < ENOUGH ? undefined : (held ??= hold()).promise))
  const begin = () => {
    const all = communicators.map((communicator, place) =>
      communicator(NEVER).subscribe({
        next: (signal) => {
          queue.push([place, signal])
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
      }),
    )
    // They play once all are subscribed to.
    for (const place of gone) all[place]?.unsubscribe()
    return all
  }

  return {
    communicators,
    ready: () => {
      if (left() > 0 || isOver || gone.size === communicators.length) return undefined
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
    leave: (place) => {
      gone.add(place)
      reading?.[place]?.unsubscribe()
      if (gone.size === communicators.length) heard()
      resume()
    },
  }
}
