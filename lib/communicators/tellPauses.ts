import { Observable, type MonoTypeOperatorFunction } from 'rxjs'
import type { Rest } from '../rest/Rest.js'
import type { Signal } from '../Signal.js'

/**
 * Says among the signals when nothing may be asked for a while; `stamp` gives the time. Nothing stands in a frame's way.
 *
 * ```
 * signals   --f--f------f--|
 * pause$    -------p-------------
 *           --f--f-P----f--|          P: Paused
 * ```
 *
 * Completes and errors with the signals. Unsubscribing unsubscribes from both.
 */
export const tellPauses =
  ({ pause$ }: Pick<Rest, 'pause$'>, stamp: () => number): MonoTypeOperatorFunction<Signal> =>
  (signal$) =>
    new Observable((subscriber) => {
      subscriber.add(
        pause$.subscribe((pause) => subscriber.next({ _tag: 'Paused', ...pause, receivedAt: stamp() })), // F76
      )
      return signal$.subscribe(subscriber)
    })
