import { Subject } from 'rxjs'
import { tickBars } from '../../lib/operators/tickBars.js'
import type { TradeBar } from '../../lib/operators/tradeBars.js'
import type { BarAggTrade, BarTrade, TradeEvent } from '../../lib/operators/TradeEvent.js'

const trade = (tradeId: number, more: Partial<BarTrade> = {}): BarTrade => ({
  ...{ symbol: 'BTCUSDT', tradeId, tradeTime: 1_000 + tradeId, price: '10.00', quantity: '1.0', isBuyerMaker: false },
  ...more,
})

const aggTrade = (aggregateId: number, firstTradeId: number, lastTradeId: number): BarAggTrade => ({
  ...{ symbol: 'BTCUSDT', aggregateId, firstTradeId, lastTradeId },
  ...{ tradeTime: 1_000 + firstTradeId, price: '10.00', quantity: '1.0', isBuyerMaker: true },
})

/** Bars of three trades each. */
const bars = (...trades: readonly TradeEvent[]): readonly TradeBar[] => {
  const source = new Subject<TradeEvent>()
  const told: TradeBar[] = []
  source.pipe(tickBars({ trades: 3 })).subscribe((bar) => told.push(bar))
  for (const one of trades) source.next(one)
  return told
}

const shown = ({ symbol, firstTradeId, lastTradeId, tradeCount, isClosed, missing }: TradeBar) =>
  [
    ...(symbol === 'BTCUSDT' ? [] : [symbol]),
    `${firstTradeId}..${lastTradeId}:${tradeCount}${isClosed ? '!' : ''}`,
    ...missing.map(({ first, last }) => `-${first}..${last}`),
  ].join(' ')

test('a bar says everything that a kline does, with the times of its first and last trade', () => {
  const [, , bar, next] = bars(
    trade(7, { price: '0.10', quantity: '0.2' }),
    trade(8, { price: '0.30', quantity: '0.10', isBuyerMaker: true }),
    trade(9, { price: '0.2', quantity: '0.1' }),
    trade(10),
  )
  expect(bar).toEqual({
    ...{ symbol: 'BTCUSDT', openTime: 1_007, closeTime: 1_009, isClosed: true, missing: [] },
    ...{ firstTradeId: 7, lastTradeId: 9, tradeCount: 3 },
    ...{ open: '0.10', high: '0.30', low: '0.10', close: '0.2' },
    ...{ volume: '0.40', quoteVolume: '0.0700', takerBuyVolume: '0.30', takerBuyQuoteVolume: '0.0400' },
  })
  expect(next).toMatchObject({ openTime: 1_010, tradeCount: 1, isClosed: false, volume: '1.0' })
})

test('of aggregates the trades count, and none is divided', () => {
  expect(bars(aggTrade(1, 7, 8), aggTrade(2, 9, 13), aggTrade(3, 14, 14)).map(shown)).toEqual([
    '7..8:2',
    '7..13:7!',
    '14..14:1',
  ])
})

test('what did not come is missing from the bar that it may belong to', () => {
  expect(bars(trade(1), trade(3), trade(4), trade(7), trade(8), trade(9)).map(shown)).toEqual([
    '1..1:1',
    '1..3:2 -2..2',
    '1..4:3! -2..2',
    '7..7:1 -5..6',
    '7..8:2 -5..6',
    '7..9:3! -5..6',
  ])
  expect(bars(aggTrade(1, 7, 8), aggTrade(3, 20, 20)).map(shown)).toEqual(['7..8:2', '7..20:3! -2..2'])
})

test('symbols have bars of their own', () => {
  const eth = { symbol: 'ETHUSDT' }
  expect(bars(trade(1), trade(70, eth), trade(2), trade(3), trade(71, eth)).map(shown)).toEqual([
    '1..1:1',
    'ETHUSDT 70..70:1',
    '1..2:2',
    '1..3:3!',
    'ETHUSDT 70..71:2',
  ])
})

test.each(['NA', 'INSURANCE_FUND', 'ADL'])(
  'F56 a trade of the kind %s enters no bar, and is not missing',
  (tradeType) => {
    expect(bars(trade(1), trade(2, { tradeType, price: '0', quantity: '0' }), trade(3), trade(4)).map(shown)).toEqual([
      '1..1:1',
      '1..3:2',
      '1..4:3!',
    ])
  },
)

test('F69 10,000 symbols are followed: of more, the one is forgotten that began first', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => trade(1, { symbol: `S${i}` }))
  const last = bars(trade(1), ...many, trade(2), trade(2, { symbol: 'S9999' })).slice(-2)
  expect(last.map(shown)).toEqual(['2..2:1', 'S9999 1..2:2'])
})
