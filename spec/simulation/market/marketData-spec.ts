import { matching } from '../../../lib/simulation/market/matching.js'
import { marketData } from '../../../lib/simulation/market/marketData.js'
import type { Outcome } from '../../../lib/simulation/market/matching.js'
import type { Publication } from '../../../lib/simulation/market/Publication.js'
import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { named } from './named.js'

const start = 1_700_000_040_000

const streams = ['trade', 'aggTrade', 'bookTicker', 'depth@100ms', 'kline_1m', 'markPrice@1s', 'miniTicker']

/** Some of the streams of Aster's futures. */
const some = (publications: readonly Publication[]) =>
  named(asterFutures, publications).filter(({ stream }) => streams.includes(stream.replace('btcusdt@', '')))

const opened = () => {
  const book = matching()
  book.submit({ side: 'BUY', quantity: 1000, price: 1000 })
  book.submit({ side: 'SELL', quantity: 500, price: 1001 })
  const opening = { symbol: 'BTCUSDT', scale: bitcoinScale, start, price: 1000, depthSpeed: 250 }
  const data = marketData(book, opening)
  return {
    book,
    snapshot: data.view.snapshot,
    bookTicker: (at: number) => some([data.bookTicker(at)])[0],
    acted: (at: number, outcome: Outcome, skipped?: number) => some(data.acted(at, outcome, skipped).publications),
    tick: (at: number) => some(data.tick(at)),
  }
}

test('a trade, its aggregate and the new best price, in this order', () => {
  const market = opened()
  const events = market.acted(start + 5, market.book.submit({ side: 'BUY', quantity: 500 }), 2)
  expect(events.map(({ kind, stream, at }) => [kind, stream, at])).toEqual([
    ['trade', 'btcusdt@trade', start + 5],
    ['aggTrade', 'btcusdt@aggTrade', start + 5],
    ['bookTicker', 'btcusdt@bookTicker', start + 5],
  ])
  expect(events[0]?.event).toEqual({
    eventTime: start + 5,
    symbol: 'BTCUSDT',
    tradeTime: start + 5,
    tradeId: 3_000_001,
    price: '100.10',
    quantity: '0.500',
    isBuyerMaker: false,
    tradeType: 'MARKET',
  })
  expect(events[1]?.event).toMatchObject({ aggregateId: 2_000_001, firstTradeId: 3_000_001, lastTradeId: 3_000_001 })
  expect(events[2]?.event).toEqual({
    updateId: 5_000_000_003,
    symbol: 'BTCUSDT',
    bidPrice: '100.00',
    bidQuantity: '1.000',
    askPrice: '0.00',
    askQuantity: '0.000',
    eventTime: start + 5,
    transactionTime: start + 5,
  })
})

test('one order at two prices is two aggregates', () => {
  const market = opened()
  market.book.submit({ side: 'SELL', quantity: 100, price: 1001 })
  market.book.submit({ side: 'SELL', quantity: 100, price: 1002 })
  const events = market.acted(start, market.book.submit({ side: 'BUY', quantity: 700 }))
  expect(events.filter(({ kind }) => kind === 'trade')).toHaveLength(3)
  expect(events.filter(({ kind }) => kind === 'aggTrade').map(({ event }) => event)).toMatchObject([
    { aggregateId: 2_000_001, price: '100.10', quantity: '0.600', firstTradeId: 3_000_001, lastTradeId: 3_000_002 },
    { aggregateId: 2_000_002, price: '100.20', quantity: '0.100', firstTradeId: 3_000_003, lastTradeId: 3_000_003 },
  ])
})

test('what does not move the best price makes no ticker, what changes nothing no id', () => {
  const market = opened()
  expect(market.acted(start, market.book.submit({ side: 'BUY', quantity: 7, price: 990 }))).toEqual([])
  expect(market.snapshot().lastUpdateId).toBe(5_000_000_001)
  expect(market.acted(start, { orderId: 9, fills: [], touched: [] }, 5)).toEqual([])
  expect(market.snapshot().lastUpdateId).toBe(5_000_000_001)
})

test('depth: everything since the last, absolute, zero for what is gone, best first', () => {
  const market = opened()
  expect(market.tick(start + 100)).toEqual([])
  market.acted(start + 110, market.book.submit({ side: 'BUY', quantity: 7, price: 990 }), 3)
  market.acted(start + 120, market.book.submit({ side: 'BUY', quantity: 8, price: 995 }), 1)
  market.acted(start + 130, market.book.submit({ side: 'SELL', quantity: 9, price: 1005 }))
  market.acted(start + 140, market.book.submit({ side: 'BUY', quantity: 500 }))
  expect(market.tick(start + 200)).toEqual([
    {
      at: start + 200,
      kind: 'depth',
      stream: 'btcusdt@depth@100ms',
      event: {
        eventTime: start + 200,
        transactionTime: start + 140,
        symbol: 'BTCUSDT',
        firstUpdateId: 5_000_000_004,
        lastUpdateId: 5_000_000_008,
        previousUpdateId: 5_000_000_000,
        bids: [
          ['99.50', '0.008'],
          ['99.00', '0.007'],
        ],
        asks: [
          ['100.10', '0.000'],
          ['100.50', '0.009'],
        ],
      },
    },
  ])
  expect(market.tick(start + 300)).toEqual([])
  market.acted(start + 310, market.book.submit({ side: 'BUY', quantity: 1, price: 990 }))
  expect(market.tick(start + 400)[0]?.event).toMatchObject({
    firstUpdateId: 5_000_000_009,
    lastUpdateId: 5_000_000_009,
    previousUpdateId: 5_000_000_008,
    bids: [['99.00', '0.008']],
    asks: [],
  })
})

test('by the second: klines while there are trades, closed at the end of the minute in any case', () => {
  const market = opened()
  const kinds = (at: number) => market.tick(at).map(({ kind }) => kind)
  expect(kinds(start + 1000)).toEqual(['markPrice', 'miniTicker'])
  market.acted(start + 1500, market.book.submit({ side: 'SELL', quantity: 10 }))
  const [, kline] = market.tick(start + 2000)
  expect(kline?.event).toEqual({
    eventTime: start + 2000,
    symbol: 'BTCUSDT',
    kline: {
      openTime: start,
      closeTime: start + 59_999,
      symbol: 'BTCUSDT',
      interval: '1m',
      firstTradeId: 3_000_001,
      lastTradeId: 3_000_001,
      open: '100.00',
      close: '100.00',
      high: '100.00',
      low: '100.00',
      volume: '0.010',
      tradeCount: 1,
      isClosed: false,
      quoteVolume: '1.00000',
      takerBuyVolume: '0.000',
      takerBuyQuoteVolume: '0.00000',
    },
  })
  expect(kinds(start + 3000)).toEqual(['markPrice', 'miniTicker'])
  const [closed] = market.tick(start + 60_000)
  expect(closed?.event).toMatchObject({ kline: { openTime: start, isClosed: true, tradeCount: 1 } })
  expect(kinds(start + 61_000)).toEqual(['markPrice', 'miniTicker'])
  const [empty] = market.tick(start + 120_000)
  expect(empty?.event).toMatchObject({
    kline: {
      openTime: start + 60_000,
      isClosed: true,
      tradeCount: 0,
      firstTradeId: -1,
      open: '100.00',
      volume: '0.000',
    },
  })
})

test('mark price follows the book', () => {
  const market = opened()
  const mark = (at: number) => market.tick(at).find(({ kind }) => kind === 'markPrice')?.event
  expect(mark(start + 1000)).toEqual({
    eventTime: start + 1000,
    symbol: 'BTCUSDT',
    markPrice: '100.01',
    indexPrice: '100.03',
    estimatedSettlePrice: '100.05',
    fundingRate: '0.00010000',
    nextFundingTime: 1_700_006_400_000,
  })
  market.book.submit({ side: 'BUY', quantity: 500 })
  market.book.submit({ side: 'SELL', quantity: 1000 })
  expect(mark(start + 2000)).toMatchObject({ markPrice: '100.01', estimatedSettlePrice: '100.01' })
})

test('the opening ticker is the book as it is', () => {
  expect(opened().bookTicker(start)).toEqual({
    at: start,
    kind: 'bookTicker',
    stream: 'btcusdt@bookTicker',
    event: {
      updateId: 5_000_000_000,
      symbol: 'BTCUSDT',
      bidPrice: '100.00',
      bidQuantity: '1.000',
      askPrice: '100.10',
      askQuantity: '0.500',
      eventTime: start,
      transactionTime: start,
    },
  })
})
