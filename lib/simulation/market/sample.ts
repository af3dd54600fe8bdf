import type { AnyCodec } from '../../codecs/Codec.js'
import type { WireField } from '../../codecs/WireField.js'

/** Values by the readable name of the field that they go into. */
export type Samples = Readonly<Record<string, unknown>>

/**
 * A value that a codec takes, the same every time: a table's mandatory fields, a list of one, or the sample of its
 * field's name. `overrides` replace what they name, inside tables and lists too.
 *
 * @throws TypeError when a codec takes none of the samples: the table got a field that wants one here.
 */
export const sample = (codec: AnyCodec, samples: Samples, overrides?: unknown, field = codec.name): unknown => {
  if ('fields' in codec && Array.isArray(codec.fields)) return table(codec.fields, samples, overrides)
  if ('item' in codec && isCodec(codec.item)) return list(codec.item, samples, overrides)
  if (overrides !== undefined) return overrides
  const own = samples[field]
  // An id is a number on one venue and a text on another.
  const asText = typeof own === 'number' ? String(own) : undefined
  const found = [own, asText, ...anything].find((value) => value !== undefined && suits(codec, value))
  if (found === undefined) throw new TypeError(`no sample suits ${field}: ${codec.name}`)
  return found
}

const table = (fields: readonly WireField[], samples: Samples, overrides: unknown): Samples => {
  const given: Samples = typeof overrides === 'object' ? { ...overrides } : {}
  const filled = fields
    .filter(({ name, optional }) => !optional || given[name] !== undefined)
    .map(({ name, codec }) => [name, sample(codec, samples, given[name], name)] as const)
  return Object.fromEntries(filled)
}

const list = (item: AnyCodec, samples: Samples, overrides: unknown): readonly unknown[] =>
  (Array.isArray(overrides) ? overrides : [undefined]).map((each) => sample(item, samples, each))

const isCodec = (u: unknown): u is AnyCodec => typeof u === 'object' && u !== null && 'fast' in u

const suits = (codec: AnyCodec, value: unknown) => codec.is(value) && (codec.unknownValues?.(value) ?? []).length === 0

/** For fields whose name says nothing: the first that the codec takes and, where it lists its values, knows. */
const anything: readonly unknown[] = [
  '1.00',
  1,
  true,
  'text',
  [['61686.00', '2.29']],
  ['0x1f9840a85d5af5bf1d1762f925bdaddc4201f984', 'hidden'],
  ...['BUY', 'LIMIT', 'GTC', 'NEW', 'MARKET', '1m', '1h', 'BOTH', 'cross', 'ORDER', 'MARK_PRICE', 'market_start', 'Y'],
]
