import { anObject, checked } from '../codecs/checked.js'
import {
  concat,
  defer,
  mergeMap,
  of,
  type MonoTypeOperatorFunction,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs'
import type { Frame, Signal, Source, Status } from '../Signal.js'
import { choose, type Victims } from './Victims.js'
import { wait } from '../timing/wait.js'

/** At which frames the connection is cut, and for how long. */
export type Cuts = Victims<Frame> & {
  /** Milliseconds without a connection. */
  readonly outage: number
  /** Default: 1006, a connection that ended without a close frame. */
  readonly code?: number
  /** Default: `'cut'`. */
  readonly reason?: string
  /** Whose time the outage takes; without it, the time is that of the signals themselves (`receivedAt`). */
  readonly scheduler?: SchedulerLike
}

/**
 * Cuts the connection at some frames: the frame is lost, `Disconnected` comes in its place, the frames of the next
 * `outage` ms are lost, too, then come `Connecting` and `Connected`, and it goes on. Only frames of the same `source`
 * are lost; replies and statuses pass. Frames that come during an outage are not counted and cannot be chosen.
 *
 * ```
 * source            a-b-c-----d-|
 * cut(b, 3 ms)      a-x--(yz)-d-|      x Disconnected, y Connecting, z Connected
 * source            a-b-|
 * cut(b, 3 ms)      a-x--(yz|)
 * ```
 *
 * With a `scheduler` the connection comes back in its time, and an outage that is not over when the source completes
 * is waited for. Without one it comes back right before the first signal that was received after the outage, and an
 * outage that is not over when the source completes stays one. Errors with the source; unsubscribing unsubscribes from
 * it and leaves no timer.
 *
 * ```ts
 * signals$.pipe(cut({ when: (_, index) => index === 1000, outage: 1500 }))
 * ```
 *
 * @throws RangeError when `rate` is no share from 0 to 1.
 */
export const cut = checked('cut', [anObject('a config')], (config: Cuts): MonoTypeOperatorFunction<Signal> => {
  choose(config)
  const { outage, scheduler } = config
  return (source) =>
    defer(() => {
      const isVictim = choose(config)
      const down = new Map<Source | undefined, Back>()
      const step = (signal: Signal): ObservableInput<Signal> => {
        const back = scheduler === undefined ? reconnect(down, signal.receivedAt) : []
        if (signal._tag !== 'Frame') return [...back, signal]
        if (down.has(signal.source)) return back
        if (!isVictim(signal)) return [...back, signal]
        const until: Back = { receivedAt: signal.receivedAt + outage, source: signal.source }
        down.set(signal.source, until)
        const lost = disconnected(signal, config)
        if (scheduler === undefined) return [...back, lost]
        const restored = defer(() => {
          down.delete(signal.source)
          return connected(until)
        })
        return concat(of(lost), wait(outage, scheduler).pipe(mergeMap(() => restored)))
      }
      return source.pipe(mergeMap(step))
    })
})

/** When a source comes back. */
interface Back {
  readonly receivedAt: number
  readonly source: Source | undefined
}

/** Everything that is back by then, first things first. */
const reconnect = (down: Map<Source | undefined, Back>, time: number): readonly Status[] => {
  const due = [...down.values()].filter(({ receivedAt }) => receivedAt <= time)
  for (const { source } of due) down.delete(source)
  return due.toSorted((a, b) => a.receivedAt - b.receivedAt).flatMap(connected)
}

const stamped = ({ receivedAt, source }: { readonly receivedAt: number; readonly source?: Source | undefined }) =>
  source === undefined ? { receivedAt } : { receivedAt, source }

const disconnected = (frame: Frame, { code = 1006, reason = 'cut' }: Cuts): Status => ({
  _tag: 'Disconnected',
  code,
  reason,
  ...stamped(frame),
})

const connected = (back: Back): readonly Status[] => [
  { _tag: 'Connecting', ...stamped(back) },
  { _tag: 'Connected', ...stamped(back) },
]
