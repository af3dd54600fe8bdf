import { Observable, type MonoTypeOperatorFunction } from 'rxjs'
import type { Signal } from '../Signal.js'
import type { ConnectionSettings } from './websocket/websocketConfig.js'

/**
 * Says among the signals, before anything that has the new time, that our clock was put forward or back.
 *
 * ```
 * signals   --f--f------f--|
 * step$     ----------s-------
 *           --f--f----S-f--|          S: ClockStepped
 * ```
 *
 * Completes and errors with the signals. Unsubscribing unsubscribes from both.
 */
export const tellSteps =
  ({ wallClock, stamp }: Pick<ConnectionSettings, 'wallClock' | 'stamp'>): MonoTypeOperatorFunction<Signal> =>
  (signal$) =>
    new Observable((subscriber) => {
      subscriber.add(
        wallClock.step$.subscribe((by) => subscriber.next({ _tag: 'ClockStepped', by, receivedAt: stamp() })), // F54
      )
      return signal$.subscribe(subscriber)
    })
