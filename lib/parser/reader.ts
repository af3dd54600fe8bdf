import type * as t from 'io-ts'
import { isRight, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { AnyCodec } from '../codecs/Codec.js'
import { isSpoiltId } from '../codecs/Id.js'
import { isMany, type Many } from '../codecs/many.js'
import { parseExact } from '../codecs/parseLossless.js'
import { isValues, type Values } from '../codecs/Values.js'
import { looksLikeDepthSnapshot } from '../events/DepthSnapshot.js'
import type { Frame, Reply } from '../Signal.js'
import type { ControlMessage } from '../venues/ControlMessage.js'
import { jsonReader } from '../venues/jsonReader.js'
import { maskListenKeys } from '../venues/listenKeys.js'
import type { Venue } from '../venues/Venue.js'
import type { Message } from './Message.js'
import { about, explain, show, type ParseError, type Received } from './ParseError.js'
import { router, type Route } from '../venues/router.js'
import { rawRouter } from './routeRaw.js'
import { combinedScanner } from './scanCombined.js'

/** What one frame means, or one of several things in a frame. */
export type Parsed<V extends Venue = Venue> = Either<ParseError, Message<V> | ControlMessage>

/** All that a frame means where it holds several things: a list of events, or of what is wrapped. */
export type Several<V extends Venue = Venue> = readonly [Parsed<V>, ...Parsed<V>[]]

/** Reads frames, each a single thing or several. */
export type Reader<V extends Venue = Venue> = (signal: Frame | Reply) => Parsed<V> | Several<V>

export const isSeveral = <V extends Venue>(parsed: Parsed<V> | Several<V>): parsed is Several<V> =>
  Array.isArray(parsed)

/** The stream of account events that have no name of their own, whatever listen key carried them. */
const ACCOUNT = 'account'

/**
 * Reads frames of one venue: every envelope, by the venue's tables. It gives one thing without a list around it, since
 * nearly every frame holds but one.
 */
export const reader = <V extends Venue>(venue: V): Reader<V> => {
  const known = readers.get(venue)
  const read = known ?? makeReader(venue)
  if (known === undefined) readers.set(venue, read)
  // The tables of V make messages of V.
  return read as unknown as Reader<V>
}

const readers = new WeakMap<Venue, Reader>()

const makeReader = (venue: Venue): Reader => {
  const { depthSnapshot, envelope, heartbeat } = venue
  const json = jsonReader(venue)
  const route = router(venue)
  const routeRaw = rawRouter(venue, route)
  const { nameOf, eventOf } = combinedScanner(envelope)

  const decode = (signal: Received, kind: string, stream: string, event: AnyCodec, payload: unknown) => {
    const { receivedAt } = signal
    const fast: unknown = event.fast(payload)
    if (fast !== undefined) return right({ kind, stream, event: fast, receivedAt })
    const result: t.Validation<unknown> = event.decode(payload)
    if (result._tag === 'Right') return right({ kind, stream, event: result.right, receivedAt })
    if (isMany(event) && Array.isArray(payload)) return decodeEach(signal, kind, stream, event, payload) // F74
    return left(invalid(signal, kind, stream, result.left))
  }

  const ofStream = (signal: Received, found: Route, payload: unknown): Parsed | Several => {
    const { kind, stream, event, symbol, supplies } = found
    // The object is ours, fresh from JSON.
    if (supplies && isValues(payload) && payload['s'] === undefined) Object.assign(payload, { s: symbol })
    return decode(signal, kind, stream, event, payload)
  }

  const ofAccount = (signal: Received, payload: unknown): Parsed | Several => {
    const e = isValues(payload) ? payload['e'] : undefined
    if (typeof e !== 'string') return left({ _tag: 'UnknownStream', stream: ACCOUNT, ...about(signal) })
    const row = accountRow(venue, e)
    return row === undefined
      ? left({ _tag: 'UnknownStream', stream: ACCOUNT, event: e, ...about(signal) })
      : decode(signal, row.kind, row.stream ?? ACCOUNT, row.event, payload)
  }

  const combined = (signal: Received, stream: string, payload: unknown): Parsed | Several => {
    const found = route(stream)
    if (found?.isAccount === false) return ofStream(signal, found, payload)
    if (found === undefined && stream !== '' && envelope.isListenKey?.(stream) !== true)
      return left({ _tag: 'UnknownStream', stream, ...about(signal) })
    return ofAccount(signal, payload)
  }

  /** What a venue sends unasked comes in whatever envelope its connection has. */
  const ofUnasked = (signal: Received, payload: Values): Parsed | Several | undefined => {
    if (typeof payload['e'] !== 'string' || accountRow(venue, payload['e']) !== undefined) return undefined
    const found = routeRaw(payload, false)
    return 'kind' in found && found.row.unasked === true ? ofStream(signal, found, payload) : undefined // F11
  }

  const raw = (signal: Received, whole: unknown, first: Values): Parsed | Several => {
    const e = typeof first['e'] === 'string' ? first['e'] : undefined
    if (e !== undefined && accountRow(venue, e) !== undefined) return ofAccount(signal, whole)
    const found = routeRaw(first, first !== whole)
    if ('kind' in found) return ofStream(signal, found, whole)
    if (found.length > 0) return left({ _tag: 'Ambiguous', kinds: found, reason: ambiguous(found), ...about(signal) })
    if (depthSnapshot !== undefined && looksLikeDepthSnapshot(first)) {
      const symbol = signal.source?.symbol ?? onlyStream(signal)?.symbol
      if (symbol !== undefined && first['s'] === undefined) Object.assign(first, { s: symbol }) // F66
      return decode(signal, 'depthSnapshot', '', depthSnapshot, whole)
    }
    return left({ _tag: 'UnknownStream', ...(e !== undefined && { event: e }), ...about(signal) })
  }

  /** The only stream of the connection, where there is one. */
  const onlyStream = ({ source }: Received): Route | undefined => {
    const found = source?.stream === undefined ? undefined : route(source.stream)
    return found?.isAccount === false ? found : undefined
  }

  /** On a connection with a single stream, a raw payload is that stream's, unless it says that it is another's. */
  const single = (signal: Received, found: Route, whole: unknown, first: Values): Parsed | Several => {
    const parsed = ofStream(signal, found, whole)
    if (hasEvent(parsed)) return parsed
    const other = raw(signal, whole, first)
    return hasEvent(other) ? other : parsed
  }

  const ofObject = (signal: Received, value: Values): Parsed | Several => {
    const control = value['e'] === undefined ? venue.control(value) : undefined
    if (control !== undefined) return right(control)
    const name = value[envelope.stream]
    const data = value[envelope.data]
    if (typeof name === 'string' && (name !== '' || isValues(data))) return combined(signal, name, data)
    const wrapped = envelope.account === undefined ? undefined : value[envelope.account]
    if (isValues(wrapped)) return ofUnasked(signal, wrapped) ?? ofAccount(signal, wrapped)
    const only = onlyStream(signal)
    return only === undefined ? raw(signal, value, value) : single(signal, only, value, value)
  }

  const unknown = (signal: Received) => left({ _tag: 'UnknownStream', ...about(signal) } as const)

  /** A list is the payload of a stream that sends lists, or else each of its elements stands for itself. */
  const ofList = (signal: Received, list: readonly unknown[]): Parsed | Several => {
    const first = list.find(isValues)
    if (first === undefined) return unknown(signal)
    if (typeof first[envelope.stream] !== 'string') {
      const only = onlyStream(signal)
      if (only !== undefined && isMany(only.event)) return single(signal, only, list, first)
      const found = routeRaw(first, true)
      if ('kind' in found || found.length > 0) return raw(signal, list, first)
    }
    let exact: unknown
    const exactly = (index: number): unknown => {
      exact ??= parseExact(signal.text)
      return Array.isArray(exact) ? exact[index] : undefined
    }
    const each = list.flatMap((element, index): readonly Parsed[] => {
      const received = { ...signal, index }
      let parsed = ofValue(received, element)
      if (isSpoilt(parsed)) parsed = ofValue(received, exactly(index)) // F77
      return isSeveral(parsed) ? parsed : [parsed]
    })
    return several(each)
  }

  const ofValue = (signal: Received, value: unknown): Parsed | Several =>
    isValues(value) ? ofObject(signal, value) : unknown(signal)

  return (received) => {
    const name = nameOf(received.text)
    const found = name === undefined ? undefined : route(name)
    const event = found && eventOf(received.text, found)
    if (found !== undefined && event !== undefined)
      return right({ kind: found.kind, stream: found.stream, event, receivedAt: received.receivedAt })
    if (heartbeat?.(received.text) !== undefined) return right(beat)
    const text = maskListenKeys(received.text, envelope)
    const signal = text === received.text ? received : { ...received, text }
    let value: unknown
    try {
      // What a mask hides may be what makes it no JSON.
      if (signal !== received) JSON.parse(received.text) // F72
      value = json.take(text)
    } catch {
      return left({ _tag: 'NotJson', reason: `expected JSON, came ${show(text)}`, ...about(signal) })
    }
    if (signal._tag === 'Reply' && depthSnapshot !== undefined) {
      if (isValues(value)) Object.assign(value, { s: signal.symbol })
      return decode(signal, 'depthSnapshot', '', depthSnapshot, value)
    }
    if (Array.isArray(value)) return ofList(signal, value)
    const parsed = ofValue(signal, value)
    return isSpoilt(parsed) ? ofValue(signal, parseExact(text)) : parsed // F77
  }
}

/** Nothing is wrong but ids beyond 2^53, which `JSON.parse` rounded: they have to be read digit for digit. */
const isSpoilt = (parsed: Parsed | Several): boolean =>
  !isSeveral(parsed) &&
  parsed._tag === 'Left' &&
  parsed.left._tag === 'InvalidEvent' &&
  parsed.left.errors.every(isSpoiltId)

const invalid = (signal: Received, kind: string, stream: string, errors: t.Errors): ParseError => ({
  ...{ _tag: 'InvalidEvent', kind, stream, errors },
  ...explain(errors),
  ...about(signal),
})

/** The message with all elements that are as they should be, and an error for each of the others. */
const decodeEach = (
  signal: Received,
  kind: string,
  stream: string,
  event: Many<unknown>,
  payload: readonly unknown[],
): Parsed | Several => {
  const good: unknown[] = []
  const wrong: Parsed[] = []
  payload.forEach((part, index) => {
    const result = event.item.validate(part, [
      { key: '', type: event, actual: payload },
      { key: String(index), type: event.item, actual: part },
    ])
    if (result._tag === 'Right') good.push(result.right)
    else wrong.push(left(invalid({ ...signal, index }, kind, stream, result.left)))
  })
  const { receivedAt } = signal
  return several(good.length === 0 ? wrong : [right({ kind, stream, event: good, receivedAt }), ...wrong])
}

const hasEvent = (parsed: Parsed | Several): boolean => (isSeveral(parsed) ? parsed.some(isRight) : isRight(parsed))

/** There is at least one. */
const several = (parsed: readonly Parsed[]): Several => parsed as unknown as Several

const beat: ControlMessage = { _tag: 'Control', type: 'heartbeat' }

const accountRow = (venue: Venue, e: string) => (Object.hasOwn(venue.account, e) ? venue.account[e] : undefined)

const ambiguous = (kinds: readonly string[]) =>
  `a raw frame that may be ${kinds.join(' or ')}: connect to the combined endpoint, or name the source's only stream`
