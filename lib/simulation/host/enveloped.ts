import type { Venue } from '../../venues/Venue.js'
import type { Manner } from './Manner.js'

/** Writes what a stream says, `data` being JSON, as a frame that names its stream. */
export type Enveloped = (stream: string, data: string) => string

/** A stream without a name, and one whose events come bare, has no envelope. */
export const enveloped = ({ envelope }: Venue, { wraps = {}, bare = [] }: Manner): Enveloped => {
  const before = JSON.stringify({ ...wraps, [envelope.stream]: '' }).slice(0, -'""}'.length)
  const between = `,${JSON.stringify(envelope.data)}:`
  return (stream, data) =>
    stream === '' || bare.includes(stream) ? data : `${before}${JSON.stringify(stream)}${between}${data}}`
}
