import type * as t from 'io-ts'
import type { Frame, Reply } from '../Signal.js'

/** One thing wrong with one frame, as a value: the feed goes on. */
export type ParseError = Omit<Frame, '_tag'> & {
  /** Which element it is about, where the frame or its payload is a list. */
  readonly index?: number
} & (
    | { readonly _tag: 'NotJson'; readonly reason: string }
    /** A stream name or an `e` that the venue's tables do not list. */
    | { readonly _tag: 'UnknownStream'; readonly stream?: string; readonly event?: string }
    /** A payload that its row's codec refused: `path` is the wire path of the first thing wrong, like `k.o`. */
    | {
        readonly _tag: 'InvalidEvent'
        readonly kind: string
        readonly stream: string
        readonly path: string
        readonly reason: string
        readonly errors: t.Errors
      }
    /** A raw frame that may be of several kinds, and came on a connection that carries several streams. */
    | { readonly _tag: 'Ambiguous'; readonly kinds: readonly string[]; readonly reason: string }
  )

/** What a parse error says about the frame that it is about. */
export const about = (signal: Received): Pick<ParseError, 'text' | 'receivedAt' | 'source' | 'offset' | 'index'> => ({
  text: signal.text,
  receivedAt: signal.receivedAt,
  ...(signal.source && { source: signal.source }),
  ...('offset' in signal && { offset: signal.offset }),
  ...(signal.index !== undefined && { index: signal.index }),
})

/** A frame, or one element of one that is a list. */
export type Received = (Frame | Reply) & { readonly index?: number }

const SHOWN = 80

/** A value in at most 80 characters. */
export const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : written(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text
}

/** A value may be nested deeper than it can be written. */
const written = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN))
  try {
    return JSON.stringify(value)
  } catch {
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}

/** The first of the errors in words: `k.o: expected Decimal, came 12`. */
export const explain = (errors: t.Errors): { readonly path: string; readonly reason: string } => {
  const [first] = errors
  const path = (first?.context ?? [])
    .slice(1)
    .map(({ key }) => key)
    .join('.')
  const expected = first?.context.at(-1)?.type.name ?? 'another value'
  return { path, reason: `${path === '' ? '' : `${path}: `}expected ${expected}, came ${show(first?.value)}` }
}
