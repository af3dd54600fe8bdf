import { aCodec, anObject, checked, maybe } from './checked.js'
import * as t from 'io-ts'
import { noUnknown, type AnyCodec, type Codec, type UnknownValue } from './Codec.js'
import { byteAt } from './input.js'
import { scanList, type Scan } from './scan.js'

const BRACKET = 91

/** A codec for a list; `item` is the codec of one. */
export interface Many<A> extends Codec<readonly A[]> {
  /** Reads an element. */
  readonly item: Codec<A>
}

export const isMany = (codec: AnyCodec): codec is AnyCodec & Many<unknown> => 'item' in codec

/**
 * A list on the wire. One object alone is read as a list of one; `one: true` also writes a list of one as one object,
 * for venues that send it so.
 */
export const many = checked(
  'many',
  [aCodec, maybe(anObject('a config'))],
  <A>(item: Codec<A>, { one = false } = {}): Many<A> => {
    const listOf = (u: unknown): readonly unknown[] => (Array.isArray(u) ? u : [u])
    const array = t.array(item)
    return Object.assign(
      new t.Type<readonly A[], unknown, unknown>(
        `${item.name}[]`,
        (u): u is readonly A[] => array.is(u),
        (u, context) => {
          if (Array.isArray(u)) return array.validate(u, context)
          const only = item.validate(u, context)
          return only._tag === 'Left' ? only : t.success([only.right])
        },
        (values) =>
          one && values.length === 1 && values[0] !== undefined ? item.encode(values[0]) : values.map(item.encode),
      ),
      {
        item,
        fast: (u: unknown) => {
          const events: A[] = []
          for (const part of listOf(u)) {
            const event = item.fast(part)
            if (event === undefined) return undefined
            events.push(event)
          }
          return events
        },
        scan: item.scan && scanMany(item.scan),
        unknownValues:
          item.unknownValues &&
          ((values: readonly A[]) => {
            let found: UnknownValue[] | undefined
            for (const value of values)
              for (const one of item.unknownValues?.(value) ?? noUnknown) (found ??= []).push(one)
            return found ?? noUnknown
          }),
      },
    )
  },
)

const scanMany =
  <A>(item: Scan<A>): Scan<readonly A[]> =>
  (text, at) => {
    if (byteAt(at) === BRACKET) return scanList(item, text, at)
    const value = item(text, at)
    return value === undefined ? undefined : [value]
  }
