import { aText, anObject, checked, maybe } from './checked.js'
import * as t from 'io-ts'
import { noUnknown, type AnyCodec, type Codec, type UnknownValue } from './Codec.js'
import { compileDecoder } from './compileDecoder.js'
import { compileScan } from './compileScan.js'
import type { Scan } from './scan.js'
import { isValues, type Values } from './Values.js'
import { mayBeNull, type WireField } from './WireField.js'

/**
 * One field of an event: the wire key and the codec of its value.
 * `'T?'` may be missing, or `null` where its codec knows no `null`; `'b|bids'` may come under either key and is written under the first;
 * a `'supplied'` field is read under its key when the parser put it there, and never written.
 */
export type Field = readonly [key: string, codec: AnyCodec, supplied?: 'supplied']
/** An event's table: readable names, and what stands for them on the wire. */
export type Fields = Readonly<Record<string, Field>>

type OptionalKey<F extends Fields> = { [K in keyof F]: F[K][0] extends `${string}?` ? K : never }[keyof F]

/** Mapped over a parameter, because then a field's documentation comes along. */
type Mandatory<F extends Fields, K extends keyof F> = { readonly [P in K]: F[P][1]['_A'] }
type Optional<F extends Fields, K extends keyof F> = { readonly [P in K]?: F[P][1]['_A'] }

/**
 * The event that a table of fields decodes to. The interface of an event that takes over another file's fields extends
 * theirs: the documentation of inferred fields stays within a file.
 */
export type Decoded<F extends Fields> = Mandatory<F, Exclude<keyof F, OptionalKey<F>>> & Optional<F, OptionalKey<F>>

/** A codec made from a table of fields; it says the `e` that its event carries. */
export interface Wire<A> extends Codec<A, Values> {
  /** The table, taken apart. */
  readonly fields: readonly WireField[]
  /** The `e` of its events; `undefined` where they have none. */
  readonly tag: string | undefined
}

/** `'T?'` is the key `T`, optional. */
const notation = (text: string) =>
  text.endsWith('?') ? { key: text.slice(0, -1), optional: true } : { key: text, optional: false }

const wireField = ([name, [text, codec, supplied]]: [string, Field]): WireField => {
  const { key: keys, optional } = notation(text)
  const [key = keys, alias] = keys.split('|')
  return { name, key, alias, optional, supplied: supplied !== undefined, codec }
}

/**
 * A codec from readable names to wire keys, both ways. Keys that the table does not name are ignored. `tag` is the
 * event's `e`: with a `?` where the venue may leave it out (it is always written), `undefined` where it never has one.
 *
 * ```ts
 * const Trade = wire('Trade', 'trade', { eventTime: ['E', Timestamp], price: ['p', Decimal] })
 * Trade.decode({ e: 'trade', E: 1, p: '4.00' })   // right({ eventTime: 1, price: '4.00' })
 * Trade.encode({ eventTime: 1, price: '4.00' })   // { e: 'trade', E: 1, p: '4.00' }
 * ```
 */
export const wire = checked(
  'wire',
  [aText('a name'), maybe(aText('the `e` of its events')), anObject('a table of fields')],
  <const F extends Fields>(name: string, tagNotation: string | undefined, table: F): Wire<Decoded<F>> => {
    const fields = Object.entries<Field>(table).map(wireField)
    const { key: e, optional: mayLackTag } = notation(tagNotation ?? '')
    const tag = tagNotation === undefined ? undefined : { e, optional: mayLackTag }

    const validate: t.Validate<unknown, Decoded<F>> = (u, context) => {
      if (!isValues(u)) return t.failure(u, context)
      const errors: t.Errors = []
      if (tag !== undefined && u['e'] !== e && !(mayLackTag && u['e'] === undefined))
        errors.push({ value: u['e'], context: t.appendContext(context, 'e', t.literal(e), u['e']) })
      const event: Record<string, unknown> = {}
      for (const field of fields) {
        const isAbsent = (value: unknown) => value === undefined || (value === null && mayBeNull(field))
        const key =
          field.alias !== undefined && isAbsent(u[field.key]) && !isAbsent(u[field.alias]) ? field.alias : field.key
        const value = u[key]
        if (field.optional && isAbsent(value)) continue // F74
        const result = field.codec.validate(value, t.appendContext(context, key, field.codec, value))
        if (result._tag === 'Left') errors.push(...result.left)
        else event[field.name] = result.right
      }
      // The loop filled exactly the fields of the table.
      return errors.length > 0 ? t.failures(errors) : t.success(event as Decoded<F>)
    }

    const encode = (event: Values): Values => {
      const record: Record<string, unknown> = tag === undefined ? {} : { e }
      for (const field of fields) {
        const value = event[field.name]
        if (!field.supplied && value !== undefined) record[field.key] = field.codec.encode(value)
      }
      return record
    }

    const is = (u: unknown): u is Decoded<F> =>
      isValues(u) &&
      fields.every((field) => (u[field.name] === undefined ? field.optional : field.codec.is(u[field.name])))

    const explained = (u: unknown): Decoded<F> | undefined => {
      const result = validate(u, [])
      return result._tag === 'Right' ? result.right : undefined
    }

    // Compiled when they are first called: a program uses few of a venue's rows.
    let decoder: ((input: unknown) => unknown) | undefined
    let scanner: Scan<unknown> | undefined
    const fast = (input: unknown) => (decoder ??= generated(() => compileDecoder(fields, tag)) ?? explained)(input)
    const scan: Scan<unknown> = (text, at, symbol) =>
      (scanner ??= generated(() => compileScan(fields, tag)) ?? nothing)(text, at, symbol)

    return Object.assign(new t.Type<Decoded<F>, Values, unknown>(name, is, validate, encode), {
      fields,
      tag: tag?.e,
      // What is compiled gives what `validate` gives, or nothing.
      fast: fast as (input: unknown) => Decoded<F> | undefined,
      scan: fields.every(({ codec }) => codec.scan !== undefined) ? (scan as Scan<Decoded<F>>) : undefined,
      unknownValues: unknownIn(fields),
    })
  },
)

const nothing = () => undefined

/** `undefined` where the host forbids generated source. */
const generated = <A>(make: () => A): A | undefined => {
  try {
    return make()
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

const unknownIn = (fields: readonly WireField[]): ((event: Values) => readonly UnknownValue[]) | undefined => {
  const counted = fields.filter(({ codec }) => codec.unknownValues !== undefined)
  if (counted.length === 0) return undefined
  return (event) => {
    let found = noUnknown
    for (const { name, codec } of counted) {
      const value = event[name]
      const more = value === undefined ? noUnknown : (codec.unknownValues?.(value) ?? noUnknown)
      if (more.length > 0) found = [...found, ...more.map((one) => within(name, one))]
    }
    return found
  }
}

const within = (name: string, { field, value }: UnknownValue): UnknownValue => ({
  field: field === '' ? name : `${name}.${field}`,
  value,
})
