import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  asyncScheduler,
  config as rxjs,
  firstValueFrom,
  interval,
  Subscription,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs'
import { wsTransport } from '../../lib/communicators/websocket/transport/wsTransport.js'
import { realTime } from '../../lib/timing/realTime.js'
import { seeded, startVenue } from '../../lib/simulation/index.js'
import type { VenueWithBooks } from '../../lib/venues/Venue.js'
import { chaos } from './chaos.js'
import { hostClock } from './hostClock.js'
import { notRecovered } from './notRecovered.js'
import type { Finding } from './oracle/Finding.js'
import type { Outcome } from './Outcome.js'
import { credentials, soakVenues } from './runVirtual.js'
import { findsLeaks, secretWatch } from './secrets.js'
import { hasListenKeys, soakedClient } from './soakedClient.js'
import { streamsOf } from './streamsOf.js'
import { soakTimes } from './Times.js'
import { isFlat, trend, vitals, type Trend, type Vitals } from './vitals.js'

/** What may be changed of a run. */
export interface SocketsConfig {
  readonly seed: number
  /** For how long things go wrong. */
  readonly minutes: number
  /** Default: all of them at once. */
  readonly venues?: readonly VenueWithBooks[]
  /** What venues and clients wait on, and what their time is. Default: real time. */
  readonly schedulers?: { readonly venue: SchedulerLike; readonly client: SchedulerLike }
}

/** What came of it. */
export interface SocketsOutcome extends Outcome {
  readonly trends: Readonly<Record<keyof Vitals, Trend>>
  readonly samples: number
  /** Secrets planted, and texts searched for them. */
  readonly secrets: number
  readonly texts: number
}

const STEP = 100
const AGAIN = 1_000
const PATIENCE = 60_000
/** The longest that this process is blocked, in ms: the venue lives in it, too. */
const BLOCKED = 1_200
const MINUTE = 60_000
const MEGABYTE = 2 ** 20
/** Before that, in minutes, everything is still new. */
const WARM = 5

const block = (ms: number) => {
  const until = performance.now() + Math.min(ms, BLOCKED)
  while (performance.now() < until);
}

const written = (value: unknown): string => {
  if (value instanceof Error) return `${value.name} ${value.message} ${value.stack ?? ''} ${JSON.stringify(value)}`
  return typeof value === 'string' ? value : JSON.stringify({ value })
}

/** Several clients and their venues over real sockets, in real time unless there is another. */
export const runSockets = async (config: SocketsConfig): Promise<SocketsOutcome> => {
  const { seed, minutes, venues = soakVenues, schedulers } = config
  const scheduler = schedulers?.venue ?? asyncScheduler
  const wait = (ms: number) => firstValueFrom(timer(ms, scheduler))
  const findings: Finding[] = []
  const find = (rule: Finding['rule']) => (error: unknown) => findings.push({ rule, detail: written(error) })
  const watch = secretWatch()
  if (!findsLeaks(watch)) findings.push({ rule: 'secret', detail: 'what is leaked on purpose is not found' })
  for (const secret of Object.values(credentials)) watch.learn(secret)
  const search = (where: string, text: string) => {
    for (const secret of watch.look(text)) findings.push({ rule: 'secret', detail: `${secret} in ${where}` })
  }

  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  const onWarning = find('remains')
  const onError = find('error')
  process.on('warning', onWarning).on('unhandledRejection', onError)
  const { onUnhandledError } = rxjs
  rxjs.onUnhandledError = onError

  const begin = async (base: VenueWithBooks, number: number) => {
    const random = seeded(seed + number)
    const venue = { ...base, limits: { ...base.limits, lifetime: soakTimes.lifetime } }
    const symbols = ['BTCUSDT', 'ETHUSDT']
    const simulated = await startVenue({
      ...{ venue, seed: seed + number, symbols, pause: 100, ping: soakTimes.ping, remember: 0 },
      ...{ accounts: [credentials], scheduler },
    })
    const { controls } = simulated
    const host = hostClock(schedulers === undefined ? realTime.monotonic : () => schedulers.client.now())
    const soaked = soakedClient({
      ...{ venue, simulated, symbols, random, times: soakTimes, isUneven: true, transport: wsTransport() },
      ...{ host, file: join(folder, `${venue.name}.txt`) },
      ...(hasListenKeys(venue) && { credentials }),
      ...(schedulers && { scheduler: schedulers.client }),
    })
    const { client, rotate$, subscriptions, rejected, recorder } = soaked
    const names = [...symbols, ...streamsOf(venue, symbols)]
    const { silence: silenced } = soaked
    let stalledUntil = -Infinity
    const stall = (ms: number) => {
      stalledUntil = scheduler.now() + ms
    }
    /** A process cannot sleep by itself: it is blocked, and finds that the time of day has gone on. */
    const sleep = (ms: number) => {
      block(ms)
      host.step(ms)
    }
    const target = {
      ...{ venue, controls, symbols, random, rotate$, silenced, block, stall, span: soakTimes.span },
      ...{ sleep, stepClock: host.step, restartRecorder: recorder.restart },
    }
    const trouble = chaos(target, soaked, names)

    const said: readonly (readonly [string, Observable<unknown>])[] = [
      ['a signal', client.signal$],
      ['a status', client.status$],
      ['a message', client.message$],
      ['a parse error', client.parseError$],
    ]
    for (const [where, value$] of said) value$.subscribe((value) => search(where, written(value)))

    const steps = interval(STEP, scheduler).subscribe(() => {
      for (const key of controls.listenKeys()) watch.learn(key)
      if (scheduler.now() >= stalledUntil) controls.step()
      soaked.look()
    })
    soaked.look()
    for (const name of names) subscriptions.begin(name)
    const connection = client.connect()
    let next = Subscription.EMPTY
    const goOn = () => {
      trouble.next()
      // What was ordered has changed the books.
      soaked.look()
      next = timer(soakTimes.pause * 2 * random(), scheduler).subscribe(goOn)
    }
    goOn()

    const recover = async () => {
      next.unsubscribe()
      trouble.stop()
      let reason: string | undefined = 'not looked at'
      for (let waited = 0; reason !== undefined && waited < PATIENCE; waited += 2 * AGAIN) {
        const refused = names.filter((name) => rejected.has(name) || rejected.has(`${name.toLowerCase()}@depth@100ms`))
        for (const name of refused) subscriptions.end(name)
        await wait(AGAIN)
        for (const name of refused) subscriptions.begin(name)
        await wait(AGAIN)
        reason = notRecovered(soaked, controls, symbols)
      }
      if (reason !== undefined) findings.push({ rule: 'recovery', detail: `${venue.name}: ${reason}` })
      steps.unsubscribe()
      await wait(500)
      soaked.oracle.finish()
      connection.unsubscribe()
      await simulated.close()
      soaked.end()
      findings.push(...(await recorder.finish()))
    }
    const observed = [client.status$, client.message$, client.signal$, client.parseError$]
    return { recover, observed, trouble, counts: soaked.counts, findings: soaked.findings }
  }

  const before = vitals([])
  const running = await Promise.all(venues.map(begin))
  const observed = running.flatMap((one) => one.observed)
  const samples: (Vitals & { readonly at: number })[] = []
  const every = Math.max(500, Math.min(5_000, (minutes * MINUTE) / 40))
  for (const end = scheduler.now() + minutes * MINUTE; scheduler.now() < end;) {
    await wait(every)
    samples.push({ at: scheduler.now(), ...vitals(observed) })
  }
  await Promise.all(running.map(({ recover }) => recover()))
  await wait(100)
  const after = vitals([])
  if (after.resources > before.resources)
    findings.push({ rule: 'remains', detail: process.getActiveResourcesInfo().join(' ') })

  const trendOf = (what: keyof Vitals) => trend(samples.map((sample) => ({ at: sample.at, value: sample[what] })))
  const trends = { heap: trendOf('heap'), resources: trendOf('resources'), listeners: trendOf('listeners') }
  const amount = (minutes < WARM ? 64 : 8) * MEGABYTE
  const most = {
    heap: { part: 0.15, amount },
    resources: { part: 0.5, amount: 6 },
    listeners: { part: 0.1, amount: 6 },
  }
  for (const what of ['heap', 'resources', 'listeners'] as const)
    if (!isFlat(trends[what], most[what]))
      findings.push({ rule: 'remains', detail: `${what} went from ${trends[what].first} to ${trends[what].last}` })

  for (const file of readdirSync(folder)) search(file, readFileSync(join(folder, file), 'utf8'))
  rmSync(folder, { recursive: true })
  process.off('warning', onWarning).off('unhandledRejection', onError)
  rxjs.onUnhandledError = onUnhandledError

  const injected = new Map<string, number>()
  for (const { trouble } of running)
    for (const [name, count] of trouble.injected) injected.set(name, (injected.get(name) ?? 0) + count)
  const counts = running.map((one) => one.counts())
  const sum = (of: (one: (typeof counts)[number]) => number) => counts.reduce((total, one) => total + of(one), 0)
  return {
    ...{ trends, samples: samples.length, injected, ...watch.counts() },
    findings: [...findings, ...running.flatMap((one) => one.findings())],
    events: sum(({ events }) => events),
    books: sum(({ books }) => books),
    whole: sum(({ whole }) => whole),
    windows: sum(({ windows }) => windows),
  }
}
