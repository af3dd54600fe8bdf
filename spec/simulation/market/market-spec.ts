import { asterFutures } from '../../../lib/venues/asterFutures.js'
import type { Level } from '../../../lib/codecs/Levels.js'
import { codecOf } from '../../../lib/venues/codecOf.js'
import { market, type MarketConfig, type MarketEvent } from '../../../lib/simulation/market/market.js'
import { linkedIds } from '../../../lib/venues/depthRule.js'

const start = 1_723_161_630_000
const config = { seed: 11, start, duration: 100_000, pause: 20 } satisfies MarketConfig
const events: readonly MarketEvent[] = [...market(config)]

type OfKind<K extends MarketEvent['kind']> = Extract<MarketEvent, { readonly kind: K }>
const ofKind = <K extends MarketEvent['kind']>(kind: K): readonly OfKind<K>[] =>
  events.filter((each): each is OfKind<K> => each.kind === kind)

/** The slowest and simplest of books. */
const naive = (snapshot: { readonly bids: Iterable<Level>; readonly asks: Iterable<Level> }) => {
  const [bids, asks] = [new Map(snapshot.bids), new Map(snapshot.asks)]
  const put = (side: Map<string, string>, levels: Iterable<Level>) => {
    for (const [price, quantity] of levels) {
      if (Number(quantity) === 0) side.delete(price)
      else side.set(price, quantity)
    }
  }
  const sorted = (side: Map<string, string>, sign: number) =>
    [...side].sort(([a], [b]) => sign * (Number(a) - Number(b)))
  return {
    apply: (update: { readonly bids: Iterable<Level>; readonly asks: Iterable<Level> }) => {
      put(bids, update.bids)
      put(asks, update.asks)
    },
    bids: () => sorted(bids, -1),
    asks: () => sorted(asks, 1),
  }
}

test('every kind of event comes, each as its table says, on its stream', () => {
  const streams = new Map(events.map(({ kind, stream }) => [kind, stream]))
  expect(Object.fromEntries(streams)).toEqual({
    bookTicker: 'btcusdt@bookTicker',
    trade: 'btcusdt@trade',
    aggTrade: 'btcusdt@aggTrade',
    depth: 'btcusdt@depth@100ms',
    kline: 'btcusdt@kline_1m',
    markPrice: 'btcusdt@markPrice@1s',
    miniTicker: 'btcusdt@miniTicker',
  })
  for (const { kind, event } of events) {
    const codec = codecOf(asterFutures, kind)
    expect(codec.decode(codec.encode(event))).toEqual({ _tag: 'Right', right: event })
    expect(codec.unknownValues?.(event) ?? []).toEqual([])
  }
})

test('the same config gives the same events, another seed others', () => {
  expect([...market(config)]).toEqual(events)
  const [one, two] = [market({ duration: 1000 }), market({ seed: 2, duration: 1000 })].map((each) => [...each])
  expect(one).not.toEqual(two)
  expect(one).toEqual([
    ...market({ seed: 1, duration: 1000, symbol: 'BTCUSDT', start: 1_700_000_000_050, price: 616_860 }),
  ])
})

test('times run from start to end and never back', () => {
  const times = events.map(({ at }) => at)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBe(start)
  expect(times.at(-1)).toBeGreaterThan(start + 99_000)
  expect(times.at(-1)).toBeLessThan(start + 100_000)
  for (const { at, event } of events) expect(event.eventTime).toBe(at)
})

test('without a duration it never ends', () => {
  const endless = market({ seed: 3 })
  for (let i = 0; i < 1000; i++) expect(endless.next().done).toBe(false)
})

test('depth updates come at tenths of a second; U jumps, pu holds', () => {
  const updates = ofKind('depth')
  let previous: number | undefined
  let jumps = 0
  for (const { at, event } of updates) {
    expect(at % 100).toBe(0)
    expect(event.firstUpdateId).toBeLessThanOrEqual(event.lastUpdateId)
    expect(event.previousUpdateId).toBeLessThan(event.firstUpdateId)
    if (previous !== undefined) expect(event.previousUpdateId).toBe(previous)
    if (event.firstUpdateId > event.previousUpdateId + 1) jumps++
    previous = event.lastUpdateId
  }
  expect(jumps).toBeGreaterThan(updates.length / 2)
})

test('the book that they make agrees with the tickers, and is never crossed', () => {
  const fresh = market(config)
  fresh.next()
  const book = naive(fresh.snapshot())
  const tickers = ofKind('bookTicker').map(({ event }) => event)
  let compared = 0
  for (const { event } of ofKind('depth')) {
    book.apply(event)
    const [bid, ask] = [book.bids()[0], book.asks()[0]]
    const ticker = tickers.findLast(({ updateId }) => updateId <= event.lastUpdateId)
    expect([bid, ask]).toEqual([
      [ticker?.bidPrice, ticker?.bidQuantity],
      [ticker?.askPrice, ticker?.askQuantity],
    ])
    expect(Number(bid?.[0])).toBeLessThan(Number(ask?.[0]))
    compared++
  }
  expect(compared).toBeGreaterThan(900)
  expect(new Set(tickers.map(({ bidPrice }) => bidPrice)).size).toBeGreaterThan(10)
})

test('a snapshot joins the updates wherever it is taken, and is the book', () => {
  const running = market(config)
  const updates = ofKind('depth').map(({ event }) => event)
  let taken = 0
  let seen = 0
  for (const { kind } of running) {
    if (seen++ % 500 !== 250) continue
    taken++
    const snapshot = running.snapshot()
    const local = snapshot.lastUpdateId
    const fresh = updates.filter((update) => !linkedIds.stale(update, local))
    const [first] = fresh
    if (first === undefined) continue
    expect([kind, linkedIds.first(first, local)]).toEqual([kind, true])
    const [book, whole] = [naive(snapshot), naive(market(config).snapshot())]
    for (const update of updates) {
      whole.apply(update)
      if (update.lastUpdateId < local) continue
      book.apply(update)
      if (update === first) expect([book.bids(), book.asks()]).toEqual([whole.bids(), whole.asks()])
    }
  }
  expect(taken).toBeGreaterThan(5)
})

test('a snapshot is sorted, best first, and can be short', () => {
  const running = market(config)
  for (let i = 0; i < 2000; i++) running.next()
  const { bids, asks, ...rest } = running.snapshot()
  const whole = naive({ bids, asks })
  expect([[...bids], [...asks]]).toEqual([whole.bids(), whole.asks()])
  const short = running.snapshot(5)
  expect(short).toEqual({ ...rest, bids: whole.bids().slice(0, 5), asks: whole.asks().slice(0, 5) })
  expect(rest.symbol).toBe('BTCUSDT')
  expect(rest.eventTime).toBe(rest.transactionTime)
  expect(bids.length + asks.length).toBeGreaterThan(50)
})

test('aggregate trades are the trades, added up by order and price', () => {
  const trades = new Map(ofKind('trade').map(({ event }) => [event.tradeId, event]))
  let counted = 0
  let aggregateId: number | undefined
  for (const { event } of ofKind('aggTrade')) {
    if (aggregateId !== undefined) expect(event.aggregateId).toBe(aggregateId + 1)
    aggregateId = event.aggregateId
    let quantity = 0
    for (let id = event.firstTradeId; id <= event.lastTradeId; id++) {
      const trade = trades.get(id)
      expect(trade).toMatchObject({ price: event.price, isBuyerMaker: event.isBuyerMaker, tradeTime: event.tradeTime })
      quantity += Number(trade?.quantity)
      counted++
    }
    expect(quantity).toBeCloseTo(Number(event.quantity), 9)
  }
  expect(counted).toBe(trades.size)
  expect(ofKind('trade').some(({ event }) => event.isBuyerMaker)).toBe(true)
  expect(ofKind('trade').some(({ event }) => !event.isBuyerMaker)).toBe(true)
})

test('klines are their minute’s trades', () => {
  const klines = ofKind('kline')
  const trades = ofKind('trade').map(({ event }) => event)
  for (const { at, event } of klines) {
    const { kline } = event
    expect(at % 1000).toBe(0)
    expect(kline.closeTime).toBe(kline.openTime + 59_999)
    expect(kline.isClosed).toBe(at > kline.closeTime)
    const inside = trades.filter(({ tradeTime }) => tradeTime >= kline.openTime && tradeTime < at)
    const prices = inside.map(({ price }) => Number(price))
    expect(inside.length).toBe(kline.tradeCount)
    expect([kline.firstTradeId, kline.lastTradeId]).toEqual([inside[0]?.tradeId, inside.at(-1)?.tradeId])
    expect([kline.open, kline.close]).toEqual([inside[0]?.price, inside.at(-1)?.price])
    expect([Number(kline.high), Number(kline.low)]).toEqual([Math.max(...prices), Math.min(...prices)])
    const sum = (of: typeof inside, value: (trade: (typeof inside)[number]) => number) =>
      of.reduce((total, trade) => total + value(trade), 0)
    const amount = ({ price, quantity }: (typeof inside)[number]) => Number(price) * Number(quantity)
    const bought = inside.filter(({ isBuyerMaker }) => !isBuyerMaker)
    expect(Number(kline.volume)).toBeCloseTo(
      sum(inside, ({ quantity }) => Number(quantity)),
      6,
    )
    expect(Number(kline.takerBuyVolume)).toBeCloseTo(
      sum(bought, ({ quantity }) => Number(quantity)),
      6,
    )
    expect(Number(kline.quoteVolume)).toBeCloseTo(sum(inside, amount), 2)
    expect(Number(kline.takerBuyQuoteVolume)).toBeCloseTo(sum(bought, amount), 2)
  }
  expect(klines.filter(({ event }) => event.kline.isClosed).map(({ at }) => at)).toEqual([
    start + 30_000,
    start + 90_000,
  ])
})

test('the ticker is all trades since the start', () => {
  const trades = ofKind('trade').map(({ event }) => event)
  const last = ofKind('miniTicker').at(-1)
  const before = trades.filter(({ tradeTime }) => tradeTime < (last?.at ?? 0))
  const prices = before.map(({ price }) => Number(price))
  expect(last?.event).toMatchObject({ open: before[0]?.price, close: before.at(-1)?.price, symbol: 'BTCUSDT' })
  expect(Number(last?.event.high)).toBe(Math.max(...prices))
  expect(Number(last?.event.low)).toBe(Math.min(...prices))
  expect(Number(last?.event.volume)).toBeCloseTo(
    before.reduce((sum, { quantity }) => sum + Number(quantity), 0),
    6,
  )
  expect(ofKind('miniTicker')).toHaveLength(99)
})

test('mark prices come every second, near the book', () => {
  const marks = ofKind('markPrice')
  expect(marks.map(({ at }) => at)).toEqual(Array.from({ length: 99 }, (_, i) => start + (i + 1) * 1000))
  const last = ofKind('bookTicker').at(-1)?.event
  const middle = (Number(last?.bidPrice) + Number(last?.askPrice)) / 2
  expect(Math.abs(Number(marks.at(-1)?.event.markPrice) - middle)).toBeLessThan(20)
  expect(marks[0]?.event.nextFundingTime).toBe(1_723_190_400_000)
})

test('a market of another symbol and scale', () => {
  const scale = {
    price: (ticks: number) => (ticks / 100).toFixed(2),
    quantity: (lots: number) => lots.toFixed(0),
    amount: (both: number) => (both / 100).toFixed(2),
  }
  const [first] = market({ symbol: 'ethusdt', price: 260_000, scale, duration: 100 })
  expect(first).toMatchObject({
    stream: 'ethusdt@bookTicker',
    event: { symbol: 'ETHUSDT', bidPrice: '2599.99', askPrice: '2600.01' },
  })
})
