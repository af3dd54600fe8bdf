import { asterFutures, binanceSpot } from 'aster-rx'
import { market } from '../lib/simulation/market/market.js'
import type { Scale } from '../lib/simulation/market/Scale.js'
import { codecOf } from '../lib/venues/codecOf.js'

/** How venues write the same market. */
interface Style {
  readonly venue: typeof asterFutures | typeof binanceSpot
  readonly scale: Scale
  /** What stands behind the symbol in each event. */
  readonly beside: readonly (readonly [key: string, value: string])[]
  /** Each update begins with the id after that of the last one. */
  readonly isContiguous: boolean
}

const styles = {
  /** Eight decimals. */
  spot: {
    venue: binanceSpot,
    scale: {
      price: (ticks) => (ticks / 10).toFixed(8),
      quantity: (lots) => (lots / 1_000).toFixed(8),
      amount: (tickLots) => (tickLots / 10_000).toFixed(8),
    },
    beside: [],
    isContiguous: true,
  },
  'USD-M': {
    venue: asterFutures,
    scale: {
      price: (ticks) => (ticks / 10).toFixed(2),
      quantity: (lots) => (lots / 1_000).toFixed(3),
      amount: (tickLots) => (tickLots / 10_000).toFixed(4),
    },
    beside: [],
    isContiguous: false,
  },
  /** Quantities in whole contracts, and the pair beside the symbol. */
  'COIN-M': {
    venue: asterFutures,
    scale: { price: (ticks) => (ticks / 10).toFixed(1), quantity: String, amount: String },
    beside: [['ps', 'BTCUSD']],
    isContiguous: false,
  },
} satisfies Readonly<Record<string, Style>>

const kinds = ['trade', 'aggTrade', 'depth', 'bookTicker'] as const

const isRecorded = (kind: string): kind is (typeof kinds)[number] => kinds.some((one) => one === kind)

/** The depth update after which the recording holds a snapshot. */
const SNAPSHOT_AFTER = 3

/** So long a market, in ms of its time, with an action in so many ms on average. */
const DURATION = 240_000
const PAUSE = 8

/** The texts of a synthetic market of BTCUSDT, as a venue writes them; its depth snapshot stands among them. */
export const generated = (name: keyof typeof styles): readonly string[] => {
  const { venue, scale, beside, isContiguous }: Style = styles[name]
  const events = market({ seed: 20_240_808, start: 1_723_161_255_000, duration: DURATION, pause: PAUSE, scale })
  const texts: string[] = []
  let updates = 0
  let lastId: number | undefined
  for (const { kind, stream, event } of events) {
    if (!isRecorded(kind)) continue
    const isDepth = kind === 'depth'
    const given = isDepth && isContiguous && lastId !== undefined ? { ...event, firstUpdateId: lastId + 1 } : event
    if (isDepth) lastId = event.lastUpdateId
    // The codec of an event gives an object.
    const fields = Object.entries(codecOf(venue, kind).encode(given) as object)
    const data = Object.fromEntries(fields.flatMap((field) => (field[0] === 's' ? [field, ...beside] : [field])))
    texts.push(JSON.stringify({ stream, data }))
    if (isDepth && (updates += 1) === SNAPSHOT_AFTER)
      texts.push(JSON.stringify(venue.depthSnapshot.encode(events.snapshot())))
  }
  return texts
}
