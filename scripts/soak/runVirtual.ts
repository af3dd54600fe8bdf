import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded, simulate } from '../../lib/simulation/index.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { VenueWithBooks } from '../../lib/venues/Venue.js'
import { chaos } from './chaos.js'
import { hostClock } from './hostClock.js'
import { notRecovered } from './notRecovered.js'
import type { Finding } from './oracle/Finding.js'
import type { Outcome } from './Outcome.js'
import { hasListenKeys, soakedClient, type Surroundings } from './soakedClient.js'
import { streamsOf } from './streamsOf.js'
import { soakTimes } from './Times.js'

export const soakVenues: readonly VenueWithBooks[] = [asterSpot, asterFutures, binanceSpot]

/** What may be changed of a run. */
export interface VirtualConfig {
  readonly seed: number
  /** Default: one by the seed. */
  readonly venue?: VenueWithBooks
  /** For how long things go wrong, in ms. */
  readonly length?: number
  /** How long everything may take to be well again: some of what was planned comes only now. Default: 240,000. */
  readonly patience?: number
  /** A client of another make. */
  readonly client?: (around: Surroundings) => ReturnType<typeof soakedClient>
}

export const credentials = { apiKey: 'SOAK-canary-of-a-key', secret: 'SOAK-canary-of-a-secret' }

/** How much slower some connections are than others. */
const UNEVEN = 6

const START = 1_770_000_000_000
const STEP = 100
const AGAIN = 1_000

/** One seed: a client and a venue in one process, in virtual time. */
export const runVirtual = async (config: VirtualConfig): Promise<Outcome> => {
  const { seed, length = 40_000, patience = 240_000, client: make = soakedClient } = config
  const random = seeded(seed)
  const base = config.venue ?? soakVenues[seed % soakVenues.length] ?? asterSpot
  const venue = { ...base, limits: { ...base.limits, lifetime: soakTimes.lifetime } }
  const symbols = ['BTCUSDT', 'ETHUSDT']
  const latency = 1 + Math.floor(random() * 60)
  const isUneven = seed % 2 === 0
  const spread = isUneven ? UNEVEN : 1
  const simulated = simulate({
    ...{ venue, seed, symbols, pause: 100, ping: soakTimes.ping, remember: 0, accounts: [credentials], start: START },
    latency: isUneven ? () => Math.round(latency * (1 + random() * (spread - 1))) : latency,
  })
  const { controls, transport, fetch, scheduler } = simulated
  const findings: Finding[] = []
  const host = hostClock(() => scheduler.now())
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  const soaked = make({
    ...{ venue, simulated, symbols, random, times: soakTimes, isUneven, host, file: join(folder, 'all.txt') },
    ...(hasListenKeys(venue) && { credentials }),
    ...{ transport, fetch, scheduler },
  })
  const { rotate$, subscriptions, client, rejected, oracle, recorder } = soaked
  const names = [...symbols, ...streamsOf(venue, symbols)]
  const { span } = soakTimes
  const { silence: silenced } = soaked
  let stalledUntil = -Infinity
  const stall = (ms: number) => {
    stalledUntil = scheduler.now() + ms
  }
  const sleep = (ms: number) => {
    host.sleep(ms)
    simulated.block(ms)
  }
  const target = {
    ...{ venue, controls, symbols, random, rotate$, silenced, block: simulated.block, stall, span },
    ...{ sleep, stepClock: host.step, restartRecorder: recorder.restart },
  }
  const trouble = chaos(target, soaked, names)

  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= STEP) {
      if (scheduler.now() >= stalledUntil) controls.step()
      soaked.look()
      await simulated.pass(Math.min(STEP, left))
    }
  }

  soaked.look()
  for (const name of names) if (random() < 0.7) subscriptions.begin(name)
  const connection = client.connect()
  await pass(1_000)
  for (let at = 0; at < length;) {
    const pause = Math.ceil((soakTimes.pause * 2 * random()) / STEP) * STEP
    await pass(pause)
    at += Math.max(pause, STEP)
    trouble.next()
    // What was ordered has changed the books.
    soaked.look()
  }

  trouble.stop()
  let reason: string | undefined = 'not looked at'
  for (let waited = 0; reason !== undefined && waited < patience; waited += 2 * AGAIN) {
    const refused = names.filter((name) => rejected.has(name) || rejected.has(`${name.toLowerCase()}@depth@100ms`))
    for (const name of refused) subscriptions.end(name)
    await pass(AGAIN)
    for (const name of refused) subscriptions.begin(name)
    await pass(AGAIN)
    reason = notRecovered(soaked, controls, symbols)
  }
  if (reason !== undefined) findings.push({ rule: 'recovery', detail: reason })

  // Nothing is sent any more, and everything arrives.
  await simulated.pass(1_000)
  oracle.finish()
  connection.unsubscribe()
  await simulated.pass(5 * latency * spread)
  const sockets = simulated.openSockets()
  if (sockets > 0) findings.push({ rule: 'remains', detail: `${sockets} sockets` })
  const open = controls.connections().length
  if (open > 0) findings.push({ rule: 'remains', detail: `${open} connections` })
  await simulated.close()
  soaked.end()
  findings.push(...(await recorder.finish()))
  rmSync(folder, { recursive: true })
  await simulated.pass(2 * soakTimes.span.long)
  if (simulated.due() !== undefined) findings.push({ rule: 'remains', detail: 'a timer' })
  return { ...soaked.counts(), injected: trouble.injected, findings: [...soaked.findings(), ...findings] }
}
