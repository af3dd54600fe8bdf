import type { AnyCodec } from '../codecs/Codec.js'
import type { Kind, Venue } from './Venue.js'

/**
 * The codec of a kind, from the venue's tables.
 *
 * @throws TypeError when the venue has no such kind.
 */
export const codecOf = <V extends Venue>(venue: V, kind: Kind<V>): AnyCodec => {
  if (Object.hasOwn(venue.streams, kind)) {
    const row = venue.streams[kind]
    if (row !== undefined) return row.event
  }
  if (kind === 'depthSnapshot' && venue.depthSnapshot !== undefined) return venue.depthSnapshot
  const account = Object.values(venue.account)
  const row = account.find((candidate) => candidate.kind === kind)
  if (row !== undefined) return row.event
  const snapshot = venue.depthSnapshot === undefined ? [] : ['depthSnapshot']
  const kinds = [...Object.keys(venue.streams), ...snapshot, ...account.map((candidate) => candidate.kind)]
  throw new TypeError(`${venue.name} has no kind '${kind}'; expected one of ${kinds.join(', ')}`)
}
