import * as t from 'io-ts'

/**
 * An io-ts codec with a second, straight way in: `fast` gives the value, or `undefined` for anything that `decode`
 * would refuse, and builds no errors. `decode` explains what `fast` refused.
 */
export interface Codec<A, O = unknown> extends t.Type<A, O> {
  readonly fast: (input: unknown) => A | undefined
  /** How many enumerated values in a decoded value are not in their documented lists; absent where there are none. */
  readonly unknownValues?: ((value: A) => number) | undefined
}

/** Any codec at all: what a table of codecs holds. */
export interface AnyCodec extends t.Mixed {
  readonly fast: (input: unknown) => unknown
  readonly unknownValues?: CountUnknown['count'] | undefined
}

/** Written as a method, so that a codec of any value is an `AnyCodec`. */
interface CountUnknown {
  count(value: unknown): number
}

type Explain<A> = (input: unknown, context: t.Context) => t.Validation<A>

/** A codec whose wire form is the value itself: the guard is everything, `explain` says what it refused. */
export const guarded = <A>(
  name: string,
  is: (input: unknown) => input is A,
  explain: Explain<A> = t.failure,
): Codec<A, A> =>
  Object.assign(
    new t.Type<A, A, unknown>(name, is, (u, context) => (is(u) ? t.success(u) : explain(u, context)), t.identity),
    { fast: (u: unknown): A | undefined => (is(u) ? u : undefined) },
  )

/** True for a codec whose wire form is the value itself. */
export const isGuard = (codec: t.Mixed): boolean => codec.encode === t.identity
