import type { NatsConnection } from '@nats-io/transport-node'
import { filter, firstValueFrom } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { natsCommunicator, publishSignals } from '../../lib/nats/index.js'
import { startVenue } from '../../lib/simulation/index.js'
import { realTime } from '../../lib/timing/realTime.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { tradeFrames } from './trades.js'

/** From the connector's socket to a listener, in ms: of the connector's own client, and of a consumer's. */
export interface Lags {
  readonly direct: readonly number[]
  readonly broker: readonly number[]
}

const STREAM = 'c0usdt@trade'

/** Sends trades one by one, each `pause` ms after the one before, over a real socket, and through the broker. */
export const measureLags = async (
  connect: () => Promise<NatsConnection>,
  count: number,
  pause: number,
): Promise<Lags> => {
  const payloads = tradeFrames(count * 12)
    .filter((_, i) => i % 12 === 0)
    .map(({ text }) => JSON.parse(text) as { readonly stream: string; readonly data: unknown })
  const { addresses, controls, close } = await startVenue({ venue, symbols: ['C0USDT'], replay: payloads })
  const { websocket: endpoint, rest } = addresses
  const connector = createClient({
    ...{ venue, streams: [STREAM] as const },
    communicator: websocketCommunicator(venue, { endpoint, rest: { endpoint: rest } }),
  })
  const stream = { name: 'lag', prefix: 'lag' }
  const receivedAt = new Map<number, number>()
  const lags = { direct: [] as number[], broker: [] as number[] }
  const now = () => realTime.now()
  connector.signal$.subscribe((signal) => {
    if (signal._tag === 'Frame') receivedAt.set(Number(/"t":(\d+)/.exec(signal.text)?.[1]), signal.receivedAt)
  })
  connector.stream(STREAM).subscribe(({ tradeId }) => lags.direct.push(now() - (receivedAt.get(tradeId) ?? NaN)))
  connector.signal$.pipe(publishSignals(await connect(), { venue, stream })).subscribe()
  const isOpen = firstValueFrom(connector.status$.pipe(filter(({ _tag }) => _tag === 'Acknowledged')))
  const publishing = connector.connect()
  await isOpen
  const consumer = createClient({
    venue,
    communicator: natsCommunicator(await connect(), { venue, stream, from: { sequence: 1 } }),
  })
  const trade$ = consumer.stream(STREAM)
  const isOver = firstValueFrom(trade$.pipe(filter(({ tradeId }) => tradeId === count)))
  trade$.subscribe(({ tradeId }) => lags.broker.push(now() - (receivedAt.get(tradeId) ?? NaN)))
  const consuming = consumer.connect()
  const timer = setInterval(() => controls.step(), pause)
  await isOver
  clearInterval(timer)
  consuming.unsubscribe()
  publishing.unsubscribe()
  await close()
  return lags
}
