import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { filter, firstValueFrom } from 'rxjs'
import { dashboard, role, server, type Part } from './processes.js'
import { decisions, symbols, type Said } from './roles.js'

/** What is done to a part, and for how long the feed stood still at the consumer, in ms. */
interface Harm {
  readonly part: string
  readonly what: 'SIGTERM' | 'SIGKILL' | 'pause'
  readonly stood: number
}

/** What became of all that the venue sent. */
export interface Outcome {
  readonly sent: number
  readonly heard: { readonly count: number; readonly lost: number; readonly doubled: number }
  readonly decided: { readonly count: number; readonly lost: number; readonly doubled: number }
  /** How many messages of trades the broker has stored. */
  readonly stored: number
  /** What its store takes, in bytes. */
  readonly bytes: number
  readonly harms: readonly Harm[]
  /** The longest silence while nothing was harmed, in ms. */
  readonly usual: number
}

export interface DeployConfig {
  /** The path of `nats-server`. */
  readonly server: string
  /** The path of the program `aster-rx`, whose dashboard is shown. Default: none is. */
  readonly program?: string
  /** So many frames the venue sends, or more until all parts were harmed. */
  readonly frames: number
  /** Frames in a second. */
  readonly rate: number
  /** For how long a part is paused, in ms. */
  readonly pause: number
  readonly told: (line: string) => void
}

/** Starts everything, harms one part after the other while the venue sends, and counts. */
export const deploy = async ({ server: path, program, frames, rate, pause, told }: DeployConfig): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'))
  const broker = server(path, join(folder, 'store'))
  await broker.start()
  const venue = role('venue', 'venue', () => ({ frames, rate }))
  const places = await venue.ready()
  const setup = () => ({ broker: broker.address(), folder, websocket: places.websocket ?? '', rest: places.rest ?? '' })
  const [a, b] = [role('connector', 'a', setup), role('connector', 'b', setup)]
  const consumer = role('consumer', 'consumer', setup)
  const [first, second] = [role('worker', 'first', setup), role('worker', 'second', setup)]
  const parts: Part[] = [venue, a, b, consumer, first, second]
  try {
    await Promise.all([a.start(), b.start()])
    await Promise.all([consumer.start(), first.start(), second.start()])
    if (program !== undefined) {
      const shown = await dashboard(program, broker.address(), symbols[0] ?? '')
      parts.push(shown)
      told(`the dashboard: ${shown.page}`)
    }

    const heard = () => {
      const said = firstValueFrom(consumer.said$.pipe(filter((one) => one._tag === 'Heard')))
      consumer.ask()
      return said
    }
    let count = 0
    venue.said$.subscribe((said) => (count = said._tag === 'Sent' ? said.count : count))
    /** Until so many more are sent. */
    const further = (more: number) => {
      const until = count + more
      return firstValueFrom(venue.said$.pipe(filter((one) => one._tag === 'Sent' && one.count >= until)))
    }
    const plan: readonly (readonly [part: Part, what: Harm['what']])[] = [
      ...([a, b, broker, first, consumer] as const).map((part) => [part, 'SIGKILL'] as const),
      ...([b, broker, second, consumer] as const).map((part) => [part, 'SIGTERM'] as const),
      ...([a, broker, first, consumer] as const).map((part) => [part, 'pause'] as const),
    ]
    venue.ask()
    await further(rate / 2)
    await heard()
    await further(rate)
    const { quiet: usual } = await heard()
    const harms: Harm[] = []
    for (const [part, what] of plan) {
      const begun = performance.now()
      if (what === 'pause') {
        part.pause()
        await setTimeout(pause)
        part.goOn()
      } else {
        await part.kill(what)
        await part.start()
      }
      const quiet = await standstill(heard, count)
      // One that begins again knows of no silence: it reads all from the first message on.
      const isAnew = part === consumer && what !== 'pause'
      const stood = isAnew ? Math.round(performance.now() - begun) : quiet
      harms.push({ part: part.name, what, stood })
      told(`${what} of ${part.name}: the feed stood still for ${stood} ms`)
      await further(rate / 2)
      await heard()
    }
    const isSent = firstValueFrom(venue.said$.pipe(filter((one) => one._tag === 'Sent' && one.isEnd)))
    venue.ask()
    await isSent
    const counted = await settled(heard, count)
    return { sent: count, heard: counted, ...(await decided(broker.address(), count)), harms, usual }
  } finally {
    await Promise.all(parts.map((part) => part.kill('SIGKILL').catch(() => undefined)))
    await broker.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

type Heard = Said & { readonly _tag: 'Heard' }

/** The longest silence until so many trades were heard. */
const standstill = async (heard: () => Promise<Heard>, count: number): Promise<number> => {
  let longest = 0
  for (let i = 0; i < MOST_LOOKS; i++) {
    const said = await heard()
    longest = Math.max(longest, said.quiet)
    if (said.count + said.lost > count) break
    await setTimeout(LOOK)
  }
  return longest
}

const MOST_LOOKS = 240
const LOOK = 250

/** Waits until all is heard, or nothing more comes. */
const settled = async (heard: () => Promise<Heard>, frames: number): Promise<Heard> => {
  let last = await heard()
  for (let i = 0; i < MOST_LOOKS && last.count + last.lost < frames; i++) {
    await setTimeout(LOOK)
    last = await heard()
  }
  const missing = frames - last.count - last.lost + last.doubled
  return { ...last, lost: last.lost + Math.max(0, missing) }
}

/** Reads all decisions: of each market those of all trades, in order. */
const decided = async (address: string, frames: number): Promise<Pick<Outcome, 'decided' | 'stored' | 'bytes'>> => {
  const connection = await connect({ servers: address })
  const manager = await jetstreamManager(connection)
  const info = async (stream: string) => (await manager.streams.info(stream)).state
  for (let i = 0; i < MOST_LOOKS && (await info(decisions.stream)).messages < frames; i++) await setTimeout(LOOK)
  const { messages } = await info(decisions.stream)
  const seen = new Map(symbols.map((symbol) => [symbol, new Set<number>()]))
  const counts = { count: 0, doubled: 0 }
  const consumer = await jetstream(connection).consumers.get(decisions.stream)
  for await (const message of messages === 0 ? [] : await consumer.consume({ max_messages: 1_000 })) {
    const ids = seen.get(message.subject.split('.')[1] ?? '')
    const id = Number(message.string())
    if (ids?.has(id) === true) counts.doubled++
    ids?.add(id)
    counts.count++
    if (message.info.pending === 0) break
  }
  const distinct = [...seen.values()].reduce((sum, ids) => sum + ids.size, 0)
  const feed = await info('md-asterFutures')
  await connection.close()
  return { decided: { ...counts, lost: frames - distinct }, stored: feed.messages, bytes: feed.bytes }
}
