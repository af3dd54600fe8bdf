import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { sideStreams } from '../../../lib/simulation/market/sideStreams.js'

const start = 1_699_999_980_000
const fill = (tradeId: number, price: number, quantity = 1_000, isBuyerMaker = true) => ({
  ...{ tradeId, price, quantity, isBuyerMaker, makerId: 7, takerId: 8 },
})

const market = (symbol = 'BTCUSDT') => {
  const { add, due } = sideStreams({ symbol, scale: bitcoinScale, start, price: 1_000 })
  const said = (second: number) =>
    Object.fromEntries(due(start + second * 1_000).map(({ topic, event }) => [topic.kind, event()]))
  return { add, said }
}

test('averages over five minutes, with the time of the last trade', () => {
  const { add, said } = market()
  expect(said(1)['avgPrice']).toEqual({
    ...{ eventTime: start + 1_000, symbol: 'BTCUSDT', interval: '5m', price: '100.00', lastTradeTime: start },
  })
  add(start + 1_500, [fill(1, 1_000), fill(2, 1_030, 2_000)])
  expect(said(2)['avgPrice']).toMatchObject({ price: '102.00', lastTradeTime: start + 1_500 })
  expect(said(302)['avgPrice']).toMatchObject({ price: '103.00', lastTradeTime: start + 1_500 })
})

test('no reference price before the first trade, then the last price', () => {
  const { add, said } = market()
  expect(said(1)['referencePrice']).toEqual({ symbol: 'BTCUSDT', price: null, time: start + 1_000 })
  add(start + 1_500, [fill(1, 1_001)])
  expect(said(2)['referencePrice']).toEqual({ symbol: 'BTCUSDT', price: '100.10', time: start + 2_000 })
})

test('every trade has its transaction and both addresses, the same whenever it is told', () => {
  const { add } = market()
  const [one, two] = add(start + 1, [fill(1, 1_000), fill(2, 1_010)]).map(({ topic, event }) => [topic, event()])
  expect(one).toEqual([
    { kind: 'tradePro', parameters: { symbol: 'BTCUSDT' } },
    {
      ...{ eventTime: start + 1, tradeTime: start + 1, symbol: 'BTCUSDT', tradeId: 1, price: '100.00' },
      quantity: '1.000',
      transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/) as string,
      addresses: [expect.stringMatching(/^0x[0-9a-f]{40}$/) as string, 'hidden'],
    },
  ])
  expect(two).not.toEqual(one)
  expect(
    market()
      .add(start + 1, [fill(1, 1_000)])
      .map(({ topic, event }) => [topic, event()]),
  ).toEqual([one])
})

test('a liquidation every five seconds in which somebody traded, a block every thirty', () => {
  const { add, said } = market()
  expect(said(5)['forceOrder']).toBeUndefined()
  add(start + 7_000, [fill(1, 1_000, 2_000)])
  expect(said(9)['forceOrder']).toBeUndefined()
  const order = { symbol: 'BTCUSDT', side: 'SELL', quantity: '2.000', price: '100.00', status: 'FILLED' }
  const told = said(10)
  expect(told['forceOrder']).toMatchObject({ eventTime: start + 10_000, order })
  expect(told['forceOrders']).toEqual([told['forceOrder']])
  expect(said(15)['forceOrder']).toBeUndefined()
  expect([said(15), said(30), said(31), said(60)].map(({ blockTrade }) => blockTrade)).toEqual([
    undefined,
    expect.objectContaining({ tradeId: 1, price: '100.00', quantity: '50.000', tradeTime: start + 30_000 }),
    undefined,
    expect.objectContaining({ tradeId: 2 }),
  ])
})

test('only symbols of prediction markets belong to an event; the better price wins', () => {
  expect(market().said(1)['predictionEvent']).toBeUndefined()
  const { add, said } = market('BTC_UP_DOWN_5M_1_YUSDT')
  expect(said(1)['predictionEvent']).toEqual({
    event: 'market_start',
    name: 'btc_up_down_5m',
    yesSymbol: 'BTC_UP_DOWN_5M_1_YUSDT',
    noSymbol: 'BTC_UP_DOWN_5M_1_NUSDT',
    price: '100.00',
    time: start + 1_000,
  })
  add(start + 2_000, [fill(1, 999)])
  expect(said(299)['predictionEvent']).toMatchObject({ event: 'market_twap', price: '99.90' })
  expect(said(300)['predictionEvent']).toMatchObject({ event: 'market_start', result: 0, winner: 'N' })
  expect(said(600)['predictionEvent']).toMatchObject({ event: 'market_start', result: 1, winner: 'Y' })
})
