import type { AnyCodec, Codec } from '../../lib/codecs/Codec.js'
import { load } from '../../lib/codecs/input.js'
import { cursor } from '../../lib/codecs/scan.js'

/** What a codec reads straight from a text, at its start, and how far; `undefined` where it leaves that to others. */
export const scanned = (
  codec: AnyCodec,
  text: string,
): { readonly value: unknown; readonly end: number } | undefined => {
  const before = '#:'
  const value = scanAt(codec, `${before}${text},`, before.length)
  return value === undefined ? undefined : { value, end: cursor.at - before.length }
}

/** The value that stands there. */
export const scanAt = <A>({ scan }: Pick<Codec<A>, 'scan'>, text: string, at = 0, symbol?: string): A | undefined =>
  load(text) ? scan?.(text, at, symbol) : undefined

/** The whole text, and nothing behind it. */
export const whole = (value: unknown, text: string) => ({ value, end: text.length })
