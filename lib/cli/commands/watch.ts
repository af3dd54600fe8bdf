import { merge, tap, type Observable } from 'rxjs'
import { startVenue } from '../../simulation/index.js'
import { streamName, topLevels, type BookState, type Client, type TopLevels } from '../../index.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { ofLevels, ofPrint } from '../eventRow.js'
import { checkPlaces, liveClient, liveOptions, runFor, tellStatus } from '../liveOptions.js'
import type { Row } from '../Row.js'
import { tellErrors } from '../tellErrors.js'
import type { Terminal } from '../Terminal.js'
import { UsageError } from '../UsageError.js'
import { aCount } from '../ValueType.js'
import { marketNames, marketVenue, type MarketVenue } from '../venues.js'

const levelLines = ({ bids, asks }: TopLevels): readonly string[] =>
  Array.from({ length: Math.max(1, bids.length, asks.length) }, (_, i) =>
    ofLevels([bids[i]?.price, bids[i]?.quantity], [asks[i]?.price, asks[i]?.quantity]),
  )

/** The symbol as payloads have it. @throws UsageError for what is none. */
const checkedSymbol = (venue: MarketVenue, symbol: string): string => {
  try {
    return streamName<MarketVenue, 'trade'>(venue, 'trade', { symbol }).replace('@trade', '').toUpperCase()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Why a book cannot be read, in words. */
const reasonOf = (state: BookState): string => {
  if (state._tag === 'Synced') return ''
  if (state._tag === 'Stale') return `nothing came for ${(state.quiet / 1_000).toFixed(1)} s`
  const error = state.error instanceof Error ? `: ${state.error.message}` : ''
  return `${state.reason}${error}`
}

/** Prints the best levels of a book whenever one of them changes, and whenever it cannot be read any more. */
const printBook = (book$: Observable<BookState>, symbol: string, levels: number, terminal: Terminal) => {
  let last: BookState | undefined
  const print = (top: TopLevels | undefined) => {
    const at = terminal.scheduler.now()
    const about = { at, symbol, what: 'book' }
    const value = { kind: 'book', symbol, receivedAt: at }
    if (top === undefined) {
      const reason = last === undefined ? '' : reasonOf(last)
      const row = (): Row => ({ ...about, text: `not synced: ${reason}`, tone: 'warning' })
      return terminal.data({ ...value, isSynced: false, reason }, row)
    }
    terminal.data({ ...value, isSynced: true, ...top }, () => {
      const [text = '', ...more] = levelLines(top)
      return { ...about, text, more }
    })
  }
  return book$.pipe(
    tap((state) => (last = state)),
    topLevels(levels),
    tap(print),
  )
}

const printTrades = (client: Client<MarketVenue>, symbol: string, terminal: Terminal) =>
  client.stream('trade', { symbol }).pipe(
    tap((trade) => {
      const at = terminal.scheduler.now()
      terminal.data({ kind: 'trade', symbol, receivedAt: at, event: trade }, () => ({
        ...{ at, symbol, what: 'trade' },
        ...ofPrint(trade),
      }))
    }),
  )

/** A venue of one's own, with these symbols. @throws UsageError where another address was given, too. */
const simulatedVenue = async (
  venue: MarketVenue,
  symbols: ReadonlySet<string>,
  { endpoint, rest }: { readonly endpoint: string | undefined; readonly rest: string | undefined },
) => {
  if (endpoint !== undefined || rest !== undefined)
    throw new UsageError('--simulated: expected no --endpoint and no --rest, as it has addresses of its own')
  const { addresses, controls, close } = await startVenue({ venue, symbols: [...symbols] })
  controls.run()
  return { places: { endpoint: addresses.websocket, rest: addresses.rest }, close }
}

/** Follows markets. */
export const watch = defineCommand({
  name: 'watch',
  says: 'Follows markets live: their trades, and the best bids and asks of their order books.',
  details: [
    'A book is printed whenever one of its best levels changes; while it cannot be read a line says so, and why. Each side is the price, ×, and the quantity; the bid comes first.',
  ],
  arguments: [
    { name: 'VENUE', says: `One of ${marketNames.join(', ')}.`, choices: marketNames },
    { name: 'SYMBOL', says: 'A market, as btcusdt.', isMany: true },
  ],
  options: {
    levels: { type: aCount(1, 1_000), default: '1', says: 'How many levels of each side.' },
    simulated: { says: 'Follows a simulated venue, which runs as long as this does, and not the real one.' },
    ...liveOptions,
  },
  examples: [
    'aster-rx watch asterFutures btcusdt ethusdt',
    'aster-rx watch binanceSpot btcusdt --levels 5 --for 10s',
    'aster-rx watch asterFutures btcusdt --simulated',
    'aster-rx watch asterSpot btcusdt --endpoint ws://127.0.0.1:8080 --rest http://127.0.0.1:8080',
  ],
  run: async ({ arguments: [name = '', ...given], options }, terminal) => {
    checkPlaces(options)
    const venue = marketVenue(name)
    const symbols = new Set(given.map((symbol) => checkedSymbol(venue, symbol)))
    const simulated = options.simulated ? await simulatedVenue(venue, symbols, options) : undefined
    try {
      const client = liveClient(venue, { ...options, ...simulated?.places })
      client.status$.subscribe(tellStatus(terminal))
      client.parseError$.subscribe(tellErrors(terminal))
      const printed = [...symbols].flatMap((symbol) => [
        printTrades(client, symbol, terminal),
        printBook(client.book(symbol), symbol, options.levels, terminal),
      ])
      await terminal.until(merge(...printed, connected(client)).pipe(runFor(options, terminal)))
    } finally {
      await simulated?.close()
    }
  },
})
