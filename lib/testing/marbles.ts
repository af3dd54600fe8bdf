import { aFunction, checked } from '../codecs/checked.js'
import { deepStrictEqual } from 'node:assert'
import { TestScheduler, type RunHelpers } from 'rxjs/testing'

/** What a test body gets: RxJS's run-mode helpers, and the scheduler whose time they move. */
export interface MarbleHelpers extends RunHelpers {
  /** Its time is the marbles’. */
  readonly scheduler: TestScheduler
}

/**
 * Wraps the body of a test: in it time is virtual, one character of a marble is one millisecond, and every operator
 * that waits without a scheduler of its own waits in that time. What is expected is compared after the body, deeply:
 * by Jest's `expect` where there is one, else by `node:assert`.
 *
 * ```ts
 * test('drop loses what it is told to', marbles(({ cold, expectObservable }) => {
 *   expectObservable(cold('-a-b-|').pipe(drop({ when: (x) => x === 'b' }))).toBe('-a---|')
 * }))
 * ```
 */
export const marbles = checked(
  'marbles',
  [aFunction('a test')],
  (run: (helpers: MarbleHelpers) => void): (() => void) =>
    () => {
      const scheduler = new TestScheduler((actual, expected) => {
        assertEqual(readable(actual), readable(expected))
      })
      scheduler.run((helpers) => {
        run({ ...helpers, scheduler })
      })
    },
)

type Equal = (actual: unknown, expected: unknown) => void

interface JestLike {
  readonly expect?: (actual: unknown) => { readonly toEqual: (expected: unknown) => void }
}

const assertEqual: Equal = (actual, expected) => {
  const { expect }: JestLike = globalThis as JestLike
  if (typeof expect === 'function') expect(actual).toEqual(expected)
  else deepStrictEqual(actual, expected)
}

/** `{ '2 ms': { next: 'a' } }` reads better in a failure than frames and notifications. */
const readable = (log: unknown): unknown => (Array.isArray(log) ? log.map(entry) : log)

const entry = (logged: unknown): unknown => {
  if (typeof logged !== 'object' || logged === null || !('frame' in logged) || !('notification' in logged))
    return logged
  const { frame, notification } = logged as { readonly frame: number; readonly notification: Notified }
  const at = `${frame} ms`
  if (notification.kind === 'N') return { at, next: nested(notification.value) }
  return notification.kind === 'E' ? { at, error: notification.error } : { at, complete: true }
}

interface Notified {
  readonly kind: 'N' | 'E' | 'C'
  readonly value?: unknown
  readonly error?: unknown
}

/** The log of an inner Observable is a log too. */
const nested = (value: unknown): unknown => (Array.isArray(value) ? value.map(entry) : value)
