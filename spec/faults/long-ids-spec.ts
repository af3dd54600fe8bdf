import { parse, parseAll } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { asterFuturesFixtures } from '../fixtures/asterFutures.js'
import { bingxSpotFixtures } from '../fixtures/bingxSpot.js'

const report = bingxSpotFixtures.find(({ kind }) => kind === 'executionReport')?.text ?? ''

test.each(['1812112568701845504', '9007199254740993', '-9223372036854775808', '18446744073709551615'])(
  'F40 the id %s, sent as a bare number, comes digit for digit',
  (id) => {
    const parsed = parse(bingxSpot)(frame(report.replace(/"i":"\d+"/, `"i":${id}`), 0))
    expect(parsed).toMatchObject({ right: { kind: 'executionReport', event: { orderId: id } } })
  },
)

test.each(['0.1234567890123456789', '-8.02e-05', '1234567890.12345678901'])(
  'F40 the quantity %s, sent as a bare number, comes digit for digit',
  (quantity) => {
    expect(report).toMatch(/"q":"[^"]*"/)
    const parsed = parse(bingxSpot)(frame(report.replace(/"q":"[^"]*"/, `"q":${quantity}`), 0))
    expect(parsed).toMatchObject({ right: { event: { quantity } } })
  },
)

const LONG = '8389766079988521101'
const order = asterFuturesFixtures.find(({ kind }) => kind === 'orderUpdate')?.text ?? ''
const longOrder = order.replace(/"i":\d+/, `"i":${LONG}`)
const trade = (more: string) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"T":2,"s":"BTCUSDT","t":3,"p":"4","q":"5","m":true${more}}}`

describe('F77 a long id in a frame of a venue that usually sends short ones', () => {
  test('is an order of an account', () => {
    expect(longOrder).toContain(LONG)
    expect(parse(asterFutures)(frame(longOrder, 0))).toMatchObject({ right: { event: { order: { orderId: LONG } } } })
  })

  test.each([
    [`,"b":${LONG},"a":-${LONG}`, { buyerOrderId: LONG, sellerOrderId: `-${LONG}` }],
    [`,"b":"${LONG}","a":"7"`, { buyerOrderId: LONG, sellerOrderId: 7 }],
    [`,"b":7,"x":${LONG}`, { buyerOrderId: 7 }],
  ])('is one of a trade: %s', (more, event) => {
    expect(parse(asterFutures)(frame(trade(more), 0))).toMatchObject({ right: { kind: 'trade', event } })
  })

  test('is in an element of a list', () => {
    const text = `[${trade('')},${trade(`,"b":${LONG}`)},${trade(`,"a":${LONG}`)},${trade(',"m":1')}]`
    expect(parseAll(asterFutures)(frame(text, 0))).toMatchObject([
      { right: { event: { tradeId: 3 } } },
      { right: { event: { buyerOrderId: LONG } } },
      { right: { event: { sellerOrderId: LONG } } },
      { left: { index: 3, path: 'm' } },
    ])
  })

  test.each([
    ['where something else is wrong, too', `,"b":${LONG},"X":5`, 'b'],
    ['that is no symbol', `,"b":7,"s":${LONG}`, 's'],
    ['beyond 64 bits', `,"b":${LONG}00`, 'b'],
    ['with an exponent', ',"b":1e300', 'b'],
  ])('is no event %s', (_, more, path) => {
    expect(parse(asterFutures)(frame(trade(more), 0))).toMatchObject({ left: { _tag: 'InvalidEvent', path } })
  })
})
