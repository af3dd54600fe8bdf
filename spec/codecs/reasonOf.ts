import type { AnyCodec } from '../../lib/codecs/Codec.js'
import { explain } from '../../lib/parser/ParseError.js'

/** Why a codec refuses a value, in the words of a parse error; `undefined` when it does not. */
export const reasonOf = (codec: AnyCodec, input: unknown): string | undefined => {
  const result = codec.decode(input)
  return result._tag === 'Left' ? explain(result.left).reason : undefined
}
