import type { Communicator } from '../../communicators/Communicator.js'
import type { ReplayConfig } from '../../communicators/replay/ReplayConfig.js'
import type { Signal } from '../../Signal.js'
import { queueFills } from '../fills/fillModels.js'
import { seeded } from '../market/seeded.js'
import { recordedFeed, type RecordedFeed } from '../recorded/recordedFeed.js'
import { recordedMarkets } from '../recorded/recordedMarkets.js'
import { recordedScale, type Steps } from '../recorded/recordedScale.js'
import { serverBehaviourOf } from '../venues/serverBehaviourOf.js'
import { apiPath, endpointPath } from './connections.js'
import { memoryHost } from './memoryHost.js'
import type { RecordingConfig, Simulation, SimulationConfig } from './Simulation.js'
import { venueServer } from './venueServer.js'
import { virtualTime, type Arrivals, type VirtualTime } from './virtualTime.js'

/** In ms. */
const USUAL_LATENCY = 1
/** What was said last arrives within so many ms. */
const AFTER = 1_000
/** When time begins where nothing was recorded. */
const USUAL_START = 1_700_000_000_000

const usual: Steps = { tick: '0.10', lot: '0.001' }

/** Losses on broken connections draw from a source of chance that is not the market's. */
const LOSSES = 0x6c6f7373

/** Opens recordings that play together: a communicator for each. */
export type Open = (all: readonly (RecordingConfig & Pick<ReplayConfig, 'onRead'>)[]) => readonly Communicator[]

/** A recording as one of those that play together. */
interface OpenRecording {
  readonly recording: RecordingConfig
  readonly communicator: Communicator | undefined
  readonly leave: () => void
}

/** The markets of a recording, with orders of accounts in them. */
const recordedVenue = (
  { venue, like, symbols }: SimulationConfig,
  { recording: { markets, fills = queueFills }, communicator }: OpenRecording,
  { scheduler }: VirtualTime,
) => {
  const named = (symbols ?? serverBehaviourOf(venue, like).symbols).map((symbol) => [symbol, usual] as const)
  const steps = markets === undefined ? named : Object.entries(markets)
  const scales = new Map(steps.map(([symbol, steps]) => [symbol.toUpperCase(), recordedScale(steps)]))
  const skipped = communicator?.skipped
  return { scales, ...recordedMarkets({ venue, scales, fills, scheduler, ...(skipped && { skipped }) }) }
}

/** A venue on this time, and what a signal of its recording does. */
const createSimulation = (
  config: SimulationConfig,
  time: VirtualTime,
  open: OpenRecording | undefined,
  finish: Simulation['finish'],
): Simulation & { readonly play: (signal: Signal) => void } => {
  const { venue, seed = 1, latency = USUAL_LATENCY } = config
  const recorded = open && recordedVenue(config, open, time)
  const server = venueServer(config, time.scheduler, recorded)
  const ofRecording = () => USUAL_LATENCY + (recorded?.lateness() ?? 0)
  const host = memoryHost(server, {
    time,
    latency: latency === 'recorded' ? ofRecording : typeof latency === 'number' ? () => latency : latency,
    random: seeded(seed ^ LOSSES),
  })
  const { controls, play } = server
  const api = apiPath(venue)
  return {
    play,
    addresses: {
      websocket: `ws://memory${endpointPath(venue)}`,
      rest: 'http://memory',
      ...(api !== undefined && { websocketApi: `ws://memory${api}` }),
    },
    controls,
    transport: host.transport,
    fetch: host.fetch,
    scheduler: time.clientScheduler,
    pass: time.pass,
    finish,
    unsynced: () => recorded?.unsynced() ?? [],
    block: time.block,
    openSockets: host.openSockets,
    due: time.due,
    close: () => {
      open?.leave()
      recorded?.stop()
      server.stop()
      controls.disconnect(1006)
      host.close()
      server.closeLog()
      return Promise.resolve()
    },
  }
}

const arrivalsOf = (feed: RecordedFeed, play: (place: number, signal: Signal) => void): Arrivals => ({
  ready: feed.ready,
  due: () => feed.next()?.[1].receivedAt,
  arrive: () => {
    const next = feed.next()
    feed.take()
    if (next !== undefined) play(...next)
  },
})

/**
 * Venues in memory on one virtual time, in the order of their configs; the recordings among them play together.
 *
 * @throws TypeError where a recording cannot be meant, or a venue cannot be simulated.
 */
export const createSimulations = (
  who: string,
  configs: readonly [SimulationConfig, ...SimulationConfig[]],
  start: number | undefined,
  open: Open,
): readonly [Simulation, ...Simulation[]] => {
  if (configs.some(({ recording, replay }) => recording !== undefined && replay !== undefined))
    throw new TypeError(`${who}: expected a recording or a replay, came both`)
  const recordings = configs.flatMap(({ recording }) => recording ?? [])
  const feed =
    recordings.length === 0
      ? undefined
      : recordedFeed((onRead) => open(recordings.map((recording) => ({ ...recording, onRead }))))
  const playing: ((signal: Signal) => void)[] = []
  const time = virtualTime(
    start ?? (feed === undefined ? USUAL_START : undefined),
    feed && arrivalsOf(feed, (place, signal) => playing[place]?.(signal)),
  )
  const finish = async () => {
    await time.finish()
    if (feed !== undefined) await time.pass(AFTER)
  }
  const one = (config: SimulationConfig): Simulation => {
    const { recording } = config
    if (recording === undefined || feed === undefined) return createSimulation(config, time, undefined, finish)
    const place = playing.length
    const of = { recording, communicator: feed.communicators[place], leave: () => feed.leave(place) }
    const { play, ...simulation } = createSimulation(config, time, of, finish)
    playing.push(play)
    return simulation
  }
  const [first, ...others] = configs
  return [one(first), ...others.map(one)]
}
