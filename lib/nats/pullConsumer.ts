import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream'
import { createInbox, nanos, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { Subscription, type SchedulerLike } from 'rxjs'
import { after } from '../timing/wait.js'

/** Where in the stream a message stands. */
interface Place {
  /** Its number in the stream. */
  readonly sequence: number
  /** Its number for this consumer: each counts from 1, without holes. */
  readonly delivered: number
  /** How many more there are for this consumer. */
  readonly pending: number
}

/** The numbers in the reply subject of a message: `$JS.ACK.<stream>.<consumer>.…`, of newer servers with a domain before. */
const placeOf = (reply: string): Place | undefined => {
  const tokens = reply.split('.')
  const [, sequence, delivered, , pending] = tokens.slice(tokens.length >= 11 ? 6 : 4).map(Number)
  return tokens[1] !== 'ACK' || sequence === undefined || delivered === undefined || pending === undefined
    ? undefined
    : { sequence, delivered, pending }
}

export interface PullConfig {
  readonly stream: string
  /** All subjects that are delivered. */
  readonly filters: readonly string[]
  /** The first sequence that is delivered; without it, what is new. */
  readonly start: number | undefined
  /** So many messages are on their way to us, at most. */
  readonly window: number
  /** Without a word for so long, in ms, the consumer is taken for lost. */
  readonly patience: number
  readonly scheduler: SchedulerLike
  readonly heard: (message: Msg, place: Place) => void
  /** Nothing more comes of it: another one is made. */
  readonly lost: (reason: string) => void
}

const INACTIVE = 30_000
/** A request for messages ends after so many ms, and is made anew. */
const EXPIRES = 30_000

const startOf = (start: number | undefined): Pick<ConsumerConfig, 'deliver_policy' | 'opt_start_seq'> =>
  start === undefined
    ? { deliver_policy: DeliverPolicy.New }
    : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: start }

/**
 * A consumer of our own: it exists at the server until the Subscription ends, or half a minute after we are gone, and
 * sends no more than was asked for.
 */
export const pullConsumer = (
  connection: NatsConnection,
  manager: JetStreamManager,
  { stream, filters, start, window, patience, scheduler, heard, lost }: PullConfig,
): Subscription => {
  const work = new Subscription()
  const inbox = createInbox()
  let asked = 0
  let expected = 1
  let silence = Subscription.EMPTY

  const giveUp = (reason: string) => {
    if (work.closed) return
    work.unsubscribe()
    lost(reason)
  }
  const listen = () => {
    silence.unsubscribe()
    silence = after(patience, scheduler, () => giveUp(`nothing came for ${patience} ms`))
    work.add(silence)
  }

  const run = (name: string) => {
    const pull = () => {
      const batch = window - asked
      asked = window
      connection.publish(
        `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`,
        JSON.stringify({ batch, expires: nanos(EXPIRES), idle_heartbeat: nanos(patience / 2) }),
        { reply: inbox },
      )
    }
    const told = (code: number, description: string, pending: number) => {
      if (code === 100) return
      if (code === 408 || code === 404) {
        asked = Math.max(0, asked - pending)
        return asked <= window / 2 ? pull() : undefined
      }
      giveUp(`${code} ${description}`)
    }
    const received = (message: Msg) => {
      const place = placeOf(message.reply ?? '')
      const { headers } = message
      if (place === undefined) {
        if (headers !== undefined) told(headers.code, headers.description, Number(headers.get('Nats-Pending-Messages')))
        return
      }
      if (place.delivered !== expected) return giveUp(`expected message ${expected}, came ${place.delivered}`)
      expected++
      asked--
      heard(message, place)
      if (!work.closed && asked <= window / 2) pull()
    }
    const messages = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (work.closed) return
        if (error !== null) return giveUp(error.message)
        listen()
        received(message)
      },
    })
    work.add(() => messages.unsubscribe())
    work.add(() => void manager.consumers.delete(stream, name).catch(() => undefined))
    listen()
    pull()
  }

  const [only, ...others] = filters
  manager.consumers
    .add(stream, {
      ...startOf(start),
      ...(others.length === 0 ? only !== undefined && { filter_subject: only } : { filter_subjects: [...filters] }),
      ...{ ack_policy: AckPolicy.None, replay_policy: ReplayPolicy.Instant, mem_storage: true, num_replicas: 1 },
      inactive_threshold: nanos(INACTIVE),
    })
    .then(
      ({ name }) => {
        if (!work.closed) return run(name)
        void manager.consumers.delete(stream, name).catch(() => undefined)
      },
      (error: unknown) => giveUp(error instanceof Error ? error.message : String(error)),
    )
  return work
}
