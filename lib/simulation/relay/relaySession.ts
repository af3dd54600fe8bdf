import { isLeft } from 'fp-ts/lib/Either.js'
import { Observable, Subscription, type SchedulerLike } from 'rxjs'
import { createClient } from '../../client/createClient.js'
import { createStreams } from '../../client/streams.js'
import type { Communicator } from '../../communicators/Communicator.js'
import type { Message } from '../../parser/Message.js'
import { isSeveral, reader } from '../../parser/reader.js'
import type { Frame, Reply, Status } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import { router } from '../../venues/router.js'
import { enveloping, type Connection, type ForwardedFrame } from '../host/connection.js'
import type { ServerContext } from '../host/ServerContext.js'
import { frameParts } from '../host/frameParts.js'
import { relayBooks, type RelayBooks } from './relayBooks.js'

/** What a session needs. */
export interface RelaySessionConfig {
  readonly context: ServerContext
  readonly communicator: Communicator
  readonly wanted$: Observable<ReadonlySet<string>>
  readonly connections: () => Iterable<Connection>
  /** Order books are kept, to answer requests for them. */
  readonly hasBooks: boolean
  readonly told: (status: Status) => void
  /** A signal was sent on. */
  readonly heard: () => void
  /** The signals ended, or failed. */
  readonly ended: (error?: unknown) => void
}

/** Signals on their way to the connections that carry their streams. */
export interface RelaySession {
  readonly frames: () => number
  readonly sent: () => number
  /** Whether something came on the stream that somebody had asked for. */
  readonly brought: (stream: string) => boolean
  readonly books: RelayBooks
  readonly scheduler: SchedulerLike
  /** What connections carry has changed. */
  readonly changed: () => void
  readonly run: () => void
  readonly stop: () => void
}

/** The streams and texts of one frame. */
interface Piece {
  readonly streams: readonly string[]
  readonly frame: ForwardedFrame
}

/** A communicator that is asked for what the connections carry. */
const asking = (communicator: Communicator, wanted$: Observable<ReadonlySet<string>>): Communicator => {
  const { scheduler, skipped, venue } = communicator
  return Object.assign(
    () => communicator(wanted$),
    scheduler && { scheduler },
    skipped && { skipped },
    venue !== undefined && { venue },
  )
}

/**
 * Sends each frame to the connections that carry its stream. What overlapping connections said twice is sent once, as a
 * client delivers it; what a client would refuse is sent all the same, since whoever reads it may know better.
 */
export const relaySession = (config: RelaySessionConfig): RelaySession => {
  const { context, communicator, wanted$, connections, hasBooks, told, heard, ended } = config
  const { venue, behaviour } = context
  const client = createClient<Venue>({
    ...{ venue, communicator: asking(communicator, wanted$), onNotice: () => undefined },
  })
  const read = reader(venue)
  const route = router(venue)
  const parts = frameParts(venue, enveloping(venue, behaviour))
  const books = relayBooks(context, client)
  const pieces = new WeakMap<Message, Piece>()
  const brought = new Set<string>()
  let frames = 0
  let sent = 0

  /** How many connections carry updates of a symbol's book, until that changes. */
  const carriers = new Map<string, number>()
  const countCarriers = (symbol: string): number =>
    [...connections()].filter((connection) =>
      [...connection.subscriptions().streams].some((name) => {
        const found = route(name)
        return found?.kind === 'depth' && found.symbol === symbol
      }),
    ).length
  const carriersOf = (symbol: string): number => {
    const count = carriers.get(symbol) ?? countCarriers(symbol)
    carriers.set(symbol, count)
    return count
  }

  const send = ({ streams, frame }: Piece) => {
    const before = sent
    for (const connection of connections()) if (connection.forward(streams, frame)) sent += 1
    if (sent > before) for (const stream of streams) brought.add(stream)
  }
  const sendMessage = (message: Message) => {
    const piece = pieces.get(message)
    if (piece !== undefined) send(piece)
  }
  const streams = createStreams({
    ...{ venue, deliver: sendMessage, created: () => undefined, unmerged: () => undefined, repeated: () => undefined },
  })

  /** A snapshot that does not say of what it is, beside updates of one symbol only, is of that one. */
  const snapshotSymbol = (event: unknown, { source }: Frame): string | undefined =>
    symbolOf(event) ?? (source && streams.symbolOf(source.id))

  const keepBook = ({ kind, stream, event }: Message, signal: Frame) => {
    const snapshotOf = kind === 'depthSnapshot' ? snapshotSymbol(event, signal) : undefined
    if (snapshotOf !== undefined) books.snapshot(snapshotOf, parts(signal.text, stream).data(), carriersOf(snapshotOf))
    const updateOf = kind === 'depth' ? route(stream)?.symbol : undefined
    if (updateOf !== undefined) books.update(updateOf, carriersOf(updateOf))
  }

  /** A message goes out when the client would deliver it; it may wait for another source, or be a repeat. */
  const arbitrate = (message: Message, piece: Piece, { source, text }: Frame) => {
    const ofStream = streams.named(message.stream)
    pieces.set(message, piece)
    if (ofStream === undefined) return send(piece)
    streams.take(ofStream, message, source?.id, text.length).forEach(sendMessage)
  }

  const onFrame = (signal: Frame) => {
    frames += 1
    const parsed = read(signal)
    const all = isSeveral(parsed) ? parsed : [parsed]
    const messages = all.flatMap((each) => (isLeft(each) || !('kind' in each.right) ? [] : [each.right]))
    const refused = all.flatMap((each) => (isLeft(each) && 'stream' in each.left ? [each.left.stream ?? ''] : []))
    const names = [...new Set([...messages.map(({ stream }) => stream), ...refused])].filter((name) => name !== '')
    const [first] = messages
    if (hasBooks) for (const message of messages) keepBook(message, signal)
    const [name] = names
    if (name === undefined) return
    const piece = { streams: names, frame: parts(signal.text, name) }
    if (first === undefined) send(piece)
    else arbitrate(first, piece, signal)
  }

  const onReply = (signal: Reply) => {
    if (hasBooks) books.snapshot(signal.symbol, signal.text, carriersOf(signal.symbol))
  }

  const running = new Subscription(books.stop)
  running.add(
    client.signal$.subscribe({
      next: (signal) => {
        if (signal._tag === 'Frame') onFrame(signal)
        else if (signal._tag === 'Reply') onReply(signal)
        else streams.onStatus(signal)
        heard()
      },
      error: ended,
      complete: () => {
        streams.drain()
        ended()
      },
    }),
  )
  running.add(client.status$.subscribe({ next: told, error: () => undefined }))

  return {
    ...{ frames: () => frames, sent: () => sent, brought: (stream) => brought.has(stream), books },
    scheduler: client.scheduler,
    changed: () => carriers.clear(),
    run: () => running.add(client.connect()),
    stop: () => running.unsubscribe(),
  }
}

const symbolOf = (event: unknown): string | undefined =>
  typeof event === 'object' && event !== null && 'symbol' in event && typeof event.symbol === 'string'
    ? event.symbol
    : undefined
