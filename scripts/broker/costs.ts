import { readFileSync } from 'node:fs'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { filter, from, lastValueFrom, of, take, toArray } from 'rxjs'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import { natsCommunicator, publishSignals } from '../../lib/nats/index.js'
import type { Frame } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { tradeStreams } from './trades.js'

/** The CPU time that a process has used, in ms, as Linux counts it: in hundredths of a second. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** CPU time in µs for each message, when so many consumers read at once: of the server, and of all consumers together. */
export interface ConsumerCost {
  readonly consumers: number
  readonly server: number
  readonly ours: number
}

const stream = { name: 'costs', prefix: 'costs' }

export const measureConsumers = async (
  connect: () => Promise<NatsConnection>,
  server: number,
  frames: readonly Frame[],
): Promise<readonly ConsumerCost[]> => {
  const connection = await connect()
  await lastValueFrom(from(frames).pipe(publishSignals(connection, { venue, stream, maxWaiting: frames.length })))
  const costs: ConsumerCost[] = []
  for (const consumers of [1, 2, 4, 8]) {
    const connections = await Promise.all(Array.from({ length: consumers }, connect))
    const before = [cpuOf(server), cpuOf(process.pid)] as const
    await Promise.all(
      connections.map((one) =>
        lastValueFrom(
          natsCommunicator(one, { venue, stream, from: { sequence: 1 } })(of(tradeStreams)).pipe(
            filter(({ _tag }) => _tag === 'Frame'),
            take(frames.length),
          ),
        ),
      ),
    )
    const [ofServer, own] = [cpuOf(server) - before[0], cpuOf(process.pid) - before[1]]
    const each = 1_000 / frames.length
    costs.push({ consumers, server: ofServer * each, ours: own * each })
    await Promise.all(connections.map((one) => one.close()))
  }
  return costs
}

/** Bytes in the store for each message: of trades, and of a recording of all streams of a market with its books. */
export const measureDisk = async (
  connection: NatsConnection,
  trades: readonly Frame[],
): Promise<Readonly<Record<'trades' | 'recording' | 'recordedText', number>>> => {
  const manager = await jetstreamManager(connection)
  const recorded = await lastValueFrom(
    replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' })(of(new Set<string>())).pipe(
      filter((signal) => signal._tag === 'Frame'),
      toArray(),
    ),
  )
  const bytes = async (name: string, frames: readonly Frame[]) => {
    const own = { name, prefix: name }
    await lastValueFrom(
      from(frames).pipe(publishSignals(connection, { venue, stream: own, maxWaiting: frames.length })),
    )
    const { state } = await manager.streams.info(name)
    await manager.streams.delete(name)
    return state.bytes / state.messages
  }
  const text = recorded.reduce((sum, { text: one }) => sum + Buffer.byteLength(one), 0) / recorded.length
  return { trades: await bytes('disk1', trades), recording: await bytes('disk2', recorded), recordedText: text }
}
