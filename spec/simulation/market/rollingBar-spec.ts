import { barOf } from '../../../lib/simulation/market/Bar.js'
import { rollingBar } from '../../../lib/simulation/market/rollingBar.js'

const HOUR = 3_600_000
const MINUTE = 60_000
const start = 472_222 * HOUR

const fill = (tradeId: number, price: number, quantity = 1, isBuyerMaker = false) => ({
  ...{ tradeId, price, quantity, isBuyerMaker, makerId: 1, takerId: 2 },
})

test('before the first trade it stands at the price before', () => {
  const { openTime, bar } = rollingBar(HOUR, 100).at(start + 30_000)
  expect(openTime).toBe(start - 59 * MINUTE)
  expect(bar).toMatchObject({ open: 100, close: 100, volume: 0, tradeCount: 0, firstTradeId: -1, lastTradeId: -1 })
})

test('trades of the window add up, whichever minute they are of', () => {
  const rolling = rollingBar(HOUR, 100)
  rolling.add(start, barOf([fill(1, 101), fill(2, 99, 2, true)]))
  rolling.add(start + 30_000, barOf([fill(3, 105)]))
  rolling.add(start + 5 * MINUTE, barOf([]))
  rolling.add(start + 10 * MINUTE, barOf([fill(4, 90, 3)]))
  expect(rolling.at(start + 10 * MINUTE).bar).toEqual({
    open: 101,
    high: 105,
    low: 90,
    close: 90,
    volume: 7,
    quoteVolume: 101 + 198 + 105 + 270,
    takerBuyVolume: 5,
    takerBuyQuoteVolume: 101 + 105 + 270,
    tradeCount: 4,
    firstTradeId: 1,
    lastTradeId: 4,
  })
})

test('what is older than the window is forgotten, and its last price stays', () => {
  const rolling = rollingBar(HOUR, 100)
  rolling.add(start, barOf([fill(1, 101)]))
  rolling.add(start + MINUTE, barOf([fill(2, 102)]))
  expect(rolling.at(start + HOUR - 1).bar.tradeCount).toBe(2)
  expect(rolling.at(start + HOUR)).toMatchObject({ openTime: start + MINUTE, bar: { open: 102, tradeCount: 1 } })
  expect(rolling.at(start + 2 * HOUR).bar).toMatchObject({ open: 102, close: 102, tradeCount: 0, firstTradeId: -1 })
  rolling.add(start + 3 * HOUR, barOf([fill(3, 50)]))
  expect(rolling.at(start + 3 * HOUR).bar).toMatchObject({ open: 50, high: 50, close: 50, tradeCount: 1 })
})
