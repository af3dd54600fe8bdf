import { defer, filter, map, merge, of, Subject, type Observable } from 'rxjs'
import type { AnyCodec } from '../codecs/Codec.js'
import type { Message } from '../parser/Message.js'
import { isSeveral, reader, type Parsed } from '../parser/reader.js'
import type { ParseError } from '../parser/ParseError.js'
import { REMEMBERED, router } from '../venues/router.js'
import type { Frame, Reply, Signal, Status } from '../Signal.js'
import type { StreamRow, Venue } from '../venues/Venue.js'
import { noCounts, type Counters } from './Counters.js'
import type { Admission } from './Admission.js'
import { admitByKey } from './admitByKey.js'
import { admitAll, admitByText } from './admitByText.js'
import { admitEach } from './admitEach.js'

/** Where events go. */
interface Target {
  readonly subject: Subject<unknown>
  /** How many came. */
  count: number
}

interface StreamTarget extends Target {
  readonly admission: Admission
}

/** How a Subject ends: completes, or with an error. */
export type Finish = (subject: Pick<Subject<never>, 'complete' | 'error'>) => void

/** A message of any venue: its event is whatever the row's codec made. */
type Read = Pick<Message, 'kind' | 'stream'> & { readonly event: unknown }

interface KindTarget extends Target {
  readonly unknownValues: AnyCodec['unknownValues']
}

/** Takes signals apart and hands each event to those who listen, by map: a thousand streams cost what one costs. */
export interface Dispatcher {
  /** Gives what the signal meant, when it was a frame or a reply. */
  readonly dispatch: (signal: Signal) => Parsed | undefined
  /** Puts a status of the client's own among the others. */
  readonly report: (status: Status) => void
  readonly kind: (kind: string) => Target
  readonly stream: (name: string) => StreamTarget
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
  const read = reader(venue)
  const kinds = kindsOf(venue)
  const route = router(venue)
  const streams = new Map<string, StreamTarget>()
  const message$ = new Subject<Message>()
  const parseError$ = new Subject<ParseError>()
  const status$ = new Subject<Status>()
  const signal$ = new Subject<Signal>()
  const counted$ = new Subject<void>()
  const discovered$ = new Subject<string>()
  const counts = { ...noCounts }
  /** The connections that are open, or being opened: the venue may have sent something to them already. */
  const open = new Set<string | undefined>()
  /** The connections that carry each stream, as their statuses say. */
  const carriers = new Map<string, ReadonlySet<string>>()

  let finish: Finish | undefined

  const admissionOf = (name: string): Admission => {
    if (name === '') return admitAll
    const { sequence, each } = venue.streams[route(name)?.kind ?? ''] ?? {}
    if (sequence === undefined) return admitByText()
    return each === undefined ? admitByKey(sequence) : admitEach(each, () => admitByKey(sequence))
  }
  const stream = (name: string): StreamTarget => {
    const known = streams.get(name)
    if (known !== undefined) return known
    const created = { ...target(), admission: admissionOf(name) }
    streams.set(name, created)
    finish?.(created.subject)
    return created
  }
  const beyond = { ...target(), admission: admitAll }

  const deliver = (message: Message, ofStream: StreamTarget) => {
    const { kind, event } = message as Read
    const ofKind = kinds.get(kind)
    if (ofStream.count++ === 0) discovered$.next(message.stream)
    if (message$.observed) message$.next(message)
    if (ofKind !== undefined) {
      ofKind.count++
      if (ofKind.subject.observed) ofKind.subject.next(event)
    }
    if (ofStream.subject.observed) ofStream.subject.next(event)
  }

  const onMessage = (message: Message, source: string | undefined) => {
    const { kind, stream: name, event } = message as Read
    const unknownValues = kinds.get(kind)?.unknownValues
    // A venue that invents names without end cannot make us remember them all.
    const ofStream = streams.size < REMEMBERED ? stream(name) : (streams.get(name) ?? beyond)
    counts.routed++
    if (unknownValues !== undefined) counts.unknownValues += unknownValues(event)
    if (ofStream.admission.passes(message, source)) return deliver(message, ofStream)
    const admitted = ofStream.admission.admit(message, source)
    counts.repeated += 1 - admitted.length
    for (const one of admitted) deliver(one, ofStream)
  }

  /** What waited for a connection comes when that one is gone: after the status, before anything later. */
  const release = (ofStream: StreamTarget, source: string | undefined) => {
    const released = ofStream.admission.release(source, open)
    counts.repeated -= released.length
    for (const one of released) deliver(one, ofStream)
  }

  const uncarry = (name: string, source: string) => {
    const others = [...(carriers.get(name) ?? [])].filter((other) => other !== source)
    if (others.length > 0) carriers.set(name, new Set(others))
    else carriers.delete(name)
  }

  const onStatus = (status: Status) => {
    const { source: { id } = {} } = status
    if (status._tag === 'Disconnected' || status._tag === 'Closed') {
      open.delete(id)
      if (id !== undefined) for (const name of [...carriers.keys()]) uncarry(name, id)
      for (const ofStream of streams.values()) release(ofStream, id)
    }
    if (id === undefined) return
    if (status._tag === 'Connecting') open.add(id)
    if (status._tag === 'Acknowledged')
      carriers.set(status.stream, new Set([...(carriers.get(status.stream) ?? []), id]))
    if (status._tag === 'Unsubscribed') {
      uncarry(status.stream, id)
      const ofStream = streams.get(status.stream)
      if (ofStream !== undefined) release(ofStream, id)
    }
  }

  const carriesAlone = (name: string, source: string): boolean => {
    const named = carriers.get(name)
    return stream(name).admission.carriesAlone(source) || (named?.size === 1 && named.has(source))
  }

  const onParsed = (parsed: Parsed, source: string | undefined) => {
    counts.received++
    if (parsed._tag === 'Left') {
      if (parsed.left._tag === 'UnknownStream') counts.unknown++
      else counts.invalid++
      parseError$.next(parsed.left) // F38
    } else if ('kind' in parsed.right) onMessage(parsed.right, source)
    else counts.control++
  }

  const onFrame = (signal: Frame | Reply): Parsed => {
    const parsed = read(signal)
    const source = signal.source?.id
    const first = isSeveral(parsed) ? parsed[0] : parsed
    onParsed(first, source)
    if (isSeveral(parsed)) for (const other of parsed.slice(1)) onParsed(other, source) // F73
    if (counted$.observed) counted$.next()
    return first
  }

  return {
    dispatch: (signal) => {
      if (signal$.observed) signal$.next(signal)
      if (signal._tag === 'Frame' || signal._tag === 'Reply') return onFrame(signal)
      status$.next(signal)
      onStatus(signal)
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
          ({ _tag, source }) => _tag === 'Disconnected' && (source === undefined || carriesAlone(name, source.id)),
        ),
      ),
    end: (end) => {
      finish = end
      for (const { subject } of [...kinds.values(), ...streams.values()]) end(subject)
      for (const subject of [message$, parseError$, signal$, counted$, discovered$, status$]) end(subject)
    },
  }
}

const target = (): Target => ({ subject: new Subject(), count: 0 })

/** Every kind of a venue. */
const kindsOf = ({ streams, account, depthSnapshot }: Venue): ReadonlyMap<string, KindTarget> => {
  const rows: readonly (readonly [kind: string, row: Pick<StreamRow, 'event'>])[] = [
    ...Object.entries(streams),
    ...Object.values(account).map((row) => [row.kind, row] as const),
    ...(depthSnapshot === undefined ? [] : [['depthSnapshot', { event: depthSnapshot }] as const]),
  ]
  return new Map(rows.map(([kind, { event }]) => [kind, { ...target(), unknownValues: event.unknownValues }]))
}
