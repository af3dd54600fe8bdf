import { cursor } from '../codecs/scan.js'
import { streamReader } from '../codecs/streamReader.js'
import type { Frame, Reply } from '../Signal.js'
import type { Envelope } from '../venues/Venue.js'
import type { Message } from './Message.js'
import type { Router } from '../venues/router.js'

/**
 * The straight way from the text of a combined frame to its message, without `JSON.parse`: 0.5 to 0.65 of its time,
 * validation included. `undefined` for every other frame, and for everything that is not as it should be.
 */
export const combinedScanner = (route: Router, { stream, data }: Envelope) => {
  const streamOf = streamReader(stream)
  const head = `{"${stream}":"`.length
  const between = `","${data}":`
  return (signal: Frame | Reply): Message | undefined => {
    const { text, receivedAt } = signal
    const name = streamOf(text)
    if (name === undefined) return undefined
    const end = head + name.length
    if (!text.startsWith(between, end)) return undefined
    const found = route(name)
    const event = found?.event.scan?.(text, end + between.length, found.symbol)
    if (found === undefined || event === undefined || cursor.at !== text.length - 1) return undefined
    return { kind: found.kind, stream: found.stream, event, receivedAt }
  }
}
