import { catchError, concatMap, defer, map, of } from 'rxjs'
import { isValues } from '../../../codecs/Values.js'
import type { Venue } from '../../../venues/Venue.js'
import type { Gunzip } from './Host.js'
import type { SocketEvent, Transport } from './Transport.js'

/**
 * What stands for binary data that is no text: only how many bytes came, and never what they are, since on the
 * connection of an account it may be its listen key. It is no JSON, so that it is counted and reported like every other
 * frame.
 */
export const shown = ({ length }: Uint8Array, why?: string): string =>
  `<binary, ${length} bytes${why === undefined ? '' : `: ${why}`}>`

/** A transport whose sockets give what the venue compresses as texts, each in its place among the other events. */
export const inflating = (
  transport: Transport,
  compression: NonNullable<Venue['compression']>,
  gunzip: Gunzip,
  most: number,
): Transport => {
  const inflated = (bytes: Uint8Array) =>
    defer(() => gunzip(bytes, most)).pipe(
      catchError((error: unknown) => {
        const isBomb = isValues(error) && error['name'] === 'RangeError'
        return of(
          shown(bytes, isBomb ? `${compression} of more than ${most} bytes` : `no ${compression}, or not whole`),
        )
      }),
      map((text): SocketEvent => ({ _tag: 'Text', text })),
    )
  return (url) => {
    const { event$, ...socket } = transport(url)
    return {
      ...socket,
      event$: event$.pipe(concatMap((event) => (event._tag === 'Binary' ? inflated(event.bytes) : of(event)))),
    }
  }
}
