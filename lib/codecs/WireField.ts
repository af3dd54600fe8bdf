import type { AnyCodec } from './Codec.js'

/** A field of a wire table, taken apart. */
export interface WireField {
  readonly name: string
  readonly key: string
  readonly alias: string | undefined
  readonly optional: boolean
  readonly supplied: boolean
  readonly codec: AnyCodec
}

/** Whether `null` says that the field is absent: it is optional, and its codec has no other meaning for it. */
export const mayBeNull = ({ optional, codec }: WireField): boolean => optional && !codec.is(null)

/** The `e` of an event. */
export interface WireTag {
  readonly e: string
  readonly optional: boolean
}

const quote = (text: string) => JSON.stringify(text)

/** Source that makes the event from the variables `v0`, `v1` …, one a field. */
export const eventSource = (fields: readonly WireField[]): string => {
  const mandatory = fields.flatMap(({ name, optional }, i) => (optional ? [] : [`${quote(name)}: v${i}`]))
  const present = fields.flatMap(({ name, optional }, i) =>
    optional ? [`if (v${i} !== undefined) event[${quote(name)}] = v${i};`] : [],
  )
  return [`const event = { ${mandatory.join(', ')} };`, ...present].join('\n')
}
