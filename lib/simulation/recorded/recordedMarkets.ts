import { Subject, Subscription, type SchedulerLike } from 'rxjs'
import { createClient } from '../../client/createClient.js'
import { isValues } from '../../codecs/Values.js'
import type { Communicator, Skipped } from '../../communicators/Communicator.js'
import type { AggTrade } from '../../events/AggTrade.js'
import { isPrint, type Trade } from '../../events/Trade.js'
import type { BookState } from '../../operators/BookState.js'
import type { Signal } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import type { FillModel } from '../fills/FillModel.js'
import type { Markets, MarketsStep } from '../market/markets.js'
import type { NumberedFill } from '../market/tradeLog.js'
import { recordedMarket, type UnsyncedSpan } from './recordedMarket.js'
import { recordedView } from './recordedView.js'
import type { RecordedScale } from './recordedScale.js'

/** The markets of a recording, in which orders are filled as a model says. */
export interface RecordedMarkets {
  readonly markets: Markets
  readonly hear: (signal: Signal) => Heard
  readonly unsynced: () => readonly UnsyncedSpan[]
  /** By how many ms the last event was later than the quickest so far, by the venue's clock and that of the recording. */
  readonly lateness: () => number
  readonly stop: () => void
}

/** What a signal of a recording brought. */
interface Heard {
  readonly messages: readonly { readonly kind: string; readonly stream: string }[]
  /** What of the orders that wait was filled by it. */
  readonly trades: MarketsStep['trades']
}

/** What recorded markets are made of. */
export interface RecordedMarketsConfig {
  readonly venue: Venue
  /** By symbol, upper case. */
  readonly scales: ReadonlyMap<string, RecordedScale>
  readonly fills: FillModel
  readonly scheduler: SchedulerLike
  /** What the recording has before the time from which it plays. */
  readonly skipped?: Skipped
}

const unsupported = (what: string) => (): never => {
  throw new TypeError(`${what}: expected a market of the venue's own; a recording stays as it is`)
}

/** The kinds that tell of trades; where a recording has both of a market, those that come first count. */
const tradeKinds = ['trade', 'aggTrade']

/** Follows the books and trades of a recording by a client of its own. */
export const recordedMarkets = ({
  venue,
  scales,
  fills,
  scheduler,
  skipped,
}: RecordedMarketsConfig): RecordedMarkets => {
  const signal$ = new Subject<Signal>()
  const communicator: Communicator = Object.assign(() => signal$, { scheduler }, skipped && { skipped })
  const client = createClient({ venue, communicator, onNotice: () => undefined })
  const all = new Map([...scales].map(([symbol, scale]) => [symbol, recordedMarket(symbol, scale, fills)]))
  const now = () => Math.floor(scheduler.now())
  const views = new Map(
    [...scales].map(([symbol, scale]) => {
      const snapshot = (limit?: number) => all.get(symbol)?.snapshot(limit)
      return [symbol, recordedView({ symbol, scale, now, snapshot })]
    }),
  )
  const states = new Map<string, BookState>()
  let hasBegun = false
  const kindOf = new Map<string, string>()
  let delay = 0
  let quickest = Infinity
  let messages: Heard['messages'] = []
  let trades: MarketsStep['trades'] = []

  const add = (symbol: string, fills: readonly NumberedFill[]) => {
    if (fills.length > 0) trades = [...trades, { symbol, at: now(), fills }]
  }
  const onTrade = (kind: string, trade: Trade | AggTrade) => {
    const { symbol } = trade
    const counted = kindOf.get(symbol) ?? kind
    kindOf.set(symbol, counted)
    const isPrinted = !('tradeType' in trade) || isPrint(trade)
    views.get(symbol)?.traded(trade, counted === kind && isPrinted)
    const market = all.get(symbol)
    if (counted !== kind || market === undefined) return
    const fills = market.traded(trade)
    const last = isPrinted ? scales.get(symbol)?.ticks(trade.price) : undefined
    if (last === undefined) add(symbol, fills)
    else trades = [...trades, { symbol, at: now(), fills, last }]
  }
  const onEvent = (kind: string, stream: string, event: unknown) => {
    // The kind says which event it is.
    if (tradeKinds.includes(kind)) return onTrade(kind, event as Trade | AggTrade)
    for (const one of Array.isArray(event) ? event : [event])
      if (isValues(one) && typeof one['symbol'] === 'string') views.get(one['symbol'])?.heard(kind, stream, one)
  }

  /** Before the first signal there is no time in which a book could be lost. */
  const begin = () => {
    hasBegun = true
    for (const [symbol, market] of all) {
      const state = states.get(symbol)
      if (state !== undefined) add(symbol, market.changed(state, now()))
    }
  }

  const running = new Subscription()
  for (const [symbol, market] of all)
    running.add(
      client.book(symbol).subscribe((state) => {
        states.set(symbol, state)
        if (hasBegun) add(symbol, market.changed(state, now()))
      }),
    )
  running.add(
    client.message$.subscribe(({ kind, stream, event, receivedAt }) => {
      if (isValues(event) && typeof event['eventTime'] === 'number') {
        delay = receivedAt - event['eventTime']
        quickest = Math.min(quickest, delay)
      }
      messages = [...messages, { kind, stream }]
      onEvent(kind, stream, event)
    }),
  )
  running.add(client.connect())

  return {
    markets: {
      symbols: [...all.keys()],
      book: (symbol) => all.get(symbol)?.book,
      snapshot: (symbol, limit) => all.get(symbol)?.snapshot(limit),
      act: (symbol, action, at) => all.get(symbol)?.act(at, action),
      take: (symbol, side, price, quantity, at) => {
        const fills = all.get(symbol)?.take(side, price, quantity)
        return fills && { at, outcome: { orderId: 0, fills, touched: [] }, fills, publications: [] }
      },
      view: (symbol) => views.get(symbol)?.view,
      step: unsupported('step'),
      restartIds: unsupported('restartIds'),
    },
    hear: (signal) => {
      messages = []
      trades = []
      if (!hasBegun) begin()
      signal$.next(signal)
      return { messages, trades }
    },
    unsynced: () => [...all.values()].flatMap((market) => market.unsynced()),
    lateness: () => Math.max(0, delay - quickest),
    stop: () => running.unsubscribe(),
  }
}
