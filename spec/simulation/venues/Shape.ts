/** What stands on the wire in one place: a kind of value, a list of such, or an object with just these keys. */
export type Shape =
  | { readonly is: string; readonly holds: (u: unknown) => boolean }
  | readonly [Shape]
  | { readonly object: Readonly<Record<string, Shape>> }

export const kind = (is: string, holds: (u: unknown) => boolean): Shape => ({ is, holds })

const isText = (u: unknown): u is string => typeof u === 'string'
const isDecimal = (u: unknown) => isText(u) && /^-?\d+(\.\d+)?$/.test(u)

/** A number in a text. */
export const decimal = kind('decimal', isDecimal)
export const integer = kind('integer', Number.isSafeInteger)
/** Milliseconds since 1970, of this century's first half. */
export const ms = kind('ms', (u) => Number.isSafeInteger(u) && Number(u) > 1e12 && Number(u) < 2.6e12)
export const flag = kind('boolean', (u) => typeof u === 'boolean')
export const text = kind('text', isText)
/** Just these values, whatever their type. */
export const is = (...values: readonly unknown[]): Shape =>
  kind(values.map((value) => JSON.stringify(value)).join(' or '), (u) => values.includes(u))
export const like = (pattern: RegExp): Shape => kind(String(pattern), (u) => isText(u) && pattern.test(u))
/** `[[price, quantity], …]`. */
export const levels = kind(
  'levels',
  (u) => Array.isArray(u) && u.every((level) => Array.isArray(level) && level.length === 2 && level.every(isDecimal)),
)
export const keys = (shapes: Readonly<Record<string, Shape>>): Shape => ({ object: shapes })

const shown = (value: unknown) => JSON.stringify(value) as string | undefined

/** What is other than it should be, each with its path; keys that are missing or too many are told, too. */
export const differences = (shape: Shape, value: unknown, path = ''): readonly string[] => {
  if ('holds' in shape)
    return shape.holds(value) ? [] : [`${path}: expected ${shape.is}, came ${shown(value) ?? 'nothing'}`]
  if ('object' in shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${path}: expected an object, came ${shown(value) ?? 'nothing'}`]
    const came = Object.keys(value)
    const expected = Object.keys(shape.object)
    return [
      ...expected.filter((key) => !came.includes(key)).map((key) => `${path}.${key}: missing`),
      ...came.filter((key) => !expected.includes(key)).map((key) => `${path}.${key}: too many`),
      ...Object.entries(value).flatMap(([key, inner]) => {
        const of = shape.object[key]
        return of === undefined ? [] : differences(of, inner, `${path}.${key}`)
      }),
    ]
  }
  if (!Array.isArray(value) || value.length === 0)
    return [`${path}: expected a list, came ${shown(value) ?? 'nothing'}`]
  return value.flatMap((inner, i) => differences(shape[0], inner, `${path}.${i}`))
}
