import { Subscription } from 'rxjs'
import { router } from '../../venues/router.js'
import type { Venue } from '../../venues/Venue.js'
import type { ServerBehaviour, Subscriptions } from '../venues/ServerBehaviour.js'
import { sendMiscompressed } from './compressionFaults.js'
import type { BrokenFrame, CompressionFault } from './faults.js'
import { heartbeat } from './heartbeat.js'
import { rateLimit } from './rateLimits.js'
import { requests } from './requests.js'
import type { ApiSession, ServerContext } from './ServerContext.js'
import type { ServerSocket } from './ServerSocket.js'
import { after } from '../../timing/wait.js'
import { venueSocket, type Muted } from './venueSocket.js'

/** One client's connection. */
export interface Connection {
  readonly id: number
  readonly subscriptions: () => Subscriptions
  /** Sends an event of a stream, if this connection carries it; `data` is JSON. */
  readonly deliver: (stream: string, data: string) => void
  /** Its subscriptions to accounts, where it takes requests about them. */
  readonly api: ApiSession | undefined
  /** Sends an account's event to whom it belongs and, where it is a stream of its own, carries that. */
  readonly deliverAccount: (listenKey: string, stream: string | undefined, data: string) => void
  /** Sends a frame as it is, if this connection carries one of its streams: false where it does not. */
  readonly forward: (streams: Iterable<string>, frame: ForwardedFrame) => boolean
  /** How many bytes wait for the client, and who waits until it has read enough of them. */
  readonly buffered: ServerSocket['buffered']
  readonly full: ServerSocket['full']
  /** As `deliver`, whether it was asked for or not. */
  readonly push: (stream: string, data: string) => void
  /** A text, compressed as the venue does it. */
  readonly sendText: (text: string) => void
  readonly sendBinary: (bytes: Uint8Array) => void
  /** @throws TypeError where messages are not compressed. */
  readonly sendMiscompressed: (fault: CompressionFault, megabytes: number) => void
  readonly sendBroken: (frame: BrokenFrame) => void
  readonly close: (code: number, reason: string) => void
  /** From now on only heartbeats are sent, or nothing at all, and nothing is read any more. */
  readonly mute: (what: Muted) => void
  /** From now on this stream is not sent here; until it is asked for anew, or for good. */
  readonly muteStream: (stream: string, isForGood: boolean) => void
  /** Leaves no timer. */
  readonly stop: () => void
}

/** A frame as it came: all of it, and the payload alone, as connections without envelopes have it. */
export interface ForwardedFrame {
  readonly whole: () => string
  readonly data: () => string
}

/** A client's socket, its number, and what its address subscribes to. */
export interface OpenedSocket {
  readonly socket: ServerSocket
  readonly id: number
  readonly initial: Subscriptions
}

/** Writes an event, `data` being JSON, as a frame that names its stream. */
export type Envelope = (stream: string, data: string) => string

/** A stream without a name, and one whose events come bare, has no envelope. */
export const enveloping = (
  { envelope }: Pick<Venue, 'envelope'>,
  { envelope: fields = {}, bareStreams = [] }: Pick<ServerBehaviour, 'envelope' | 'bareStreams'>,
): Envelope => {
  const before = JSON.stringify({ ...fields, [envelope.stream]: '' }).slice(0, -'""}'.length)
  const between = `,${JSON.stringify(envelope.data)}:`
  return (stream, data) =>
    stream === '' || bareStreams.includes(stream) ? data : `${before}${JSON.stringify(stream)}${between}${data}}`
}

/** A bare number of 13 digits from 1 or 2 on: a time of this century in ms, since no id of the market is as large. */
const TIME = /(?<=[:,[])([12]\d{12})(?=[,}\]])/g

/** The same JSON with its times in microseconds. */
export const inMicroseconds = (json: string): string => json.replace(TIME, '$1000')

/** Serves one socket as the venue does, until it closes. */
export const connection = ({ socket, id, initial }: OpenedSocket, context: ServerContext): Connection => {
  const { venue, behaviour, scheduler, now, log, faults } = context
  const { streamsPerConnection, messagesPerSecond, lifetime } = venue.limits
  const { textHeartbeat, answerTooOften } = behaviour
  const isTooOften = rateLimit({ most: messagesPerSecond, per: 1_000 })
  const timers = new Subscription()
  const envelope = enveloping(venue, behaviour)
  const route = router(venue)
  /** What comes at several routes of the venue is sent at the first of them. */
  const isHere = (stream: string): boolean => {
    const routes = route(stream)?.row.routes
    return routes === undefined || routes[0] === initial.route
  }
  const inUnit = initial.isMicroseconds ? inMicroseconds : (data: string) => data
  const { send, sendBinary, heartbeat: sendHeartbeat, mute, isSilent } = venueSocket(socket, id, context)

  /** A silent venue does not even close. */
  const giveUp = (code: number, reason: string) => {
    if (!isSilent()) socket.close(code, reason)
  }
  const tooMany = () => socket.close(1008, 'Too many subscriptions')
  const { subscriptions, receive } = requests({ context, initial, timers, reply: send, tooMany })
  const api = initial.isApi === true ? context.openApi?.(timers, send) : undefined
  /** The streams that are not sent here, and whether that is for good. */
  const muted = new Map<string, boolean>()
  const push = (stream: string, data: string) => {
    if (muted.has(stream)) return
    const event = inUnit(data)
    if (api !== undefined) return send(`{"event":${event}}`)
    send(subscriptions().isCombined ? envelope(stream, event) : event, stream)
  }

  const heartbeats = heartbeat({
    ping: behaviour.ping,
    scheduler,
    isEach: textHeartbeat !== undefined,
    send: sendHeartbeat,
    missed: () => giveUp(1008, 'Pong timeout'),
  })
  timers.add(heartbeats.stop)
  timers.add(after(lifetime, scheduler, () => giveUp(1001, 'Connection lifetime reached')))

  /** Every message counts, unless the venue counts requests alone, or their weight. */
  const isWithinRate = (): boolean => {
    if (!socket.isOpen()) return false
    const isAllowed = answerTooOften !== undefined || api !== undefined || !isTooOften(now())
    if (!isAllowed) socket.close(1008, 'Too many requests')
    return isAllowed
  }
  const answered = (answer: string) => {
    log({ at: now(), connection: id, type: 'pong', from: 'client' })
    if (isWithinRate()) heartbeats.answered(answer)
  }

  socket.listen({
    message: (text) => {
      const answer = textHeartbeat?.answerIn(text)
      if (answer !== undefined) return answered(answer)
      log({ at: now(), connection: id, type: 'received', text })
      if (!isWithinRate()) return
      if (answerTooOften !== undefined && isTooOften(now())) send(JSON.stringify(answerTooOften(text)))
      else (api?.receive ?? receive)(text)
      const { streams } = subscriptions()
      for (const [stream, isForGood] of muted) if (!isForGood && !streams.has(stream)) muted.delete(stream)
    },
    ping: (payload) => {
      log({ at: now(), connection: id, type: 'ping', from: 'client' })
      if (!isWithinRate() || faults.pongs.take()) return
      log({ at: now(), connection: id, type: 'pong', from: 'venue' })
      socket.pong(payload)
    },
    pong: answered,
    closed: (code) => {
      timers.unsubscribe()
      log({ at: now(), connection: id, type: 'closed', code })
    },
  })

  if (initial.streams.size > streamsPerConnection) tooMany()

  return {
    id,
    subscriptions,
    api,
    deliver: (stream, data) => {
      if (subscriptions().streams.has(stream) && isHere(stream)) push(stream, data)
    },
    deliverAccount: (listenKey, stream, data) => {
      for (const id of api?.subscriptionsTo(listenKey === '' ? undefined : listenKey) ?? [])
        send(`{"subscriptionId":${id},"event":${inUnit(data)}}`)
      const carried = subscriptions()
      if (initial.route !== behaviour.accountRoute) return
      if (carried.streams.has(listenKey)) push(listenKey, data)
      else if (carried.listenKey === listenKey && (stream === undefined || carried.streams.has(stream)))
        push(stream ?? '', data)
    },
    forward: (names, { whole, data }) => {
      const carried = subscriptions()
      for (const stream of names) {
        if (!carried.streams.has(stream) || !isHere(stream)) continue
        // Times in another unit make another payload.
        if (initial.isMicroseconds) push(stream, data())
        else if (!muted.has(stream)) send(carried.isCombined ? whole() : data(), stream)
        return true
      }
      return false
    },
    buffered: socket.buffered,
    full: socket.full,
    push,
    sendText: send,
    sendBinary,
    sendMiscompressed: (fault, megabytes) => sendMiscompressed(socket, fault, megabytes, venue.compression),
    sendBroken: socket.sendBroken,
    close: socket.close,
    mute,
    muteStream: (stream, isForGood) => muted.set(stream, isForGood),
    stop: () => timers.unsubscribe(),
  }
}
