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

/** So many optional fields are told apart at once. */
const FEW = 3

/**
 * Source that makes the event from the variables `v0`, `v1` …, one a field: as one literal wherever that can be, since a
 * property that is added to an object costs more than one of the object's own.
 */
export const eventSource = (fields: readonly WireField[]): string => {
  const all = fields.map(({ name, optional }, i) => ({ optional, v: `v${i}`, property: quote(name) }))
  const optional = all.filter((field) => field.optional)
  const literal = (present: typeof all) =>
    `{ ${[...all.filter((field) => !field.optional), ...present].map(({ property, v }) => `${property}: ${v}`).join(', ')} }`
  if (optional.length > FEW) {
    const adding = optional.map(({ property, v }) => `if (${v} !== undefined) event[${property}] = ${v};`)
    return [`const event = ${literal([])};`, ...adding].join('\n')
  }
  const [bits, cases] = [optional.map(({ v }, bit) => `(${v} === undefined ? 0 : ${1 << bit})`), 1 << optional.length]
  const source = (mask: number) =>
    `case ${mask}: event = ${literal(optional.filter((_, bit) => (mask & (1 << bit)) !== 0))}; break;`
  return [
    'let event;',
    `switch (${['0', ...bits].join(' | ')}) {`,
    ...Array.from({ length: cases }, (_, mask) => source(mask)),
    '}',
  ].join('\n')
}
