import { NEVER, type Observable } from 'rxjs'
import { streamName } from '../index.js'
import { startVenue } from '../simulation/index.js'
import type { ValuesOf } from './Command.js'
import type { Setup } from './dashboard/Setup.js'
import { liveOptions } from './liveOptions.js'
import { brokerOption } from './liveSource.js'
import { recordedStreams } from './recordedStreams.js'
import { recordingConfig, recordingOptions } from './recordingOptions.js'
import { givenOf, servedBy, serveOptions } from './served.js'
import { startServed } from './startServed.js'
import type { Terminal } from './Terminal.js'
import { UsageError } from './UsageError.js'
import { aCount, aText } from './ValueType.js'
import { venueControls } from './venueControls.js'
import { marketNames, marketVenue, type MarketVenue, usualSymbol } from './venues.js'

/** What the command takes. */
export const dashboardOptions = {
  symbols: {
    type: aText('SYMBOL'),
    isList: true,
    without: 'those of the recording, or btcusdt',
    says: 'The markets that are shown.',
  },
  simulated: { says: 'Shows a simulated venue, which runs as long as this does, and not the real one.' },
  seed: { type: aCount(0), without: '1', says: 'What makes one simulated market another.' },
  pause: {
    type: aCount(1),
    without: '25',
    says: 'The ms between two actions on a simulated market, on average: less is busier.',
  },
  speed: { ...serveOptions.speed, says: 'How fast a recording is: recorded is as it was, 10 ten times as fast.' },
  host: { ...serveOptions.host, says: 'The address of this machine that the page is served at; 0.0.0.0 is every one.' },
  port: { ...serveOptions.port, says: 'The port of the page.' },
  ...recordingOptions,
  ...liveOptions,
  ...brokerOption,
} as const

type DashboardOptions = ValuesOf<typeof dashboardOptions>

/** What a page shows, and the server that it comes from. */
export interface DashboardSource {
  readonly setup: Setup
  /** The REST address of that server. */
  readonly target: string
  readonly controls: ReadonlyMap<string, () => void>
  /** What happens there, for as long as somebody listens. */
  readonly event$: Observable<unknown>
  readonly close: () => Promise<void>
}

/** So many markets are shown unless they are named. */
const MOST = 6

/** Upper case. @throws UsageError for what is no market of the venue. */
const checkedSymbols = (venue: MarketVenue, symbols: readonly string[]): readonly string[] => {
  for (const symbol of symbols)
    try {
      streamName<MarketVenue, 'trade'>(venue, 'trade', { symbol })
    } catch (error) {
      throw new UsageError(`--symbols: ${error instanceof Error ? error.message : String(error)}`)
    }
  return [...new Set(symbols.map((symbol) => symbol.toUpperCase()))]
}

/** @throws UsageError where none is named, and the venue has no usual one. */
const liveSymbols = (venue: MarketVenue, { symbols }: DashboardOptions): readonly string[] => {
  if (symbols.length > 0) return checkedSymbols(venue, symbols)
  const usual = usualSymbol(venue)
  if (usual === undefined) throw new UsageError(`--symbols: expected a market of ${venue.name}, came none`)
  return [usual]
}

const pathOf = (websocket: string) => new URL(websocket).pathname.replace(/\/$/, '')

const simulatedSource = async (given: readonly string[], options: DashboardOptions): Promise<DashboardSource> => {
  const [wrong] = givenOf(options, [...Object.keys(recordingOptions), 'speed', 'endpoint', 'rest', 'nats'])
  if (wrong !== undefined) throw new UsageError(`--${wrong}: expected a recording, or a venue that is live, beside it`)
  const [name = '', another] = given
  if (another !== undefined || !marketNames.includes(name))
    throw new UsageError(`--simulated: expected one of ${marketNames.join(', ')}, came ${given.join(' ')}`)
  const venue = marketVenue(name)
  const symbols = liveSymbols(venue, options)
  const { seed, pause } = options
  const { addresses, controls, close } = await startVenue({
    ...{ venue, symbols },
    ...(seed !== undefined && { seed }),
    ...(pause !== undefined && { pause }),
  })
  controls.run()
  const hasAccount = Object.values(venue.rest.versions).some(({ listenKey }) => listenKey?.authentication === 'apiKey')
  const { offered, acts } = venueControls(controls, hasAccount)
  return {
    setup: {
      ...{ venue: name, symbols, source: 'simulated', path: pathOf(addresses.websocket) },
      ...{ trades: 'trade', hasAccount, controls: offered },
    },
    ...{ target: addresses.rest, controls: acts, event$: NEVER, close },
  }
}

const relayedSource = async (
  given: readonly string[],
  options: DashboardOptions,
  terminal: Terminal,
): Promise<DashboardSource> => {
  const [wrong] = givenOf(options, ['seed', 'pause'])
  if (wrong !== undefined) throw new UsageError(`--${wrong}: expected --simulated beside it`)
  const served = await servedBy(given, { ...options, clients: 1, settle: undefined, once: false }, terminal)
  const { name } = served.venue
  if (!marketNames.includes(name)) throw new UsageError(`expected one of ${marketNames.join(', ')}, came ${name}`)
  const venue = marketVenue(name)
  const { isLive } = served
  const recorded = isLive ? undefined : await recordedStreams(venue, recordingConfig(given, options))
  const found = options.symbols.length > 0 ? undefined : recorded?.symbols.slice(0, MOST)
  if (found?.length === 0)
    throw new UsageError('--symbols: expected the markets of the recording, whose beginning names none')
  const symbols = found ?? liveSymbols(venue, options)
  const { addresses, event$, close } = await startServed(served, {}, terminal)
  return {
    setup: {
      ...{ venue: name, symbols, source: isLive ? 'live' : 'recorded', path: pathOf(addresses.websocket) },
      ...{ trades: recorded?.trades ?? 'trade', hasAccount: false, controls: [] },
      ...(recorded?.bookStream !== undefined && { bookStream: recorded.bookStream }),
    },
    ...{ target: addresses.rest, controls: new Map(), event$, close: () => close() },
  }
}

/** What the arguments name: recordings, a live venue, or a simulated one. @throws UsageError for what cannot be meant. */
export const dashboardSource = (
  given: readonly string[],
  options: DashboardOptions,
  terminal: Terminal,
): Promise<DashboardSource> =>
  options.simulated ? simulatedSource(given, options) : relayedSource(given, options, terminal)
