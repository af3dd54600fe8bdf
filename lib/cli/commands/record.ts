import { catchError, EMPTY, merge, tap } from 'rxjs'
import { record as recordSignals, type RecordConfig } from '../../index.js'
import type { OptionTable, ValuesOf } from '../Command.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { checkPlaces, connectionNews, runFor } from '../liveOptions.js'
import { brokerOption, liveSource, sourceOptions, type LiveSource } from '../liveSource.js'
import { inOptions, outputConfig, outputOptions } from '../outputOptions.js'
import { clockText } from '../progressText.js'
import { plural } from '../served.js'
import { tellErrors } from '../tellErrors.js'
import type { Terminal } from '../Terminal.js'
import { aDuration, aPath, oneOf } from '../ValueType.js'
import { marketVenue, type MarketVenue } from '../venues.js'
import { heldBooks, streamArguments, streamsClient, symbolsOf } from '../wantedStreams.js'

/** What the command takes. */
const recordOptions = {
  file: { type: aPath('PATTERN'), without: 'VENUE.txt.gz', says: 'Where to.' },
  ...outputOptions,
  'with-books': {
    says: 'Keeps the order books of the depth streams, so that each file begins with them and can be replayed alone.',
  },
  flush: { type: aDuration(), default: '1s', says: 'How long an event may wait before it is written.' },
  fsync: {
    type: oneOf('WHEN', ['flush', 'close', 'never'] as const),
    default: 'close',
    says: 'When the disk must have what was written.',
  },
  ...sourceOptions,
  ...brokerOption,
} as const satisfies OptionTable

/** Records until it is ended, and says how much came. @throws UsageError for a stream that the venue does not have. */
const write = async (
  venue: MarketVenue,
  streams: readonly string[],
  { communicator }: LiveSource,
  options: ValuesOf<typeof recordOptions>,
  terminal: Terminal,
): Promise<void> => {
  const { every, bytes, flush, fsync, file: pattern = `${venue.name}.txt.gz` } = options
  const client = streamsClient(venue, streams, communicator)
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
  arguments: streamArguments,
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
    const source = await liveSource(venue, symbolsOf(venue, streams), options)
    try {
      await write(venue, streams, source, options, terminal)
    } finally {
      await source.close()
    }
  },
})
