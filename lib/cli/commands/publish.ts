import { AsyncSubject, ignoreElements, lastValueFrom, merge, Observable, race, Subject, tap } from 'rxjs'
import type { Signal } from '../../index.js'
import { aBroker, connectBroker, type Broker } from '../broker.js'
import type { OptionTable, ValuesOf } from '../Command.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { checkPlaces, connectionNews, runFor } from '../liveOptions.js'
import { liveSource, sourceOptions, type LiveSource } from '../liveSource.js'
import { clockText } from '../progressText.js'
import { plural } from '../served.js'
import { tellErrors } from '../tellErrors.js'
import type { Terminal } from '../Terminal.js'
import { aCount, aDuration, aSize, aText } from '../ValueType.js'
import { marketVenue, type MarketVenue } from '../venues.js'
import { heldBooks, streamArguments, streamsClient, symbolsOf } from '../wantedStreams.js'

/** What is not stored so long after the end, in ms, is given up. */
const PATIENCE = 10_000
const unstored = ({ scheduler }: Terminal): Observable<never> =>
  new Observable((subscriber) => {
    const reason = `the broker has not stored what came last within ${PATIENCE / 1_000} s`
    return scheduler.schedule(() => subscriber.error(new Error(reason)), PATIENCE)
  })

const LOCAL = 'nats://127.0.0.1:4222'

const publishOptions = {
  nats: { type: aBroker, default: LOCAL, says: 'The server of NATS.' },
  connector: { type: aText('NAME'), default: 'connector', says: 'How this one is called, where there are several.' },
  'max-age': { type: aDuration(), without: 'a day', says: 'For how long messages are kept.' },
  'max-bytes': { type: aSize, without: '10G', says: 'How many bytes are kept; the oldest go first.' },
  replicas: { type: aCount(1, 5), default: '1', says: 'On how many servers of a cluster each message is kept.' },
  ...sourceOptions,
} as const satisfies OptionTable

/** Publishes until it is ended, and then until everything is stored. */
const send = async (
  venue: MarketVenue,
  streams: readonly string[],
  { communicator }: LiveSource,
  { connection, publishSignals }: Broker,
  options: ValuesOf<typeof publishOptions>,
  terminal: Terminal,
): Promise<void> => {
  const { nats, connector, replicas, 'max-age': maxAge, 'max-bytes': maxBytes } = options
  const { scheduler } = terminal
  const client = streamsClient(venue, streams, communicator)
  const news = connectionNews(terminal)
  client.status$.subscribe(news.tell)
  client.parseError$.subscribe(tellErrors(terminal))
  const start = scheduler.now()
  const elapsed = () => scheduler.now() - start
  const stream = {
    replicas,
    ...(maxAge !== undefined && { maxAge }),
    ...(maxBytes !== undefined && { maxBytes }),
  }
  const stored$ = new AsyncSubject<unknown>()
  let frames = 0
  const published$ = new Subject<Signal>()
  published$
    .pipe(
      tap(({ _tag }) => (frames += _tag === 'Frame' ? 1 : 0)),
      publishSignals(connection, { venue, connector, books: client.heldBooks, stream }),
      ignoreElements(),
    )
    .subscribe(stored$)
  const publishing = client.signal$.subscribe(published$)
  const stop = terminal.progress(() => `${clockText(elapsed())}  ${plural(frames, 'frame')} to ${nats}`)
  const isWhole = await terminal.until(
    merge(stored$, heldBooks(client, venue, streams), connected(client)).pipe(runFor(options, terminal)),
  )
  publishing.unsubscribe()
  published$.complete()
  await lastValueFrom(race(stored$, unstored(terminal)), { defaultValue: undefined })
  stop()
  if (isWhole) news.end()
  const seconds = elapsed() / 1_000
  terminal.data({ nats, frames, seconds }, () => `${plural(frames, 'frame')} in ${seconds.toFixed(1)} s to ${nats}`)
}

/** Publishes streams. */
export const publish = defineCommand({
  name: 'publish',
  says: 'Publishes streams to NATS JetStream, where watch, record, serve and dashboard read them with --nats.',
  details: [
    'The stream of the broker is created, or checked; what it keeps is said by --max-age, --max-bytes and --replicas, and is never changed. Order books of the depth streams are published, too, so that who reads them asks the venue for nothing.',
    'Two that publish the same streams, each with another --connector, make one feed: what both bring is kept once. Ctrl-C ends it in order, once everything is stored.',
  ],
  arguments: streamArguments,
  options: publishOptions,
  examples: [
    'aster-rx publish asterFutures btcusdt@trade btcusdt@depth@100ms --nats nats://127.0.0.1:4222',
    'aster-rx publish binanceSpot btcusdt@trade --connector b --max-age 7d',
    'aster-rx publish asterFutures btcusdt@depth@100ms --simulated --for 10s',
  ],
  run: async ({ arguments: [name = '', ...streams], options }, terminal) => {
    checkPlaces(options)
    const venue = marketVenue(name)
    // The broker is where it goes.
    const source = await liveSource(venue, symbolsOf(venue, streams), { ...options, nats: undefined })
    try {
      const broker = await connectBroker(options.nats)
      try {
        await send(venue, streams, source, broker, options, terminal)
      } finally {
        await broker.close()
      }
    } finally {
      await source.close()
    }
  },
})
