import { merge, tap, type Observable } from 'rxjs'
import { streamName, topLevels, type BookState, type Client, type TopLevels } from '../../index.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { ofLevels, ofPrint } from '../eventRow.js'
import { checkPlaces, connectionNews, liveClient, runFor } from '../liveOptions.js'
import { brokerOption, liveSource, sourceOptions } from '../liveSource.js'
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
    ...sourceOptions,
    ...brokerOption,
  },
  examples: [
    'aster-rx watch asterFutures btcusdt ethusdt',
    'aster-rx watch binanceSpot btcusdt --levels 5 --for 10s',
    'aster-rx watch asterFutures btcusdt --simulated',
    'aster-rx watch asterFutures btcusdt --nats nats://127.0.0.1:4222',
    'aster-rx watch asterSpot btcusdt --endpoint ws://127.0.0.1:8080 --rest http://127.0.0.1:8080',
  ],
  run: async ({ arguments: [name = '', ...given], options }, terminal) => {
    checkPlaces(options)
    const venue = marketVenue(name)
    const symbols = new Set(given.map((symbol) => checkedSymbol(venue, symbol)))
    const source = await liveSource(venue, [...symbols], options)
    try {
      const client = liveClient(venue, source.communicator)
      const news = connectionNews(terminal)
      client.status$.subscribe(news.tell)
      client.parseError$.subscribe(tellErrors(terminal))
      const printed = [...symbols].flatMap((symbol) => [
        printTrades(client, symbol, terminal),
        printBook(client.book(symbol), symbol, options.levels, terminal),
      ])
      const isWhole = await terminal.until(merge(...printed, connected(client)).pipe(runFor(options, terminal)))
      if (isWhole) news.end()
    } finally {
      await source.close()
    }
  },
})
