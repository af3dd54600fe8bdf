import { catchError, EMPTY, ignoreElements, merge, tap, type Observable } from 'rxjs'
import { isStreamName, record as recordSignals, type Client, type RecordConfig } from '../../index.js'
import type { OptionTable, ValuesOf } from '../Command.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { checkPlaces, connectionNews, liveClient, liveOptions, runFor } from '../liveOptions.js'
import { inOptions, outputConfig, outputOptions } from '../outputOptions.js'
import { clockText } from '../progressText.js'
import { plural } from '../served.js'
import { simulatedOption, simulatedVenue } from '../simulatedVenue.js'
import { tellErrors } from '../tellErrors.js'
import type { Terminal } from '../Terminal.js'
import { aDuration, aPath, oneOf } from '../ValueType.js'
import { marketNames, marketVenue, type MarketVenue } from '../venues.js'

/** Keeps the books of those symbols whose depth streams are recorded, so that each part begins with them. */
const heldBooks = (client: Client<MarketVenue>, venue: MarketVenue, streams: readonly string[]): Observable<never> => {
  const end = venue.bookStream.replace('<symbol>', '')
  const symbols = streams.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length))
  return symbols.length === 0 ? EMPTY : merge(...symbols.map((symbol) => client.book(symbol))).pipe(ignoreElements())
}

/** What the command takes. */
const recordOptions = {
  file: { type: aPath('PATTERN'), without: 'VENUE.txt.gz', says: 'Where to.' },
  ...outputOptions,
  simulated: simulatedOption,
  'with-books': {
    says: 'Keeps the order books of the depth streams, so that each file begins with them and can be replayed alone.',
  },
  flush: { type: aDuration(), default: '1s', says: 'How long an event may wait before it is written.' },
  fsync: {
    type: oneOf('WHEN', ['flush', 'close', 'never'] as const),
    default: 'close',
    says: 'When the disk must have what was written.',
  },
  ...liveOptions,
} as const satisfies OptionTable

/** The markets that streams are of, upper case. */
const symbolsOf = (streams: readonly string[]): readonly string[] => [
  ...new Set(streams.flatMap((name) => (name.startsWith('!') ? [] : [name.replace(/@.*/, '').toUpperCase()]))),
]

/** Records until it is ended, and says how much came. @throws UsageError for a stream that the venue does not have. */
const write = async (
  venue: MarketVenue,
  given: readonly string[],
  options: ValuesOf<typeof recordOptions>,
  terminal: Terminal,
): Promise<void> => {
  const { every, bytes, flush, fsync, file: pattern = `${venue.name}.txt.gz` } = options
  const streams = given.filter((stream) => isStreamName(venue, stream))
  // Says which of the given names is none, and what may have been meant.
  const client = liveClient<MarketVenue>(venue, options, {
    streams: streams.length < given.length ? (given as typeof streams) : streams,
  })
  const config: RecordConfig = {
    ...outputConfig(pattern, options),
    ...{ flush, fsync },
    ...(options['with-books'] && { books: client.heldBooks }),
  }
  const news = connectionNews(terminal)
  client.status$.subscribe(news.tell)
  client.parseError$.subscribe(tellErrors(terminal))
  const start = terminal.scheduler.now()
  const elapsed = () => terminal.scheduler.now() - start
  let frames = 0
  const recorded$ = client.signal$.pipe(
    tap(({ _tag }) => (frames += _tag === 'Frame' ? 1 : 0)),
    recordSignals(config),
  )
  const books$ = options['with-books'] ? heldBooks(client, venue, streams) : EMPTY
  const stop = terminal.progress(() => `${clockText(elapsed())}  ${plural(frames, 'frame')} to ${pattern}`)
  const isWhole = await terminal.until(
    merge(recorded$, books$, connected(client)).pipe(runFor(options, terminal), catchError(inOptions)),
  )
  stop()
  if (isWhole) news.end()
  const seconds = elapsed() / 1_000
  const where = every === undefined && bytes === undefined ? pattern : `parts of ${pattern}`
  const value = { file: pattern, frames, seconds }
  terminal.data(value, () => `${plural(frames, 'frame')} in ${seconds.toFixed(1)} s to ${where}`)
}

/** Records streams. */
export const record = defineCommand({
  name: 'record',
  says: 'Records streams to a file, or to files that follow each other, which replay reads.',
  details: [
    'Connections that are lost come back, and that is in the recording too. Ctrl-C ends a recording in order: its last file is written and closed.',
    'A name may hold {period} and {index}, where --every and --bytes put the beginning of the span and the number of the file; without them these come before its extension. Folders are made.',
  ],
  arguments: [
    { name: 'VENUE', says: `One of ${marketNames.join(', ')}.`, choices: marketNames },
    { name: 'STREAM', says: 'A stream, as btcusdt@trade or btcusdt@depth@100ms.', isMany: true },
  ],
  options: recordOptions,
  examples: [
    'aster-rx record asterFutures btcusdt@trade btcusdt@depth@100ms --with-books',
    'aster-rx record binanceSpot btcusdt@trade --file data/{period}.txt.gz --every day',
    'aster-rx record asterSpot ethusdt@aggTrade --file eth.txt --bytes 100M --for 8h',
    'aster-rx record asterFutures btcusdt@trade --simulated --for 10s',
  ],
  run: async ({ arguments: [name = '', ...streams], options }, terminal) => {
    if (options['with-books']) checkPlaces(options)
    const venue = marketVenue(name)
    // What is no stream is told before anything runs.
    const isMeant = streams.every((stream) => isStreamName(venue, stream))
    const simulated =
      options.simulated && isMeant ? await simulatedVenue(venue, symbolsOf(streams), options) : undefined
    try {
      await write(venue, streams, { ...options, ...simulated?.places }, terminal)
    } finally {
      await simulated?.close()
    }
  },
})
