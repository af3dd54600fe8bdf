import { AckPolicy, ReplayPolicy, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream'
import { createInbox, nanos, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { Subscription, type SchedulerLike } from 'rxjs'
import { after } from '../timing/wait.js'
import { placeOf, type Place } from './place.js'

export interface PullConfig {
  readonly stream: string
  /** Where it begins, and what else sets it apart from others. */
  readonly consumer: Pick<
    ConsumerConfig,
    'deliver_policy' | 'opt_start_seq' | 'opt_start_time' | 'filter_subject' | 'filter_subjects' | 'headers_only'
  >
  /** So many messages are on their way to us, at most. */
  readonly window: number
  /** How many of those that came are not looked at yet; default none. */
  readonly held?: () => number
  /** Without a word for so long, in ms, the consumer is taken for lost. */
  readonly patience: number
  readonly scheduler: SchedulerLike
  /** It is there, and so many messages are before the newest. */
  readonly began?: (pending: number) => void
  readonly heard: (message: Msg, place: Place) => void
  /** Nothing more comes of it: another one is made. */
  readonly lost: (reason: string) => void
}

/** A consumer at work. */
export interface PullConsumer {
  /** Fewer messages are held: asks for more, where there is room. */
  readonly pull: () => void
  readonly stop: () => void
}

/** The server forgets a consumer that nobody asks for so many ms. */
const INACTIVE = 30_000
/** A request for messages ends after so many ms, and is made anew. */
const EXPIRES = 30_000

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * A consumer of our own: it exists at the server until it is stopped, or half a minute after we are gone, and sends no
 * more than was asked for. Each message has its number for this consumer, so that none can be missing unnoticed.
 */
export const pullConsumer = (
  connection: NatsConnection,
  manager: JetStreamManager,
  config: PullConfig,
): PullConsumer => {
  const { stream, consumer, window, held = () => 0, patience, scheduler, began, heard, lost } = config
  const work = new Subscription()
  const inbox = createInbox()
  let name: string | undefined
  let asked = 0
  let expected = 1
  let isHeard = true

  const giveUp = (reason: string) => {
    if (work.closed) return
    work.unsubscribe()
    lost(reason)
  }
  /** Looks from time to time whether anything came: a timer for each message would cost more than the message. */
  const listen = () => {
    if (!isHeard) return giveUp(`nothing came for ${patience} ms`)
    isHeard = false
    if (!work.closed) work.add(after(patience, scheduler, listen))
  }
  const pull = () => {
    const batch = window - asked - held()
    if (name === undefined || work.closed || batch < window / 2) return
    if (connection.isClosed() || connection.isDraining()) return
    asked += batch
    connection.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`,
      JSON.stringify({ batch, expires: nanos(EXPIRES), idle_heartbeat: nanos(Math.floor(patience / 3)) }),
      { reply: inbox },
    )
  }
  const told = ({ headers }: Msg) => {
    if (headers === undefined || headers.code === HEARTBEAT) return
    if (!over.has(headers.code)) return giveUp(`${headers.code} ${headers.description}`)
    asked = Math.max(0, asked - Number(headers.get('Nats-Pending-Messages')))
    pull()
  }
  const received = (message: Msg) => {
    const place = placeOf(message.reply ?? '')
    if (place === undefined) return told(message)
    if (place.delivered !== expected) return giveUp(`expected message ${expected}, came ${place.delivered}`)
    expected++
    asked--
    heard(message, place)
    pull()
  }
  const run = (made: string, pending: number) => {
    name = made
    const messages = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (work.closed) return
        if (error !== null) return giveUp(error.message)
        isHeard = true
        received(message)
      },
    })
    work.add(() => messages.unsubscribe())
    began?.(pending)
    pull()
  }
  const remove = (made: string) => void manager.consumers.delete(stream, made).catch(() => undefined)

  work.add(() => {
    if (name !== undefined) remove(name)
  })
  listen()
  manager.consumers
    .add(stream, {
      ...consumer,
      ...{ ack_policy: AckPolicy.None, replay_policy: ReplayPolicy.Instant, mem_storage: true, num_replicas: 1 },
      inactive_threshold: nanos(INACTIVE),
    })
    .then(
      (info) => (work.closed ? remove(info.name) : run(info.name, info.num_pending)),
      (error: unknown) => giveUp(reasonOf(error)),
    )
  return { pull, stop: () => work.unsubscribe() }
}

const HEARTBEAT = 100
/** A request for messages has ended: there were none, or not enough in its time. */
const over: ReadonlySet<number> = new Set([404, 408])
