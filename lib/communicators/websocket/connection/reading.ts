import { streamReader } from '../../../codecs/streamReader.js'
import { isValues } from '../../../codecs/Values.js'
import type { ControlMessage } from '../../../venues/ControlMessage.js'
import { jsonReader } from '../../../venues/jsonReader.js'
import type { Venue } from '../../../venues/Venue.js'

/** What a connection has to know about a text; what it means is the parser's to say. */
export type Reading =
  | { readonly _tag: 'Data'; readonly stream?: string; readonly isShutdown: boolean }
  | { readonly _tag: 'Control'; readonly control: ControlMessage }
  /** The venue asks whether we are there, in a text. */
  | { readonly _tag: 'Heartbeat'; readonly answer: string }
  /** No JSON at all. */
  | { readonly _tag: 'Bad' }

/** A notice that the server goes down is short; longer texts are not searched for it. */
const SHORT = 200

const bad: Reading = { _tag: 'Bad' }

/** Of combined frames only the head is read; what others hold is parsed here, and kept for the parser. */
export const reading = (
  text: string,
  venue: Pick<Venue, 'control' | 'envelope' | 'heartbeat' | 'losslessIds'>,
): Reading => {
  const { control, envelope, heartbeat } = venue
  const pong = heartbeat?.(text)
  if (pong !== undefined) return { _tag: 'Heartbeat', answer: pong }
  const stream = streamReader(envelope).nameOf(text)
  if (stream !== undefined)
    return { _tag: 'Data', stream, isShutdown: text.length < SHORT && text.includes('"serverShutdown"') }
  let value: unknown
  try {
    value = jsonReader(venue).look(text)
  } catch {
    return bad
  }
  const isShutdown = text.length < SHORT && text.includes('"serverShutdown"')
  if (Array.isArray(value)) return { _tag: 'Data', isShutdown }
  if (!isValues(value)) return bad
  const answer = control(value)
  if (answer !== undefined) return { _tag: 'Control', control: answer }
  const named = value[envelope.stream]
  return { _tag: 'Data', isShutdown, ...(typeof named === 'string' && named !== '' && { stream: named }) }
}
