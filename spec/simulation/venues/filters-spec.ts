import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials, signedCaller } from './signedCaller.js'

/*
 * A client that has read the filters keeps to them; one that does not is refused by the venue's own code. What is too
 * much or too little is computed here from the texts of `exchangeInfo`.
 */

const start = 1_700_000_000_000
type Texts = Readonly<Record<string, string | number>>
interface Told {
  readonly code?: number
  readonly msg?: string
}

const opened = async (venue: Venue, prefix: string) => {
  const accounts = [{ ...credentials, balances: { USDT: '1000000000', BTC: '100000' } }]
  const { addresses, controls } = await venueFor({ venue, accounts, scheduler: clockAt(start) })
  const signed = signedCaller(addresses.rest, () => start)
  const info = (await (await fetch(`${addresses.rest}${prefix}/exchangeInfo`)).json()) as {
    readonly symbols: readonly [{ readonly filters: readonly Texts[] }]
  }
  const { filters } = info.symbols[0]
  const told = (name: string): Texts => filters.find(({ filterType }) => filterType === name) ?? {}
  const order = {
    symbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'GTC',
    quantity: '0.500',
    price: '60000.00',
  }
  const place = async (change: Readonly<Record<string, string>>, path = `${prefix}/order`) =>
    (await signed('POST', path, { ...order, ...change })).json as Told
  const book = controls.book('BTCUSDT', 1)
  const mark = (Number([...(book?.bids ?? [])][0]?.[0]) + Number([...(book?.asks ?? [])][0]?.[0])) / 2
  return { place, told, mark, controls }
}

/** One unit more than a decimal, and one less, written with so many digits. */
const beyond = (text: string | number | undefined, unit: string | number | undefined, sign: 1 | -1, digits = 3) =>
  (Number(text) + sign * Number(unit)).toFixed(digits)

const table: readonly (readonly [Venue, string, Readonly<Record<string, number>>])[] = [
  [
    ...([binanceSpot, '/api/v3'] as const),
    { tick: -1013, price: -1013, step: -1013, most: -1013, above: -1013, below: -1013, orders: -1013 },
  ],
  [
    ...([asterSpot, '/api/v1'] as const),
    { tick: -4014, price: -4002, step: -1111, most: -4005, above: -4016, below: -4024, orders: -2025 },
  ],
  [
    ...([asterFutures, '/fapi/v1'] as const),
    { tick: -4014, price: -4002, step: -1111, most: -4005, above: -4016, notional: -4164, orders: -2025 },
  ],
  [
    ...([binanceFutures, '/fapi/v1'] as const),
    { tick: -4014, price: -4002, step: -1111, most: -4005, above: -4016, notional: -4164, orders: -2025 },
  ],
]

describe.each(table.map(([venue, ...rest]) => [venue.name, venue, ...rest] as const))(
  '%s',
  (_, venue, prefix, codes) => {
    test('an order that keeps to the filters is taken, one that does not is refused by the code of its filter', async () => {
      const { place, told, mark } = await opened(venue, prefix)
      const [price, lots, market] = [told('PRICE_FILTER'), told('LOT_SIZE'), told('MARKET_LOT_SIZE')]
      expect([price['tickSize'], price['minPrice'], lots['minQty'], lots['stepSize']]).toEqual([
        ...['0.10', '0.10', '0.001', '0.001'],
      ])
      expect(market['maxQty']).toBe(lots['maxQty'])
      const percent = told(codes['below'] === undefined ? 'PERCENT_PRICE' : 'PERCENT_PRICE_BY_SIDE')
      const [up, down] = [
        Number(percent['bidMultiplierUp'] ?? percent['multiplierUp']),
        Number(percent['bidMultiplierDown'] ?? percent['multiplierDown']),
      ]

      expect((await place({})).code).toBeUndefined()
      expect((await place({ price: '60000.05' })).code).toBe(codes['tick'])
      expect((await place({ price: beyond(price['maxPrice'], price['tickSize'], 1, 2) })).code).toBe(codes['price'])
      expect((await place({ quantity: '0.5005' })).code).toBe(codes['step'])
      expect((await place({ quantity: beyond(lots['maxQty'], lots['stepSize'], 1) })).code).toBe(codes['most'])
      const highest = Math.floor(mark * up * 10) / 10
      expect((await place({ quantity: '0.001', price: beyond(highest, '0.2', 1, 2) })).code).toBe(codes['above'])
      expect((await place({ quantity: '0.001', price: beyond(highest, '0.2', -1, 2) })).code).toBeUndefined()
      const lowest = Math.ceil(mark * down * 10) / 10
      expect((await place({ quantity: '0.001', price: beyond(lowest, '0.2', -1, 2) })).code).toBe(codes['below'])
      expect((await place({ quantity: '0.001', price: beyond(lowest, '0.2', 1, 2) })).code).toBeUndefined()
    })

    test('no more orders may be open than the filter says', async () => {
      const { place, told, controls } = await opened(venue, prefix)
      const filter = told('MAX_NUM_ORDERS')
      const most = Number(filter['maxNumOrders'] ?? filter['limit'])
      const account = controls.account()
      for (let i = 0; i < most; i++)
        account.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.001', price: `${30_000 + i}.00` })
      expect((await place({})).code).toBe(codes['orders'])
      account.cancel('BTCUSDT', account.orders()[0]?.orderId ?? '')
      expect((await place({})).code).toBeUndefined()
    })
  },
)

test.each([
  [asterFutures, '/fapi/v1'],
  [binanceFutures, '/fapi/v1'],
])('what is worth too little is refused, unless it closes a position', async (venue, prefix) => {
  const { place, told } = await opened(venue, prefix)
  const { notional } = told('MIN_NOTIONAL')
  const price = (Number(notional) * 1_000).toFixed(2)
  expect((await place({ quantity: '0.001', price })).code).toBeUndefined()
  expect((await place({ quantity: '0.001', price: beyond(price, '0.1', -1, 2) })).code).toBe(-4164)
})

test('an order may be tried without being placed', async () => {
  const { place, controls } = await opened(binanceSpot, '/api/v3')
  expect(await place({}, '/api/v3/order/test')).toEqual({})
  expect(await place({ price: '60000.05' }, '/api/v3/order/test')).toEqual({
    code: -1013,
    msg: 'Filter failure: PRICE_FILTER',
  })
  expect(controls.account().orders()).toEqual([])
})

test('BingX: the value, the price far off, the ticks', async () => {
  const { controls } = await venueFor({ venue: bingxSpot, accounts: [credentials], scheduler: clockAt(start) })
  const order = { symbol: 'BTC-USDT', side: 'BUY', quantity: '0.5' } as const
  const place = (price: string) => () => controls.account().place({ ...order, price })
  expect(place('60000.05')).toThrow('"code":100400')
  expect(place('10000')).toThrow('"code":100440')
  expect(place('60000')()).toMatchObject({ status: 'NEW' })
})
