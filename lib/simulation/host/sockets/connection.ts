import type { Duplex } from 'node:stream'
import { Subscription } from 'rxjs'
import type { RawData, WebSocket } from 'ws'
import type { Carried } from './Carried.js'
import { enveloped } from '../enveloped.js'
import { faultySocket, type FaultySocket } from '../faults/faultySocket.js'
import { inMicroseconds } from '../inMicroseconds.js'
import { heartbeat } from './heartbeat.js'
import { later } from '../later.js'
import { messageRate } from './messageRate.js'
import type { Premises } from '../Premises.js'
import { requests } from './requests.js'
import { voice, type Muted } from '../voice.js'

/** One client's socket. */
export interface Connection extends FaultySocket {
  readonly id: number
  readonly carried: () => Carried
  /** Sends what a stream says, if this connection carries it; `data` is JSON. */
  readonly deliver: (stream: string, data: string) => void
  /** Sends an account's event to whom it belongs and, where it is a stream of its own, carries that. */
  readonly deliverAccount: (listenKey: string, stream: string | undefined, data: string) => void
  /** As `deliver`, whether it was asked for or not. */
  readonly push: (stream: string, data: string) => void
  /** A text, packed as the venue packs it. */
  readonly sendText: (text: string) => void
  readonly sendBinary: (bytes: Uint8Array) => void
  readonly close: (code: number, reason: string) => void
  /** From now on only heartbeats are sent, or nothing at all, and nothing is read any more. */
  readonly mute: (what: Muted) => void
  /** Leaves no timer. */
  readonly stop: () => void
}

/** One client's socket, and what is below it. */
export interface Opened {
  readonly socket: WebSocket
  readonly wire: Duplex
  readonly id: number
  /** What its address asks for. */
  readonly asked: Carried
}

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8')
}

/** Codes that no close frame can carry: no code at all, and no close frame at all. */
const unsaid: Readonly<Record<number, (socket: WebSocket) => void>> = {
  1005: (socket) => socket.close(),
  1006: (socket) => socket.terminate(),
}

/** Serves one socket as the venue does, until it closes. */
export const connection = ({ socket, wire, id, asked }: Opened, premises: Premises): Connection => {
  const { venue, manner, scheduler, now, log, faults } = premises
  const { streamsPerConnection, messagesPerSecond, lifetime } = venue.limits
  const tooOften = messageRate(messagesPerSecond)
  const timers = new Subscription()
  const wrap = enveloped(venue, manner)
  const inUnit = asked.isMicroseconds ? inMicroseconds : (data: string) => data
  const { say, sayBinary, beat, mute, isSilent } = voice(socket, id, premises)

  const close = (code: number, reason: string) => (unsaid[code] ?? (() => socket.close(code, reason)))(socket)
  /** Who is silent does not even close. */
  const giveUp = (code: number, reason: string) => {
    if (!isSilent()) close(code, reason)
  }
  const tooMany = () => close(1008, 'Too many subscriptions')
  const { carried, receive } = requests({ premises, asked, timers, reply: say, tooMany })
  const push = (stream: string, data: string) => {
    const told = inUnit(data)
    say(carried().combined ? wrap(stream, told) : told, stream)
  }

  const beats = heartbeat({
    ping: manner.ping,
    scheduler,
    isEach: manner.beats !== undefined,
    send: beat,
    missed: () => giveUp(1008, 'Pong timeout'),
  })
  timers.add(beats.stop)
  timers.add(later(lifetime, scheduler, () => giveUp(1001, 'Connection lifetime reached')))

  /** Every message counts, unless the venue counts requests. */
  const isWelcome = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false
    const isAllowed = manner.tooOften !== undefined || !tooOften(now())
    if (!isAllowed) close(1008, 'Too many requests')
    return isAllowed
  }
  const answered = (answer: string) => {
    log({ at: now(), connection: id, type: 'pong', from: 'client' })
    if (isWelcome()) beats.pong(answer)
  }

  socket.on('message', (data) => {
    const text = textOf(data)
    const answer = manner.beats?.answered(text)
    if (answer !== undefined) return answered(answer)
    log({ at: now(), connection: id, type: 'received', text })
    if (!isWelcome()) return
    if (manner.tooOften !== undefined && tooOften(now())) say(JSON.stringify(manner.tooOften(text)))
    else receive(text)
  })
  socket.on('ping', (payload) => {
    log({ at: now(), connection: id, type: 'ping', from: 'client' })
    if (!isWelcome() || faults.pongs.take()) return
    log({ at: now(), connection: id, type: 'pong', from: 'venue' })
    socket.pong(payload)
  })
  socket.on('pong', (payload) => answered(payload.toString('utf8')))
  // What is wrong with a socket closes it.
  socket.on('error', () => undefined)
  socket.on('close', (code) => {
    timers.unsubscribe()
    log({ at: now(), connection: id, type: 'closed', code })
  })

  if (asked.streams.size > streamsPerConnection) tooMany()

  return {
    ...faultySocket(socket, wire, venue.compression),
    id,
    carried,
    deliver: (stream, data) => {
      if (carried().streams.has(stream)) push(stream, data)
    },
    deliverAccount: (listenKey, stream, data) => {
      if (carried().streams.has(listenKey)) push(listenKey, data)
      else if (carried().listenKey === listenKey && (stream === undefined || carried().streams.has(stream)))
        push(stream ?? '', data)
    },
    push,
    sendText: say,
    sendBinary: sayBinary,
    close,
    mute,
    stop: () => timers.unsubscribe(),
  }
}
