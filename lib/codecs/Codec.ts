import { aFunction, aText, anObject, checked, maybe } from './checked.js'
import * as t from 'io-ts'
import type { Scan } from './scan.js'

/** An enumerated value that is not in its documented list, and the path of its field in the event: `order.status`. */
export interface UnknownValue {
  /** Empty where it is the whole value. */
  readonly field: string
  /** As it came. */
  readonly value: string
}

/** What nearly every event has: one list for all. */
export const noUnknown: readonly UnknownValue[] = []

/** An io-ts codec with two straight ways in, for the values that are as they should be. */
export interface Codec<A, O = unknown> extends t.Type<A, O> {
  /** The value, or `undefined` for anything that `decode` would refuse; it builds no errors. */
  readonly fast: (input: unknown) => A | undefined
  /** The same straight from the text; absent where nobody wrote one. */
  readonly scan?: Scan<A> | undefined
  /** The enumerated values in a decoded value that are not in their documented lists; absent where there are no lists. */
  readonly unknownValues?: ((value: A) => readonly UnknownValue[]) | undefined
}

/** Any codec at all: what a table of codecs holds. */
export interface AnyCodec extends Pick<t.Type<unknown>, '_A' | 'name' | 'validate' | 'decode'> {
  /** As of `Codec`, for any value. */
  readonly is: (input: unknown) => boolean
  /** As of `Codec`, for any value. */
  readonly encode: OfAnyValue['encode']
  /** As of `Codec`, for any value. */
  readonly fast: (input: unknown) => unknown
  /** As of `Codec`, for any value. */
  readonly scan?: Scan<unknown> | undefined
  /** As of `Codec`, for any value. */
  readonly unknownValues?: OfAnyValue['unknown'] | undefined
}

/** Written as methods, so that a codec of any value is an `AnyCodec`. */
interface OfAnyValue {
  encode(value: unknown): unknown
  unknown(value: unknown): readonly UnknownValue[]
}

interface GuardedConfig<A> {
  readonly scan?: Scan<A>
  /** Says what the guard refused; by default, the value as a whole. */
  readonly explain?: (input: unknown, context: t.Context) => t.Validation<A>
}

/** A codec whose wire form is the value itself: the guard is everything. */
export const guarded = checked(
  'guarded',
  [aText('a name'), aFunction('a guard'), maybe(anObject('a config'))],
  <A>(
    name: string,
    is: (input: unknown) => input is A,
    { scan, explain = t.failure }: GuardedConfig<A> = {},
  ): Codec<A, A> =>
    Object.assign(
      new t.Type<A, A, unknown>(name, is, (u, context) => (is(u) ? t.success(u) : explain(u, context)), t.identity),
      { fast: (u: unknown): A | undefined => (is(u) ? u : undefined), scan },
    ),
)

/** True for a codec whose wire form is the value itself. */
export const isGuard = (codec: Pick<AnyCodec, 'encode'>): boolean => codec.encode === t.identity
