import { DeliverPolicy, jetstreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { Subscription, type SchedulerLike } from 'rxjs'
import { backoff } from '../timing/backoff.js'
import { after } from '../timing/wait.js'
import { filterOf, hasOnly } from './brokerStream.js'
import { linkState } from './linkState.js'
import { pullConsumer, type PullConsumer } from './pullConsumer.js'

export interface SequencedReaderConfig {
  readonly stream: string
  /** The subject of the messages that are heard. */
  readonly subject: string
  readonly window: number
  /** How many messages are heard and not handled. */
  readonly held: () => number
  readonly patience: number
  readonly scheduler: SchedulerLike
  /** The sequence from which on all is to be heard; `undefined` while nothing is. */
  readonly start: () => number | undefined
  readonly heard: (message: Msg, sequence: number) => void
  /** These messages were removed before they were heard. */
  readonly missed: (first: number, last: number) => void
  /** The connection is closed for good. */
  readonly gone: (reason: string) => void
}

export interface SequencedReader {
  /** Begins anew where `start` says. */
  readonly begin: () => void
  /** Fewer messages are held. */
  readonly pull: () => void
  readonly stop: () => void
}

/** Reads all messages of a stream in order, through restarts of the server and losses of the link. */
export const sequencedReader = (connection: NatsConnection, config: SequencedReaderConfig): SequencedReader => {
  const { stream, subject, window, held, patience, scheduler, start, heard, missed, gone } = config
  const work = new Subscription()
  let consumer: PullConsumer | undefined
  let waiting = Subscription.EMPTY
  let failures = 0
  /** Each time that reading begins anew; what belongs to an older one is late. */
  let turn = 0
  let isUp = true

  const again = (own: number) => {
    if (own !== turn || work.closed) return
    waiting = after(backoff({ delay: 100, maxDelay: 5_000 }, ++failures), scheduler, begin)
  }
  const prepare = async (own: number, from: number) => {
    const manager = await jetstreamManager(connection, { checkAPI: false })
    const info = await manager.streams.info(stream)
    if (own !== turn || work.closed) return
    const isWhole = hasOnly(info, subject)
    let next = from
    const reach = (sequence: number) => {
      if (sequence > next) missed(next, sequence - 1)
      next = Math.max(next, sequence)
    }
    reach(info.state.first_seq)
    consumer = pullConsumer(connection, manager, {
      ...{ stream, window, held, patience, scheduler },
      consumer: {
        ...filterOf(info, subject),
        ...{ deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: next },
      },
      heard: (message, { sequence }) => {
        failures = 0
        if (isWhole) reach(sequence)
        next = sequence + 1
        heard(message, sequence)
      },
      lost: () => again(own),
    })
  }
  const begin = () => {
    const own = ++turn
    waiting.unsubscribe()
    consumer?.stop()
    const from = start()
    if (from !== undefined && isUp && !work.closed) prepare(own, from).catch(() => again(own))
  }
  work.add(() => {
    turn++
    waiting.unsubscribe()
    consumer?.stop()
  })
  work.add(
    linkState(connection).subscribe((state) => {
      if (state._tag === 'Gone') return gone(state.reason)
      isUp = state._tag === 'Up'
      begin()
    }),
  )
  return { begin, pull: () => consumer?.pull(), stop: () => work.unsubscribe() }
}
