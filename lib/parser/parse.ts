import type * as t from 'io-ts'
import { isRight, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { AnyCodec } from '../codecs/Codec.js'
import { parseLossless } from '../codecs/parseLossless.js'
import { isValues, type Values } from '../codecs/Values.js'
import { looksLikeDepthSnapshot } from '../events/DepthSnapshot.js'
import type { Frame, Reply } from '../Signal.js'
import type { ControlMessage } from '../venues/ControlMessage.js'
import { maskListenKeys } from '../venues/listenKeys.js'
import type { Venue } from '../venues/Venue.js'
import type { Message } from './Message.js'
import { about, explain, show, type ParseError } from './ParseError.js'
import { router, type Route } from '../venues/router.js'
import { rawRouter } from './routeRaw.js'
import { combinedScanner } from './scanCombined.js'

/** What one frame means. */
export type Parsed<V extends Venue = Venue> = Either<ParseError, Message<V> | ControlMessage>

/** The stream of account events that have no name of their own, whatever listen key carried them. */
const ACCOUNT = 'account'

/**
 * Reads frames of one venue: every envelope, by the venue's tables. Errors are values.
 *
 * ```ts
 * parse(asterFutures)(frame('{"stream":"btcusdt@trade","data":{…}}', 0))   // right({ kind: 'trade', event, … })
 * ```
 */
export const parse = <V extends Venue>(venue: V): ((signal: Frame | Reply) => Parsed<V>) => {
  const known = parsers.get(venue)
  const parser = known ?? makeParser(venue)
  if (known === undefined) parsers.set(venue, parser)
  // The tables of V make messages of V.
  return parser as (signal: Frame | Reply) => Parsed<V>
}

const parsers = new WeakMap<Venue, (signal: Frame | Reply) => Parsed>()

const makeParser = (venue: Venue): ((signal: Frame | Reply) => Parsed) => {
  const { depthSnapshot, envelope, heartbeat } = venue
  const readJson =
    venue.losslessIds === true
      ? parseLossless // F40
      : JSON.parse
  const route = router(venue)
  const routeRaw = rawRouter(venue, route)
  const scan = combinedScanner(route, envelope)

  const decode = (signal: Frame | Reply, kind: string, stream: string, event: AnyCodec, payload: unknown): Parsed => {
    const { receivedAt } = signal
    const fast: unknown = event.fast(payload)
    if (fast !== undefined) return right({ kind, stream, event: fast, receivedAt })
    const result: t.Validation<unknown> = event.decode(payload)
    if (result._tag === 'Right') return right({ kind, stream, event: result.right, receivedAt })
    return left({ _tag: 'InvalidEvent', kind, stream, errors: result.left, ...explain(result.left), ...about(signal) })
  }

  const ofStream = (signal: Frame | Reply, found: Route, payload: unknown): Parsed => {
    const { kind, stream, event, symbol, supplies } = found
    // The object is ours, fresh from JSON.
    if (supplies && isValues(payload) && payload['s'] === undefined) Object.assign(payload, { s: symbol })
    return decode(signal, kind, stream, event, payload)
  }

  const ofAccount = (signal: Frame | Reply, payload: unknown): Parsed => {
    const e = isValues(payload) ? payload['e'] : undefined
    if (typeof e !== 'string') return left({ _tag: 'UnknownStream', stream: ACCOUNT, ...about(signal) })
    const row = accountRow(venue, e)
    return row === undefined
      ? left({ _tag: 'UnknownStream', stream: ACCOUNT, event: e, ...about(signal) })
      : decode(signal, row.kind, row.stream ?? ACCOUNT, row.event, payload)
  }

  const combined = (signal: Frame | Reply, stream: string, payload: unknown): Parsed => {
    const found = route(stream)
    if (found?.isAccount === false) return ofStream(signal, found, payload)
    if (found === undefined && stream !== '' && envelope.isListenKey?.(stream) !== true)
      return left({ _tag: 'UnknownStream', stream, ...about(signal) })
    return ofAccount(signal, payload)
  }

  const raw = (signal: Frame | Reply, whole: unknown, first: Values): Parsed => {
    const e = typeof first['e'] === 'string' ? first['e'] : undefined
    if (e !== undefined && accountRow(venue, e) !== undefined) return ofAccount(signal, whole)
    const found = routeRaw(first, first !== whole)
    if ('kind' in found) return ofStream(signal, found, whole)
    if (found.length > 0) return left({ _tag: 'Ambiguous', kinds: found, reason: ambiguous(found), ...about(signal) })
    if (depthSnapshot !== undefined && looksLikeDepthSnapshot(first))
      return decode(signal, 'depthSnapshot', '', depthSnapshot, whole)
    return left({ _tag: 'UnknownStream', ...(e !== undefined && { event: e }), ...about(signal) })
  }

  /** On a connection with a single stream, a raw payload is that stream's, unless it says that it is another's. */
  const single = (signal: Frame | Reply, found: Route, whole: unknown, first: Values): Parsed => {
    const parsed = ofStream(signal, found, whole)
    if (isRight(parsed)) return parsed
    const other = raw(signal, whole, first)
    return isRight(other) ? other : parsed
  }

  return (received) => {
    const scanned = scan(received)
    if (scanned !== undefined) return right(scanned)
    if (heartbeat?.(received.text) !== undefined) return right(beat)
    const text = maskListenKeys(received.text, envelope)
    const signal = text === received.text ? received : { ...received, text }
    let value: unknown
    try {
      value = readJson(text)
    } catch {
      return left({ _tag: 'NotJson', reason: `expected JSON, came ${show(text)}`, ...about(signal) })
    }
    if (signal._tag === 'Reply' && depthSnapshot !== undefined) {
      if (isValues(value)) Object.assign(value, { s: signal.symbol })
      return decode(signal, 'depthSnapshot', '', depthSnapshot, value)
    }
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (!isValues(first)) return left({ _tag: 'UnknownStream', ...about(signal) })
    const control = first === value && first['e'] === undefined ? venue.control(first) : undefined
    if (control !== undefined) return right(control)
    const name = first[envelope.stream]
    const data = first[envelope.data]
    if (typeof name === 'string' && (name !== '' || isValues(data))) return combined(signal, name, data)
    const wrapped = envelope.account === undefined ? undefined : first[envelope.account]
    if (isValues(wrapped)) return ofAccount(signal, wrapped)
    const stream = signal.source?.stream
    const found = stream === undefined ? undefined : route(stream)
    return found?.isAccount === false ? single(signal, found, value, first) : raw(signal, value, first)
  }
}

const beat: ControlMessage = { _tag: 'Control', type: 'heartbeat' }

const accountRow = (venue: Venue, e: string) => (Object.hasOwn(venue.account, e) ? venue.account[e] : undefined)

const ambiguous = (kinds: readonly string[]) =>
  `a raw frame that may be ${kinds.join(' or ')}: connect to the combined endpoint, or name the source's only stream`
