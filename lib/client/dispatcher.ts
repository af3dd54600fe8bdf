import { filter, merge, Observable, of, Subject, defer, map } from 'rxjs'
import type { AnyCodec } from '../codecs/Codec.js'
import type { Message } from '../parser/Message.js'
import { parse, type Parsed } from '../parser/parse.js'
import type { ParseError } from '../parser/ParseError.js'
import { REMEMBERED } from '../parser/route.js'
import type { Frame, Reply, Signal, Status } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import { noCounts, type Counters } from './Counters.js'

/** Where the events of one kind, or of one stream, go. */
interface Target {
  readonly subject: Subject<unknown>
  /** How many events came. */
  count: number
  /** The connection that carried the last one. */
  source: string | undefined
}

/** How a Subject ends: completes, or with an error. */
export type Finish = (subject: Pick<Subject<never>, 'complete' | 'error'>) => void

/** Takes signals apart and hands each event to those who listen, by map: a thousand streams cost what one costs. */
export interface Dispatcher {
  /** Gives what the signal meant, when it was a frame or a reply. */
  readonly dispatch: (signal: Signal) => Parsed | undefined
  /** Puts a status of the client's own among the others. */
  readonly report: (status: Status) => void
  readonly kind: (kind: string) => Target
  readonly stream: (name: string) => Target
  readonly message$: Observable<Message>
  readonly parseError$: Observable<ParseError>
  readonly status$: Observable<Status>
  readonly signal$: Observable<Signal>
  readonly counters$: Observable<Counters>
  /** Names of streams, each before its first event. */
  readonly discovered$: Observable<string>
  readonly lost: (name: string) => Observable<Status>
  /** Completes everything, or ends it with an error. */
  readonly end: (finish: Finish) => void
}

export const createDispatcher = (venue: Venue): Dispatcher => {
  const read = parse(venue)
  const kinds = new Map(kindsOf(venue).map(([kind, codec]) => [kind, { ...target(), codec }]))
  const streams = new Map<string, Target>()
  const message$ = new Subject<Message>()
  const parseError$ = new Subject<ParseError>()
  const status$ = new Subject<Status>()
  const signal$ = new Subject<Signal>()
  const counted$ = new Subject<void>()
  const discovered$ = new Subject<string>()
  const counts = { ...noCounts }

  const beyond = target()
  let finish: Finish | undefined

  const stream = (name: string): Target => {
    const known = streams.get(name)
    if (known !== undefined) return known
    const created = target()
    streams.set(name, created)
    finish?.(created.subject)
    return created
  }

  const onMessage = (message: Message, source: string | undefined) => {
    const { kind, stream: name, event } = message
    const ofKind = kinds.get(kind)
    // A venue that invents names without end cannot make us remember them all.
    const ofStream = streams.size < REMEMBERED ? stream(name) : (streams.get(name) ?? beyond)
    counts.routed++
    if (ofKind?.codec.unknownValues !== undefined) counts.unknownValues += ofKind.codec.unknownValues(event)
    if (ofStream.count++ === 0) discovered$.next(name)
    ofStream.source = source
    if (message$.observed) message$.next(message)
    if (ofKind !== undefined) {
      ofKind.count++
      if (ofKind.subject.observed) ofKind.subject.next(event)
    }
    if (ofStream.subject.observed) ofStream.subject.next(event)
  }

  const onFrame = (signal: Frame | Reply): Parsed => {
    const parsed = read(signal)
    counts.received++
    if (parsed._tag === 'Left') {
      if (parsed.left._tag === 'UnknownStream') counts.unknown++
      else counts.invalid++
      parseError$.next(parsed.left)
    } else if ('kind' in parsed.right) onMessage(parsed.right, signal.source?.id)
    else counts.control++
    if (counted$.observed) counted$.next()
    return parsed
  }

  return {
    dispatch: (signal) => {
      if (signal$.observed) signal$.next(signal)
      if (signal._tag === 'Frame' || signal._tag === 'Reply') return onFrame(signal)
      status$.next(signal)
      return undefined
    },
    report: (status) => status$.next(status),
    kind: (kind) => kinds.get(kind) ?? target(),
    stream,
    message$,
    parseError$,
    status$,
    signal$,
    discovered$,
    counters$: defer(() => merge(of(undefined), counted$).pipe(map(() => ({ ...counts })))),
    lost: (name) =>
      status$.pipe(
        filter(
          ({ _tag, source }) => _tag === 'Disconnected' && (source === undefined || source.id === stream(name).source),
        ),
      ),
    end: (end) => {
      finish = end
      for (const { subject } of [...kinds.values(), ...streams.values()]) end(subject)
      for (const subject of [message$, parseError$, signal$, counted$, discovered$, status$]) end(subject)
    },
  }
}

const target = (): Target => ({ subject: new Subject(), count: 0, source: undefined })

/** Every kind of a venue, with the codec of its events. */
const kindsOf = (venue: Venue): readonly (readonly [kind: string, codec: AnyCodec])[] => [
  ...Object.entries(venue.streams).map(([kind, { event }]) => [kind, event] as const),
  ...Object.values(venue.account).map(({ kind, event }) => [kind, event] as const),
  ['depthSnapshot', venue.depthSnapshot],
]
