import { defer, map, merge, of, Subject, type Observable } from 'rxjs'
import { isValues } from '../codecs/Values.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { Message } from '../parser/Message.js'
import { isSeveral, reader, type Parsed } from '../parser/reader.js'
import { combinedScanner } from '../parser/scanCombined.js'
import type { ParseError } from '../parser/ParseError.js'
import type { Frame, Reply, Signal, Status, Unstamped } from '../Signal.js'
import type { MeasuredClock } from '../timing/venueClock.js'
import type { Venue } from '../venues/Venue.js'
import { carriage, type Carriage } from './carriage.js'
import { noCounts, type Counters } from './Counters.js'
import { emit, endChannel, type Finish } from './channel.js'
import { keep } from './arbiter.js'
import { createNotices, type Notices, type OnNotice } from './notices.js'
import { createSurprises, type Surprise } from './surprises.js'
import { createStreams, isOnly, kindsOf, newTarget } from './streams.js'
import type { KindTarget, NamedTarget, Streams, StreamTarget, Target } from './streams.js'
import type { Watchers } from './Watcher.js'

/** Of what an event is. */
type Named = Pick<Message, 'kind' | 'stream'>

/**
 * Takes signals apart and hands each event to those who listen. Nearly every frame is of a stream that is known, and
 * carried by its only source: the name leads to all that concerns it, and nothing is made but the event.
 */
export interface Dispatcher extends Carriage, Pick<Streams, 'drain' | 'waiting'> {
  /** Gives what the signal meant, when it was a reply. `as` is what its events come from, where that is not its source. */
  readonly dispatch: (signal: Signal, as?: Frame | Reply) => Parsed | undefined
  /** Puts a status of the client's own among the others. */
  readonly report: (status: Unstamped) => void
  readonly kind: (kind: string) => Target
  readonly stream: (name: string) => StreamTarget
  readonly message$: Observable<Message>
  readonly parseError$: Observable<ParseError>
  readonly status$: Observable<Status>
  readonly signal$: Observable<Signal>
  /** Those who only watch. */
  readonly watchers: Watchers
  /** Somebody listens to all signals, as to record them. */
  readonly isRecorded: () => boolean
  readonly counters$: Observable<Counters>
  readonly surprise$: Observable<Surprise>
  /** Names of streams, each before its first event, and whenever it is acknowledged. */
  readonly discovered$: Observable<string>
  readonly notices: Notices
  /** Completes everything, or ends it with an error. */
  readonly end: (finish: Finish) => void
}

/** The venue's clock is measured by one event in so many ms. */
const MEASURED_EVERY = 100

export const createDispatcher = (
  venue: Venue,
  now: () => number,
  venueClock: Pick<MeasuredClock, 'heard' | 'stepped'>,
  onNotice?: OnNotice,
): Dispatcher => {
  const read = reader(venue)
  const { nameOf, eventOf } = combinedScanner(venue.envelope)
  const kinds = kindsOf(venue)
  const message$ = new Subject<Message>()
  const watchers: Watchers = { all: [] }
  const parseError$ = new Subject<ParseError>()
  const status$ = new Subject<Status>()
  /** The same for what is ours: it counts as nobody. */
  const told$ = new Subject<Status>()
  const signal$ = new Subject<Signal>()
  const counted$ = new Subject<void>()
  const discovered$ = new Subject<string>()
  const surprises = createSurprises(venue.envelope)
  const counts = { ...noCounts }
  let delivered = 0
  let measuredAt = -Infinity
  let finish: Finish | undefined

  const tell = (status: Status) => {
    for (const watcher of watchers.all) watcher.told(status)
    if (status$.observed) status$.next(status)
    else notices.status(status) // F81
    told$.next(status)
  }
  const report = (status: Unstamped) => tell({ ...status, receivedAt: now() })

  const kindOf = (target: NamedTarget, kind: string): KindTarget | undefined =>
    target.ofKind?.kind === kind ? target.ofKind : (target.ofKind = kinds.get(kind))

  const hand = (ofStream: NamedTarget, { kind, stream }: Named, event: unknown, receivedAt: number) => {
    const ofKind = kindOf(ofStream, kind)
    delivered++
    ofStream.receivedAt = receivedAt
    if (ofStream.count++ === 0) discovered$.next(stream)
    if (watchers.all.length > 0) for (const watcher of watchers.all) watcher.delivered(kind, stream, event, receivedAt)
    if (message$.observed) message$.next({ kind, stream, event, receivedAt })
    if (ofKind !== undefined) {
      ofKind.count++
      emit(ofKind, event)
    }
    emit(ofStream, event)
  }
  const deliver = (message: Message, ofStream: NamedTarget) =>
    hand(ofStream, message, message.event, message.receivedAt)

  const streams = createStreams({
    venue,
    deliver,
    created: (ofStream) => finish && endChannel(ofStream, finish),
    unmerged: (stream, reason) => report({ _tag: 'Unmerged', stream, reason }),
    repeated: (...what) => {
      for (const watcher of watchers.all) watcher.repeated(...what)
    },
  })
  const notices = createNotices(venue, onNotice, (name) => streams.of(name).count > 0)
  /** Of what no stream carries, as a depth snapshot, and of more names than can be remembered. */
  const beyond = newTarget()

  const measure = (event: unknown, receivedAt: number) => {
    const time = isValues(event) ? event['eventTime'] : undefined
    if (typeof time !== 'number') return
    measuredAt = receivedAt
    venueClock.heard(time, receivedAt)
  }

  const count = (target: NamedTarget, { kind, stream }: Named, event: unknown, { receivedAt, text }: Frame | Reply) => {
    if (receivedAt >= measuredAt + MEASURED_EVERY || receivedAt < measuredAt) measure(event, receivedAt)
    const ofKind = kindOf(target, kind)
    counts.routed++
    const unknown = ofKind?.unknownValues?.(event)
    if (unknown !== undefined && unknown.length > 0) {
      counts.unknownValues += unknown.length
      surprises.ofValues(unknown, { kind, stream, receivedAt, text }) // F86
    }
  }

  const onMessage = (message: Message, signal: Frame | Reply) => {
    const ofStream = streams.named(message.stream)
    count(ofStream ?? beyond, message, message.event, signal)
    if (ofStream === undefined) return deliver(named(message, signal.source?.id), beyond)
    for (const one of streams.take(ofStream, message, signal.source?.id, signal.text.length)) deliver(one, ofStream)
  }

  /** Delivers the usual frame, of a stream that is known, by the only source that carries it: false for any other. */
  const isUsual = (frame: Frame): boolean => {
    const { text, receivedAt, source } = frame
    const name = nameOf(text)
    const ofStream = name === undefined ? undefined : streams.known(name)
    if (ofStream?.route === undefined || !isOnly(ofStream, source)) return false
    const { route, lane } = ofStream
    const event = eventOf(text, route)
    if (event === undefined) return false
    counts.received++
    count(ofStream, route, event, frame)
    if (source !== undefined && lane !== undefined) keep(lane, { text, receivedAt })
    if (text.length > ofStream.size) streams.measure(ofStream, text.length)
    hand(ofStream, route, event, receivedAt)
    if (counted$.observed) counted$.next()
    return true
  }

  /** A depth snapshot that does not say of what it is, beside updates of one symbol only, is of that one. */
  const named = (message: Message, source: string | undefined): Message => {
    const { kind, event } = message
    const isNamed = kind !== 'depthSnapshot' || source === undefined || (event as DepthSnapshot).symbol !== undefined
    const symbol = isNamed ? undefined : streams.symbolOf(source)
    if (symbol !== undefined) return { ...message, event: { ...(event as DepthSnapshot), symbol } } // F66
    return message
  }

  const onParsed = (parsed: Parsed, signal: Frame | Reply) => {
    counts.received++
    if (parsed._tag === 'Left') {
      if (parsed.left._tag === 'UnknownStream') counts.unknown++
      else counts.invalid++
      surprises.ofError(parsed.left) // F86
      for (const watcher of watchers.all) watcher.failed(parsed.left)
      if (parseError$.observed)
        parseError$.next(parsed.left) // F38
      else notices.parseError(parsed.left) // F81
    } else if ('kind' in parsed.right) onMessage(parsed.right, signal)
    else {
      counts.control++
      if (parsed.right.type === 'error' && !status$.observed) notices.venueError(parsed.right) // F81
    }
  }

  const onUnusual = (signal: Frame | Reply, as = signal): Parsed => {
    const parsed = read(signal)
    const first = isSeveral(parsed) ? parsed[0] : parsed
    onParsed(first, as)
    if (isSeveral(parsed)) for (const other of parsed.slice(1)) onParsed(other, as) // F73
    if (counted$.observed) counted$.next()
    return first
  }

  const onFrame = (signal: Frame | Reply, as?: Frame | Reply): Parsed | undefined =>
    as === undefined && signal._tag === 'Frame' && isUsual(signal) ? undefined : onUnusual(signal, as)

  const onWatched = (signal: Frame | Reply, as?: Frame | Reply): Parsed | undefined => {
    for (const watcher of watchers.all) watcher.begun(signal)
    const parsed = onFrame(signal, as)
    for (const watcher of watchers.all) watcher.handled(signal)
    return parsed
  }

  return {
    dispatch: (signal, as) => {
      if (signal$.observed) signal$.next(signal)
      if (signal._tag === 'Frame' || signal._tag === 'Reply')
        return watchers.all.length > 0 ? onWatched(signal, as) : onFrame(signal, as)
      if (signal._tag === 'ClockStepped') venueClock.stepped(signal.by) // F54
      tell(signal)
      streams.onStatus(signal)
      if (signal._tag === 'Acknowledged') discovered$.next(signal.stream) // F51
      return undefined
    },
    report,
    kind: (kind) => kinds.get(kind) ?? newTarget(),
    stream: streams.of,
    message$,
    parseError$,
    status$,
    signal$,
    watchers,
    isRecorded: () => signal$.observed,
    discovered$,
    surprise$: surprises.surprise$,
    counters$: defer(() =>
      merge(of(undefined), counted$).pipe(map(() => ({ ...counts, repeated: counts.routed - delivered }))),
    ),
    notices,
    ...carriage(told$, streams),
    drain: streams.drain,
    waiting: streams.waiting,
    end: (end) => {
      finish = end
      for (const target of [...kinds.values(), ...streams.all()]) endChannel(target, end)
      for (const subject of [message$, parseError$, signal$, counted$, discovered$, told$, status$]) end(subject)
      surprises.end(end)
      for (const watcher of watchers.all) watcher.ended()
    },
  }
}
