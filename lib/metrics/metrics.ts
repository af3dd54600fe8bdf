import { channel } from 'node:diagnostics_channel'
import { performance } from 'node:perf_hooks'
import { take, type Observable } from 'rxjs'
import { endChannel, listenTo, type Channel } from '../client/channel.js'
import type { Client } from '../client/Client.js'
import { noCounts, type Counters } from '../client/Counters.js'
import { aClient, anObject, checked, maybe } from '../codecs/checked.js'
import type { Usage } from '../rest/createBudget.js'
import type { OrderCount } from '../rest/orders/orderCounts.js'
import type { Frame, Reply } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import { createBookHealth } from './bookHealth.js'
import { createConnectionHealth } from './connectionHealth.js'
import { createCounts } from './counts.js'
import { metricRows, type MetricName } from './metricTable.js'
import type { Labels, Sample, SeriesOf, Snapshot } from './Snapshot.js'
import { createTraffic, OTHER, type Measurement } from './traffic.js'

/** What is observed of a client. */
interface Observed extends Pick<Client<Venue>, 'venueClock' | 'watch' | 'queues' | 'counters$'> {
  readonly venue: { readonly name: string }
}

/** What is measured, and how it is labelled. Everything may be left out. */
export interface MetricsConfig {
  /** Stands at every series: tells two clients of one venue apart, `{ client: 'spare' }`. Default: none. */
  readonly labels?: Labels
  /** Whether streams and symbols are told apart. Default: false, since each is a series more. */
  readonly perStream?: boolean
  /** So many streams are told apart, each of which takes some 60 kB; those beyond are `other`. Default: 200. */
  readonly maxStreams?: number
  /** Whose budget is read: any rest of the address that the client's snapshots are asked of. Default: none is. */
  readonly rest?: { readonly usage: () => Usage }
  /** Whose results are read: what `orders` gave. Default: nobody's. */
  readonly orders?: { readonly counts: () => readonly OrderCount[] }
  /** Of so many frames one has its handling timed, chosen at random: reading a clock is what costs most. Default: 16. */
  readonly timedEvery?: number
  /** A source of chance, 0 up to but not including 1. Default: `Math.random`. */
  readonly random?: () => number
  /** What handling is timed by, in ms; it only runs on. Default: Node's `performance.now`. */
  readonly monotonic?: () => number
}

/** What a client does, as numbers. */
export interface Metrics {
  /** What is added to the venue at every series. */
  readonly labels: Labels
  /** One metric as it is now. */
  readonly read: <N extends MetricName>(name: N) => SeriesOf<N>
  /** All metrics as they are now. */
  readonly snapshot: () => Snapshot
  /** Each value of a histogram as it is measured: for bridges. Completes with `stop`, or when the client ends. */
  readonly measurement$: Observable<Measurement>
  /** Watches no more, and leaves nothing behind; what was counted can still be read. */
  readonly stop: () => void
}

/** Where what a measured client receives and sends is published, while somebody has subscribed. */
const received = channel('aster-rx:received')
const sent = channel('aster-rx:sent')

/**
 * Counts and times what a client does, from now on until `stop`, or until the client ends. It counts as no listener, and
 * holds no timer. `unknownValues` is the client's own counter, from its beginning on.
 *
 * ```ts
 * const client = createClient({ venue: asterFutures, communicator: websocketCommunicator(asterFutures) })
 * const measured = metrics(client)
 * client.connect()
 * console.log(measured.snapshot().frames)   // [{ labels: { venue: 'asterFutures', kind: 'trade' }, value: 120 }, …]
 * ```
 *
 * @throws TypeError for a label whose name no export could write.
 */
export const metrics = checked(
  'metrics',
  [aClient, maybe(anObject('a config'))],
  (client: Observed, config: MetricsConfig = {}): Metrics => {
    const { perStream = false, maxStreams = 200, timedEvery = 16, random = Math.random, rest, orders } = config
    const { monotonic = () => performance.now() } = config
    if (!(timedEvery >= 1)) throw new TypeError(`metrics: expected \`timedEvery\` of at least 1, came ${timedEvery}`)
    const { venue, venueClock } = client
    const common = { ...checkedLabels(config.labels ?? {}), venue: venue.name }
    const measurements: Channel = { listeners: [], end: undefined }
    const sampling = { timedEvery, random, monotonic }
    const traffic = createTraffic({ common, perStream, maxStreams, venueClock, ...sampling, measurements })
    const connections = createConnectionHealth(common, perStream)
    const books = createBookHealth(common, perStream)
    const errors = createCounts(common)
    const messages = createCounts(common)

    const begun = (signal: Frame | Reply) => {
      if (received.hasSubscribers) {
        const { text, receivedAt, source } = signal
        received.publish({ venue: venue.name, source: source?.id, text, receivedAt })
      }
      traffic.begun()
    }
    const stop = () => {
      watching.unsubscribe()
      endChannel(measurements, (listener) => listener.complete())
    }
    const watching = client.watch({
      begun,
      handled: traffic.handled,
      delivered: (kind, stream, event, receivedAt) => {
        traffic.delivered(kind, stream, event, receivedAt)
        connections.brought(stream)
      },
      failed: (error) => errors.add({ error: error._tag, kind: error._tag === 'InvalidEvent' ? error.kind : OTHER }),
      repeated: traffic.repeated,
      told: connections.told,
      sent: ({ type, text, sentAt, source }) => {
        messages.add({ type })
        if (sent.hasSubscribers) sent.publish({ venue: venue.name, source: source.id, type, text, sentAt })
      },
      bookChanged: books.changed,
      ended: stop,
    })

    const value = (read: () => number | undefined) => (): readonly Sample[] => {
      const now = read()
      return now === undefined ? [] : [{ labels: common, value: now }]
    }
    const readers: { readonly [N in MetricName]: () => SeriesOf<N> } = {
      ...traffic.read,
      ...connections.read,
      ...books.read,
      parseErrors: errors.read,
      sent: messages.read,
      waitingEvents: value(() => client.queues().events),
      unaskedStreams: value(() => client.queues().streams),
      brokerBehind: value(() => client.queues().messages),
      unknownValues: value(() => countersOf(client).unknownValues),
      clockOffset: value(() => inSeconds(venueClock.offset())),
      restWeightUsed: value(() => rest?.usage().used),
      restWeightLimit: value(() => rest?.usage().limit),
      restWaiting: value(() => rest?.usage().waiting),
      orderResults: () =>
        (orders?.counts() ?? []).map(({ call, result, count }) => ({
          labels: { ...common, call, result },
          value: count,
        })),
    }
    return {
      labels: common,
      read: (name) => readers[name](),
      // Every row has its reader.
      snapshot: () => Object.fromEntries(metricRows.map(([name]) => [name, readers[name]()])) as unknown as Snapshot,
      measurement$: listenTo(measurements) as Observable<Measurement>,
      stop,
    }
  },
)

/** @throws TypeError for a name that Prometheus does not take, or that is a label of the table already. */
const checkedLabels = (labels: Labels): Labels => {
  const taken = new Set<string>(['venue', 'le', 'quantile', ...metricRows.flatMap(([, row]) => row.labels)])
  for (const name of Object.keys(labels))
    if (!/^(?!__)[a-zA-Z_]\w*$/.test(name) || taken.has(name))
      throw new TypeError(`metrics: expected a label of letters, digits and _ that is not taken, came ${name}`)
  return labels
}

/** The client tells its counters at once. */
const countersOf = ({ counters$ }: Pick<Observed, 'counters$'>): Counters => {
  let counters = noCounts
  counters$.pipe(take(1)).subscribe({ next: (now) => (counters = now), error: () => undefined })
  return counters
}

const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1_000)
