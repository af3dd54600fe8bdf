import { DeliverPolicy, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { SchedulerLike } from 'rxjs'
import { backoff } from '../timing/backoff.js'
import { after } from '../timing/wait.js'
import { linkState } from './linkState.js'
import { pullConsumer, type PullConsumer } from './pullConsumer.js'

export interface StoredConfig {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly stream: string
  readonly filter: Pick<ConsumerConfig, 'filter_subject'>
  /** The first and the last sequence. */
  readonly start: number
  readonly end: number
  /** So many messages wait here, at most, until they are taken. */
  readonly window: number
  readonly patience: number
  readonly scheduler: SchedulerLike
  readonly stop: AbortSignal
}

/** A message, and its number in the stream. */
export type Stored = readonly [message: Msg, sequence: number]

/**
 * The messages from one sequence to another, as fast as they are taken and no faster. Where the consumer is lost, as when
 * the server starts again, another one goes on behind the last message.
 */
export async function* storedMessages(config: StoredConfig): AsyncGenerator<readonly Stored[], void> {
  const { connection, manager, stream, filter, end, window, patience, scheduler, stop } = config
  let next = config.start
  let messages: Stored[] = []
  let isOver = next > end
  let failures = 0
  /** How often in a row a consumer found nothing: what a server that was just started counts may be too little. */
  let empty = 0
  let wake = (): void => undefined
  let consumer: PullConsumer | undefined
  let waiting = after(Infinity, scheduler, wake)

  const over = () => {
    isOver = true
    consumer?.stop()
    waiting.unsubscribe()
    wake()
  }
  const again = () => {
    if (!isOver) waiting = after(backoff({ delay: 100, maxDelay: 5_000 }, ++failures), scheduler, begin)
  }
  const begin = () => {
    waiting.unsubscribe()
    consumer?.stop()
    consumer = pullConsumer(connection, manager, {
      ...{ stream, window, patience, scheduler, held: () => messages.length },
      consumer: { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: next, ...filter },
      began: (pending) => {
        if (pending > 0) return
        if (++empty > 1) over()
        else again()
      },
      heard: (message, { sequence, pending }) => {
        failures = 0
        next = sequence + 1
        if (sequence <= end) messages.push([message, sequence])
        empty = 0
        if (sequence >= end) over()
        else if (pending === 0) again()
        wake()
      },
      lost: again,
    })
  }

  // The server may have forgotten the consumer.
  const link = linkState(connection).subscribe(({ _tag }) => {
    if (_tag === 'Up' && !isOver) begin()
  })
  stop.addEventListener('abort', over)
  if (!isOver) begin()
  try {
    while (!stop.aborted) {
      if (messages.length === 0 && isOver) return
      if (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const taken = messages
      messages = []
      consumer?.pull()
      yield taken
    }
  } finally {
    stop.removeEventListener('abort', over)
    link.unsubscribe()
    over()
  }
}
