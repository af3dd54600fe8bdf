import { parse, stringify } from 'lossless-json'
import { isValues } from '../../codecs/Values.js'
import type { Venue } from '../../venues/Venue.js'
import type { Envelope, ForwardedFrame } from './connection.js'
import { parsedJson } from '../venues/parsedJson.js'

/** Takes the frames of a venue apart, as they came to us: with an envelope, or without. */
export const frameParts = (
  { envelope }: Pick<Venue, 'envelope'>,
  wrap: Envelope,
): ((text: string, stream: string) => ForwardedFrame) => {
  /** The usual beginning, behind which everything but the last brace is the payload. */
  const head = new RegExp(`^\\{"${envelope.stream}":"[^"\\\\]*","${envelope.data}":`)

  /** A list of what is wrapped says itself of which streams it is. */
  const isEnveloped = (text: string): boolean => {
    if (head.test(text)) return true
    const value = parsedJson(text)?.value
    const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
    return isValues(first) && typeof first[envelope.stream] === 'string' && envelope.data in first
  }

  /** To the letter where the payload ends the frame; else digit for digit. */
  const payload = (text: string): string => {
    const data = text.slice(head.exec(text)?.[0].length ?? text.length, -1)
    if (parsedJson(data) !== undefined) return data
    const value = parse(text)
    return (isValues(value) ? stringify(value[envelope.data]) : undefined) ?? text
  }

  return (text, stream) => {
    let isWrapped: boolean | undefined
    let data: string | undefined
    let whole: string | undefined
    const wrapped = () => (isWrapped ??= isEnveloped(text))
    return {
      whole: () => (whole ??= wrapped() ? text : wrap(stream, text)),
      data: () => (data ??= wrapped() ? payload(text) : text),
    }
  }
}
