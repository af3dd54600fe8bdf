import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { createInbox, headers, type NatsConnection } from '@nats-io/transport-node'
import { filter, from, lastValueFrom, of, take } from 'rxjs'
import { natsCommunicator, publishSignals } from '../../lib/nats/index.js'
import { frame, type Frame } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { tradeStreams } from './trades.js'

/** Messages in a second, of one round. */
export interface Rates {
  readonly barePublish: number
  readonly publish: number
  readonly bareConsume: number
  readonly consume: number
}

const WINDOW = 4_096

/** Publishes with the client alone: the same subjects, bodies and headers, and the same number on their way. */
const barePublish = (connection: NatsConnection, prefix: string, frames: readonly Frame[]): Promise<void> =>
  new Promise((resolve) => {
    const inbox = createInbox()
    let [sent, stored] = [0, 0]
    const pump = () => {
      while (sent < frames.length && sent - stored < WINDOW) {
        const { text, receivedAt, source } = frames[sent] ?? frame('', 0)
        const made = headers()
        made.append('Nats-Msg-Id', `${prefix}#${sent}`)
        made.append('Received-At', String(receivedAt))
        made.append('Source', JSON.stringify(source))
        const symbol = /"stream":"(\w+)@/.exec(text)?.[1] ?? ''
        connection.publish(`${prefix}.asterFutures.${symbol}.trade`, text, { headers: made, reply: `${inbox}.${sent}` })
        sent++
      }
    }
    const acks = connection.subscribe(`${inbox}.*`, {
      callback: () => {
        stored++
        if (stored < frames.length) return pump()
        acks.unsubscribe()
        resolve()
      },
    })
    pump()
  })

/** Consumes with the client alone: of each message the text, the time and the source are read. */
const bareConsume = async (connection: NatsConnection, stream: string, count: number): Promise<void> => {
  const manager = await jetstreamManager(connection)
  const { name } = await manager.consumers.add(stream, {
    ...{ ack_policy: AckPolicy.None, deliver_policy: DeliverPolicy.All, mem_storage: true },
  })
  const consumer = await jetstream(connection).consumers.get(stream, name)
  let left = count
  await new Promise<void>((resolve) => {
    void consumer.consume({
      max_messages: 1_000,
      callback: (message) => {
        const read = [message.string(), Number(message.headers?.get('Received-At')), message.headers?.get('Source')]
        left -= read.length / 3
        if (left === 0) resolve()
      },
    })
  })
  await manager.consumers.delete(stream, name)
}

const rate = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (count / (performance.now() - start)) * 1_000
}

/** One round of all four, each on a stream of its own. */
export const measureRates = async (
  connection: NatsConnection,
  round: number,
  frames: readonly Frame[],
): Promise<Rates> => {
  const manager = await jetstreamManager(connection)
  const [bare, own] = [`bare${round}`, `own${round}`]
  await manager.streams.add({ name: bare, subjects: [`${bare}.>`], allow_direct: true })
  const stream = { name: own, prefix: own }
  const work = {
    barePublish: () => barePublish(connection, bare, frames),
    publish: () =>
      lastValueFrom(from(frames).pipe(publishSignals(connection, { venue, stream, maxWaiting: frames.length }))),
    bareConsume: () => bareConsume(connection, bare, frames.length),
    consume: () =>
      lastValueFrom(
        natsCommunicator(connection, { venue, stream, from: { sequence: 1 } })(of(tradeStreams)).pipe(
          filter(({ _tag }) => _tag === 'Frame'),
          take(frames.length),
        ),
      ),
  }
  const names = ['barePublish', 'publish', 'bareConsume', 'consume'] as const
  // In the other order every second time, so that none is always the first.
  const order = round % 2 === 0 ? names : (['publish', 'barePublish', 'consume', 'bareConsume'] as const)
  const rates: Record<string, number> = {}
  for (const name of order) rates[name] = await rate(frames.length, work[name])
  await manager.streams.delete(bare)
  await manager.streams.delete(own)
  const [barePublished = 0, published = 0, bareConsumed = 0, consumed = 0] = names.map((name) => rates[name])
  return { barePublish: barePublished, publish: published, bareConsume: bareConsumed, consume: consumed }
}
