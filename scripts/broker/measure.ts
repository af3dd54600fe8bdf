/** What the broker costs: runs as users run the library, as one file of JavaScript. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@nats-io/transport-node'
import { server } from '../../samples/deployment/processes.js'
import { natsServerPath } from '../natsServer.js'
import { measureConsumers, measureDisk } from './costs.js'
import { measureLags } from './lag.js'
import { measureRates, type Rates } from './throughput.js'
import { tradeFrames } from './trades.js'

const ROUNDS = 7
const [count = 60_000] = process.argv.slice(2).map(Number)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
const whole = (value: number) => Math.round(value).toLocaleString('en')

const store = mkdtempSync(join(tmpdir(), 'broker-'))
const broker = server(natsServerPath(), store)
await broker.start()
try {
  const link = () => connect({ servers: broker.address() })
  const connection = await link()
  const trades = tradeFrames(count)
  const rounds: Rates[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRates(connection, round, trades))
  for (const [own, bare] of [
    ['publish', 'barePublish'],
    ['consume', 'bareConsume'],
  ] as const) {
    const ratios = rounds.map((one) => one[own] / one[bare])
    const [ours, theirs] = [own, bare].map((name) =>
      whole(
        at(
          rounds.map((one) => one[name]),
          0.5,
        ),
      ),
    )
    console.log(`${own}: ${ours} a second, the client alone ${theirs}; ${at(ratios, 0.5).toFixed(2)} of it`)
  }
  const { direct, broker: through } = await measureLags(link, 5_000, 2)
  for (const [name, lags] of [
    ['direct', direct],
    ['through the broker', through],
  ] as const)
    console.log(`lag ${name}: p50 ${at(lags, 0.5).toFixed(2)} ms, p99 ${at(lags, 0.99).toFixed(2)} ms`)
  const costs = await measureConsumers(link, broker.pid(), trades)
  for (const { consumers, server: theirs, ours } of costs)
    console.log(
      `${consumers} consumers: server ${theirs.toFixed(1)} µs, consumers ${ours.toFixed(1)} µs of CPU a message`,
    )
  const disk = await measureDisk(connection, trades)
  console.log(
    `disk: ${whole(disk.trades)} MB for a million trades; recorded frames of ${whole(disk.recordedText)} bytes: ${whole(disk.recording)} MB`,
  )
  await connection.close()
} finally {
  await broker.kill('SIGKILL')
  rmSync(store, { recursive: true, force: true })
}
