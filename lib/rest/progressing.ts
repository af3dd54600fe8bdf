import { Observable, tap, type MonoTypeOperatorFunction } from 'rxjs'
import type { OnProgress } from '../timing/RequestProgress.js'
import type { Transmission } from './transmit.js'

/**
 * Tells when a request leaves, and first that it waits, where it does not leave at once.
 *
 * ```
 * source   ----(left)---a|
 * told     w---s
 * ```
 */
export const progressing =
  <A>(tell: OnProgress): MonoTypeOperatorFunction<Transmission<A>> =>
  (source) =>
    new Observable((subscriber) => {
      const request = { hasLeft: false }
      const leaving = tap<Transmission<A>>((said) => {
        if (said !== 'left') return
        request.hasLeft = true
        tell({ _tag: 'Sent' }) // F53
      })
      subscriber.add(source.pipe(leaving).subscribe(subscriber))
      if (!request.hasLeft && !subscriber.closed) tell({ _tag: 'Waiting' }) // F53
    })
