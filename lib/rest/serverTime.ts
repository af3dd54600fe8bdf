import { aRest, checked } from '../codecs/checked.js'
import * as t from 'io-ts'
import { defer, EMPTY, ignoreElements, share, tap, type Observable } from 'rxjs'
import { Timestamp } from '../codecs/Timestamp.js'
import type { WallClock } from '../timing/wallClock.js'
import type { Rest, RestResponse } from './Rest.js'

const Bare = t.type({ serverTime: Timestamp }, 'ServerTime')
const Wrapped = t.type({ data: Bare })

/** The venue's time in ms since 1970, from `{"serverTime":…}`, or the same within `data`. */
export const ServerTimeReply = new t.Type<number, unknown>(
  'ServerTimeReply',
  t.number.is,
  (u, context) => {
    const bare = Wrapped.is(u) ? u.data : u
    const result = Bare.validate(bare, context)
    return result._tag === 'Right' ? t.success(result.right.serverTime) : result
  },
  (serverTime) => ({ serverTime }),
)

/**
 * The venue's time, in ms since 1970: emits once and completes. Errors with a `RestError`.
 *
 * ```ts
 * serverTime(createRest({ venue: asterFutures })).subscribe((now) => console.log(new Date(now)))
 * ```
 */
export const serverTime = checked('serverTime', [aRest], (rest: Rest): Observable<number> =>
  rest.request('GET', rest.paths.time, {}, ServerTimeReply),
)

/** The venue's time, as far as we know it. */
export interface ServerClock {
  /** In ms since 1970, fractions allowed. */
  readonly now: () => number
  /** How many times it was set. */
  readonly settings: () => number
  /**
   * Asks the venue and completes when the clock is set; at once where it was set since it had been set `settings`
   * times. Who asks meanwhile waits for the same answer.
   */
  readonly set: (settings: number) => Observable<never>
}

/** A clock that is ours until the venue refuses it; `ask` gets the venue's time. */
export const createServerClock = (
  { now: wall, monotonic }: WallClock,
  ask: () => Observable<RestResponse<number>>,
  onSet: (now: number) => void,
): ServerClock => {
  /** From the monotonic time, so that a step of ours changes nothing; `undefined` while it is ours. */
  let offset: number | undefined
  let settings = 0
  const now = () => (offset === undefined ? wall() : monotonic() + offset) // F54
  const setting$ = defer(ask).pipe(
    tap(({ value, sentAt, receivedAt }) => {
      offset = value - (sentAt + receivedAt) / 2 + (wall() - monotonic()) // F37
      settings += 1
      onSet(now())
    }),
    ignoreElements(),
    share(), // F37
  )
  return { now, settings: () => settings, set: (since) => (since === settings ? setting$ : EMPTY) }
}
