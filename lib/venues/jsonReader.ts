import { parseLossless } from '../codecs/parseLossless.js'
import type { Venue } from './Venue.js'

/** Parses the texts of a venue; throws a SyntaxError where one is no JSON. */
export interface JsonReader {
  /** For whoever looks at a frame before it goes on, as a connection does: what was parsed is kept for who takes it. */
  readonly look: (text: string) => unknown
  /** A value of one's own, which nobody else is given. */
  readonly take: (text: string) => unknown
}

/** What a text of more characters holds is not kept. */
const LARGE = 65_536

const keeping = (parse: (text: string) => unknown): JsonReader => {
  let kept: { readonly text: string; readonly value: unknown } | undefined
  return {
    look: (text) => {
      const value = parse(text)
      kept = text.length > LARGE ? undefined : { text, value }
      return value
    },
    take: (text) => {
      if (kept?.text !== text) return parse(text)
      const { value } = kept
      kept = undefined
      return value
    },
  }
}

const exact = keeping(parseLossless)
const plain = keeping((text) => JSON.parse(text))

/** One for all who read frames of the same venue, so that a frame on its way from one to the other is parsed once. */
export const jsonReader = ({ losslessIds }: Pick<Venue, 'losslessIds'>): JsonReader =>
  losslessIds === true
    ? exact // F40
    : plain
