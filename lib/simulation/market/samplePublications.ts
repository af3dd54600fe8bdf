import { router, type Route } from '../../venues/router.js'
import type { Venue } from '../../venues/Venue.js'
import type { Publication, Topic } from './Publication.js'
import { sample } from './sample.js'
import { samples } from './samples.js'

/** The kinds that the markets make of what happens in them. */
export const marketKinds: ReadonlySet<string> = new Set([
  ...['trade', 'aggTrade', 'tradePro', 'blockTrade', 'kline', 'avgPrice', 'referencePrice', 'predictionEvent'],
  ...['bookTicker', 'bookTickers', 'depth', 'partialDepth', 'markPrice', 'markPrices', 'forceOrder', 'forceOrders'],
  ...['miniTicker', 'miniTickers', 'ticker', 'tickers', 'windowTicker', 'windowTickers'],
])

/** A second, in steps. */
const SECOND = 10

/**
 * What a venue's table lists and no market makes comes once a second, to those who ask for it: a sample of the row's
 * event, with the symbol and the values of the stream's name, and the time of now.
 */
export const samplePublications = (
  venue: Venue,
  subscribed: () => Iterable<string>,
): ((at: number) => readonly Publication[]) => {
  const route = router(venue)
  const topics = new Map<string, Topic>()
  let steps = 0
  return (at) => {
    if (++steps % SECOND !== 0) return []
    return Array.from(new Set(subscribed()), route).flatMap((found) => {
      if (found === undefined || !isSampled(found)) return []
      const topic = topics.get(found.stream) ?? topicOf(found)
      topics.set(found.stream, topic)
      return [{ at, topic, event: () => eventOf(found, at) }]
    })
  }
}

const isSampled = ({ kind, isAccount, row: { unasked, retired } }: Route): boolean =>
  !isAccount && !marketKinds.has(kind) && unasked === undefined && retired === undefined

const topicOf = ({ kind, parameters, symbol }: Route): Topic => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return { kind, parameters: { ...Object.fromEntries(given), ...(symbol !== undefined && { symbol }) } }
}

const eventOf = ({ event, row, parameters, symbol }: Route, at: number): unknown =>
  sample(event, {
    ...{ ...samples, ...parameters, ...(symbol !== undefined && { symbol }) },
    ...{ eventTime: at, transactionTime: at, tradeTime: at, time: at, [row.sequence ?? 'eventTime']: at },
  })
