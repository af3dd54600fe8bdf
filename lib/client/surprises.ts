import { ReplaySubject, type Observable } from 'rxjs'
import { flat } from '../codecs/flat.js'
import type { UnknownValue } from '../codecs/Codec.js'
import type { ParseError } from '../parser/ParseError.js'
import { maskListenKeys } from '../venues/listenKeys.js'
import type { Envelope } from '../venues/Venue.js'

/** What was not expected of a venue, with the first frame that showed it. */
export interface Surprise {
  /** `UnknownValue`: an enumerated value that is not in its documented list; or what was wrong with the frame. */
  readonly _tag: 'UnknownValue' | ParseError['_tag']
  /** The kind of the event, where it is known. */
  readonly kind?: string
  /** The stream that it came on, or the `e` of an event that nobody knows; empty where nothing says. */
  readonly stream: string
  /** Which field, by its path: of an unknown value in the event, `order.status`, of a frame that was wrong on the wire, `o.X`. */
  readonly field?: string
  /** The unknown value, or in words what is wrong; at most 80 characters of it. */
  readonly value: string
  /** The frame, at most 4,096 characters of it. */
  readonly text: string
  /** When it came, in ms since 1970. */
  readonly receivedAt: number
}

/** So many kinds of surprise are told; those who always surprise have nothing more to say. */
const MOST = 100
const MOST_TEXT = 4_096
const MOST_VALUE = 80

/** Tells each kind of surprise once. */
export interface Surprises {
  readonly surprise$: Observable<Surprise>
  readonly ofError: (error: ParseError) => void
  readonly ofValues: (values: readonly UnknownValue[], seen: Seen) => void
  readonly end: (finish: (subject: Pick<ReplaySubject<never>, 'complete' | 'error'>) => void) => void
}

/** Where values were seen. */
type Seen = Pick<Surprise, 'stream' | 'text' | 'receivedAt'> & { readonly kind: string }

/** A frame that nobody wants to see whole, in memory of its own. */
const cut = (text: string, most: number): string => flat(text.slice(0, most))

/** A path without the places in lists: an element surprises as any other. */
const withoutPlaces = (path: string): string =>
  path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.')

/** What is new in a name: all behind its symbol. */
const endOf = (stream: string): string => stream.slice(Math.max(0, stream.indexOf('@')))

export const createSurprises = (envelope: Envelope): Surprises => {
  const surprise$ = new ReplaySubject<Surprise>(MOST)
  const told = new Set<string>()

  const tell = (id: string, surprise: () => Surprise): void => {
    if (told.size >= MOST) return // F86
    const own = cut(id, MOST_TEXT)
    if (told.has(own)) return // F86
    told.add(own)
    const { text, value, stream, ...rest } = surprise()
    surprise$.next({
      ...rest,
      stream: cut(stream, MOST_TEXT),
      value: cut(value, MOST_VALUE),
      text: cut(text, MOST_TEXT),
    })
  }

  return {
    surprise$: surprise$.asObservable(),
    ofError: (error) => {
      const { _tag, text, receivedAt } = error
      const seen = { _tag, text, receivedAt }
      if (error._tag === 'InvalidEvent') {
        const { kind, stream, reason } = error
        const field = withoutPlaces(error.path)
        return tell(`${_tag} ${kind} ${field}`, () => ({ ...seen, kind, stream, field, value: reason }))
      }
      if (error._tag === 'UnknownStream') {
        const { event, stream = event ?? '' } = error
        return tell(`${_tag} ${event ?? endOf(stream)}`, () => ({ ...seen, stream, value: event ?? stream }))
      }
      const { reason } = error
      const kinds = error._tag === 'Ambiguous' ? error.kinds.join(' ') : ''
      return tell(`${_tag} ${kinds}`, () => ({ ...seen, stream: error.source?.stream ?? '', value: reason }))
    },
    ofValues: (values, { kind, stream, text, receivedAt }) => {
      for (const { field, value } of values)
        tell(`UnknownValue ${kind} ${field} ${value}`, () => ({
          ...{ _tag: 'UnknownValue', kind, stream, field, value, receivedAt },
          text: maskListenKeys(text, envelope),
        }))
    },
    end: (finish) => finish(surprise$),
  }
}
