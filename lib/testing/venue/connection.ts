import { Subscription } from 'rxjs'
import type { RawData, WebSocket } from 'ws'
import { isValues } from '../../codecs/Values.js'
import { answerRequest, type Answered, type Carried } from './answerRequest.js'
import { heartbeat } from './heartbeat.js'
import { later } from './later.js'
import { messageRate } from './messageRate.js'
import type { Premises } from './Premises.js'
import type { RequestFault } from './SocketFaults.js'

/** One client's socket. */
export interface Connection {
  readonly id: number
  readonly carried: () => Carried
  /** Sends what a stream says, if this connection carries it; `data` is JSON. */
  readonly deliver: (stream: string, data: string) => void
  /** As `deliver`, whether it was asked for or not. */
  readonly push: (stream: string, data: string) => void
  readonly sendText: (text: string) => void
  readonly close: (code: number, reason: string) => void
  /** From now on only PINGs and PONGs are sent, or nothing at all, and nothing is read any more. */
  readonly mute: (what: 'data' | 'all') => void
  /** Leaves no timer. */
  readonly stop: () => void
}

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8')
}

const refusal = (request: string, { code, msg, shape }: Extract<RequestFault, { _tag: 'refuse' }>): unknown => {
  const asked: unknown = JSON.parse(request)
  const id = isValues(asked) ? asked['id'] : undefined
  if (shape === 'wrapped') return { error: { code, msg }, id }
  return shape === 'numbered' ? { code, msg, id } : { code, msg }
}

/** Serves one socket as the venue does, until it closes. */
export const connection = (socket: WebSocket, id: number, asked: Carried, premises: Premises): Connection => {
  const { venue, manner, scheduler, now, log, faults } = premises
  const { streamsPerConnection, messagesPerSecond, lifetime } = venue.limits
  const rules = { takesTextIds: manner.takesTextIds, streamsPerConnection }
  const tooOften = messageRate(messagesPerSecond)
  const timers = new Subscription()
  let carried = asked
  let muted: 'nothing' | 'data' | 'all' = 'nothing'

  const close = (code: number, reason: string) => socket.close(code, reason)
  const say = (text: string, stream?: string) => {
    if (muted !== 'nothing' || socket.readyState !== socket.OPEN) return
    log({ at: now(), connection: id, type: 'sent', ...(stream !== undefined && { stream }), text })
    socket.send(text)
  }
  const push = (stream: string, data: string) =>
    say(carried.combined ? `{"stream":${JSON.stringify(stream)},"data":${data}}` : data, stream)

  const beat = heartbeat({
    ping: manner.ping,
    scheduler,
    now,
    send: (payload) => {
      if (muted === 'all' || socket.readyState !== socket.OPEN) return
      log({ at: now(), connection: id, type: 'ping', from: 'venue' })
      socket.ping(payload)
    },
    missed: () => close(1008, 'Pong timeout'),
  })
  timers.add(beat.stop)
  timers.add(later(lifetime, scheduler, () => close(1001, 'Connection lifetime reached')))

  /** Every message counts. */
  const isWelcome = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false
    const isAllowed = !tooOften(now())
    if (!isAllowed) close(1008, 'Too many requests')
    return isAllowed
  }

  const finish = ({ reply, isTooMany }: Answered) => {
    say(JSON.stringify(reply))
    if (isTooMany) close(1008, 'Too many subscriptions')
  }

  const receive = (text: string) => {
    const answered = answerRequest(text, carried, rules)
    const isRequest = isValues(answered.reply) && 'result' in answered.reply
    const fault = isRequest ? faults.requests.take() : undefined
    if (fault?._tag === 'ignore') return
    if (fault?._tag === 'refuse') return say(JSON.stringify(refusal(text, fault)))
    carried = answered.carried
    if (fault?._tag === 'late') timers.add(later(fault.delay, scheduler, () => finish(answered)))
    else finish(answered)
  }

  socket.on('message', (data) => {
    const text = textOf(data)
    log({ at: now(), connection: id, type: 'received', text })
    if (isWelcome()) receive(text)
  })
  socket.on('ping', (payload) => {
    log({ at: now(), connection: id, type: 'ping', from: 'client' })
    if (!isWelcome() || faults.pongs.take()) return
    log({ at: now(), connection: id, type: 'pong', from: 'venue' })
    socket.pong(payload)
  })
  socket.on('pong', (payload) => {
    log({ at: now(), connection: id, type: 'pong', from: 'client' })
    if (isWelcome()) beat.pong(payload.toString('utf8'))
  })
  // What is wrong with a socket closes it.
  socket.on('error', () => undefined)
  socket.on('close', (code) => {
    timers.unsubscribe()
    log({ at: now(), connection: id, type: 'closed', code })
  })

  if (asked.streams.size > streamsPerConnection) close(1008, 'Too many subscriptions')

  return {
    id,
    carried: () => carried,
    deliver: (stream, data) => {
      if (carried.streams.has(stream)) push(stream, data)
    },
    push,
    sendText: say,
    close,
    mute: (what) => {
      muted = what
      if (what === 'all') socket.pause()
    },
    stop: () => timers.unsubscribe(),
  }
}
