import { isGuard } from './Codec.js'
import { eventSource, mayBeNull, type WireField, type WireTag } from './WireField.js'

/**
 * Turns a table of fields into the source of one straight function, compiled here once, that checks and renames in
 * one go and gives `undefined` for anything that the table's `decode` would refuse.
 *
 * @throws EvalError where the host forbids generated source (`--disallow-code-generation-from-strings`).
 */
export const compileDecoder = (
  fields: readonly WireField[],
  tag: WireTag | undefined,
): ((input: unknown) => unknown) => {
  const quote = (text: string) => JSON.stringify(text)
  const steps = fields.map((field, i) => {
    const { key, alias, optional, codec } = field
    const absent = mayBeNull(field) ? `v${i} == null` : `v${i} === undefined`
    const read = `let v${i} = u[${quote(key)}];`
    const other = alias === undefined ? '' : `if (${absent}) v${i} = u[${quote(alias)}];`
    const check = isGuard(codec)
      ? `if (!c${i}(v${i})) return undefined;`
      : `if ((v${i} = c${i}(v${i})) === undefined) return undefined;`
    const isGone = `if (${absent}) v${i} = undefined; else { ${check} }`
    return read + other + (optional ? isGone : check)
  })
  const wrongTag = tag && `u.e !== ${quote(tag.e)}${tag.optional ? ' && u.e !== undefined' : ''}`
  const source = [
    'return (u) => {',
    "if (typeof u !== 'object' || u === null || Array.isArray(u)) return undefined;",
    wrongTag === undefined ? '' : `if (${wrongTag}) return undefined;`,
    ...steps,
    eventSource(fields),
    'return event; }',
  ].join('\n')
  // The source is made of the table alone: nothing that a venue sends gets into it.
  const make = new Function(...fields.map((_, i) => `c${i}`), source) as (
    ...checks: readonly unknown[]
  ) => (input: unknown) => unknown
  return make(...fields.map(({ codec }) => (isGuard(codec) ? codec.is : codec.fast)))
}
