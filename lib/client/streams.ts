import type { AnyCodec } from '../codecs/Codec.js'
import type { Message } from '../parser/Message.js'
import { combinedScanner } from '../parser/scanCombined.js'
import type { Source, Status } from '../Signal.js'
import { REMEMBERED, router, type Route } from '../venues/router.js'
import type { StreamRow, Venue } from '../venues/Venue.js'
import { createArbiter, type Arbiter, type Lane } from './arbiter.js'
import type { Channel } from './channel.js'

/** Where events go. */
export interface Target extends Channel {
  /** How many came. */
  count: number
}

/** Where the events of a kind go. */
export interface KindTarget extends Target {
  readonly kind: string
  readonly unknownValues: AnyCodec['unknownValues']
}

/** Where the events of a stream go, and those of the kind that came last: a market stream has one, an account several. */
export interface NamedTarget extends Target {
  /** When the last of them arrived, in ms since 1970. */
  receivedAt: number
  ofKind: KindTarget | undefined
}

/** All that concerns a stream: its name is looked up once per frame, and leads here. */
export interface StreamTarget extends NamedTarget {
  /** Its row, and how its events are read. */
  readonly route: Route | undefined
  readonly lane: Lane | undefined
  readonly arbiter: Arbiter
  /** The source of its last message: known to the arbiter. */
  source: string | undefined
  /** When a source let it go, in statuses. */
  lostAt: number
  /** The longest frame that brought one of its messages, and all that its arbiter may keep, in characters. */
  size: number
  kept: number
}

/** The streams of a client, and who carries them. */
export interface Streams {
  readonly of: (name: string) => StreamTarget
  readonly known: (name: string) => StreamTarget | undefined
  /** The same for a name that a venue says; `undefined` for no name, or past so many that all can be remembered. */
  readonly named: (name: string) => StreamTarget | undefined
  /** Gives the messages to deliver now; `size` is the length of the frame that brought the message. */
  readonly take: (
    ofStream: StreamTarget,
    message: Message,
    source: string | undefined,
    size: number,
  ) => readonly Message[]
  /** Notes the length of a frame that brought one of its events. */
  readonly measure: (ofStream: StreamTarget, size: number) => void
  /** The only symbol whose streams a source carries, as payloads write it. */
  readonly symbolOf: (source: string) => string | undefined
  /** Delivers what waited for a source that is gone. */
  readonly onStatus: (status: Status) => void
  /** No signal comes any more: delivers all that waits. */
  readonly drain: () => void
  readonly all: () => Iterable<StreamTarget>
  /** How many messages wait for what another source may say before them. */
  readonly waiting: () => number
}

/** What all arbiters keep may hold so many characters of frames: messages may be cut from them. */
const MOST_KEPT = 64 * 2 ** 20

export const newTarget = (): NamedTarget => ({
  ...{ listeners: [], end: undefined, count: 0 },
  receivedAt: -Infinity,
  ofKind: undefined,
})

/** Where the events of each kind of a venue go. */
export const kindsOf = ({ streams, account, depthSnapshot }: Venue): ReadonlyMap<string, KindTarget> => {
  const rows: readonly (readonly [kind: string, row: Pick<StreamRow, 'event'>])[] = [
    ...Object.entries(streams),
    ...Object.values(account).map((row) => [row.kind, row] as const),
    ...(depthSnapshot === undefined ? [] : [['depthSnapshot', { event: depthSnapshot }] as const]),
  ]
  return new Map(rows.map(([kind, { event }]) => [kind, { ...newTarget(), kind, unknownValues: event.unknownValues }]))
}

/** Whatever this source says is delivered as it comes. */
export const isOnly = ({ lane, arbiter }: StreamTarget, source: Source | undefined): boolean =>
  source === undefined ? arbiter.carriers.size === 0 : lane?.believed === source.id

/** What the streams of a client are made of. */
export interface StreamsConfig {
  readonly venue: Venue
  readonly deliver: (message: Message, ofStream: StreamTarget) => void
  readonly created: (ofStream: StreamTarget) => void
  readonly unmerged: (stream: string, reason: string) => void
  /** So many messages of a stream were repeats, and are not delivered. */
  readonly repeated: (kind: string, stream: string, count: number) => void
}

export const createStreams = ({ venue, deliver, created, unmerged, repeated }: StreamsConfig): Streams => {
  const route = router(venue)
  const { eventOf } = combinedScanner(venue.envelope)
  const streams = new Map<string, StreamTarget>()
  /** When each open connection began, in statuses: what began before another was lost may repeat what that one said. */
  const began = new Map<string, number>()
  let statuses = 0
  /** Those that were let go, and had brought something. */
  const heard = new Set<string>()
  /** The characters that arbiters keep, at most. */
  let kept = 0

  const create = (name: string): StreamTarget => {
    const found = route(name)
    const arbiter = createArbiter(
      found?.row ?? {},
      (reason) => unmerged(name, reason),
      (text) => found && eventOf(text, found),
    )
    const count = heard.has(name) ? 1 : 0
    const ofStream = {
      ...newTarget(),
      ...{ count, route: found, arbiter, lane: arbiter.lane },
      ...{ source: undefined, lostAt: 0, size: 0, kept: 0 },
    }
    streams.set(name, ofStream)
    created(ofStream)
    return ofStream
  }
  const of = (name: string) => streams.get(name) ?? create(name)
  const named = (name: string) =>
    streams.get(name) ?? (name === '' || streams.size >= REMEMBERED ? undefined : create(name))

  const join = (ofStream: StreamTarget, source: string) => {
    const opened = began.get(source)
    ofStream.arbiter.join(source, opened === undefined ? undefined : opened > ofStream.lostAt)
    ofStream.source = source
  }
  const keep = (ofStream: StreamTarget, size: number, most: number) => {
    kept += most - ofStream.kept
    ofStream.size = size
    ofStream.kept = most
  }
  /** What came, and is neither delivered nor waits. */
  const tellRepeated = (kind: string, stream: string, count: number) => {
    if (count > 0) repeated(kind, stream, count)
  }
  /** The venue sends it no more, as it was asked to: where nobody listens, nothing of it is needed. */
  const letGo = (name: string) => {
    const ofStream = streams.get(name)
    if (ofStream === undefined || ofStream.arbiter.carriers.size > 0 || ofStream.listeners.length > 0) return
    keep(ofStream, 0, 0)
    if (ofStream.count > 0 && heard.size < REMEMBERED) heard.add(name)
    streams.delete(name) // F69
  }
  const leave = (name: string, source: string) => {
    const ofStream = streams.get(name)
    if (ofStream?.arbiter.carriers.has(source) !== true) return
    ofStream.source = undefined
    ofStream.lostAt = statuses
    const { arbiter, route: { kind = '' } = {} } = ofStream
    const before = arbiter.waiting()
    const messages = arbiter.leave(source)
    tellRepeated(kind, name, before - arbiter.waiting() - messages.length)
    for (const message of messages) deliver(message, ofStream)
  }
  /** Without a source, all are meant. */
  const leaveAll = (source?: string) => {
    for (const [name, { arbiter }] of streams)
      for (const one of source === undefined ? [...arbiter.carriers.keys()] : [source]) leave(name, one)
  }

  const measure = (ofStream: StreamTarget, size: number) => {
    const longest = Math.max(size, ofStream.size)
    const most = longest * ofStream.arbiter.capacity()
    if (most <= ofStream.kept) return
    keep(ofStream, longest, most)
    if (kept <= MOST_KEPT) return
    keep(ofStream, 0, 0)
    ofStream.arbiter.forget() // F69
  }

  return {
    of,
    named,
    known: (name) => streams.get(name),
    measure,
    take: (ofStream, message, source, size) => {
      if (source !== undefined && source !== ofStream.source) join(ofStream, source)
      const before = ofStream.arbiter.waiting()
      const messages = ofStream.arbiter.take(message, source)
      measure(ofStream, size)
      tellRepeated(message.kind, message.stream, 1 + before - ofStream.arbiter.waiting() - messages.length)
      return messages
    },
    symbolOf: (source) => {
      const symbols = new Set<string | undefined>()
      for (const [name, { arbiter }] of streams) if (arbiter.carriers.has(source)) symbols.add(route(name)?.symbol)
      return symbols.size === 1 ? [...symbols][0] : undefined
    },
    onStatus: (status) => {
      const { _tag, source: { id } = {} } = status
      const isEnd = _tag === 'Disconnected' || _tag === 'Closed'
      // One that begins again without an end is another one: recordings that follow each other use the same names.
      if (isEnd || (_tag === 'Connecting' && id !== undefined)) leaveAll(id)
      statuses++
      if (id === undefined) return
      if (isEnd) began.delete(id)
      if (_tag === 'Connecting') began.set(id, statuses)
      if (_tag === 'Unsubscribed') {
        leave(status.stream, id)
        letGo(status.stream)
      }
      if (_tag === 'Closed') {
        // An open connection that began before a stream was lost may repeat what was said.
        const oldest = Math.min(...began.values())
        for (const [name, { lostAt }] of streams) if (lostAt < oldest) letGo(name)
      }
      const acknowledged = _tag === 'Acknowledged' ? named(status.stream) : undefined
      if (acknowledged !== undefined) join(acknowledged, id)
    },
    drain: leaveAll,
    all: () => streams.values(),
    waiting: () => [...streams.values()].reduce((sum, { arbiter }) => sum + arbiter.waiting(), 0),
  }
}
