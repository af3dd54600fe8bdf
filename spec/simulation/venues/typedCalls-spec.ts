import * as t from 'io-ts'
import { firstValueFrom, type Observable } from 'rxjs'
import { calls } from '../../../lib/rest/calls.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import type { Signer } from '../../../lib/rest/sign.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { venueFor } from '../host/bareClient.js'

const secret = { apiKey: 'key', secret: 'secret' }
const wallet = {
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}
const signer = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
const hmac = (venue: Venue) => hmacSigner({ ...secret, venue })

type Fields = Readonly<Record<string, unknown>>
type Asked = Readonly<Record<string, (given?: object) => Observable<unknown>>>

test.each<readonly [string, Venue, (venue: Venue) => Signer, string]>([
  ['Aster spot v1', asterSpot, hmac, 'BTCUSDT'],
  ['Aster spot v3', asterSpot, () => eip712Signer(wallet), 'BTCUSDT'],
  ['Aster prediction v3', asterPrediction, () => eip712Signer(wallet), 'BTCUSDT'],
  ['Aster futures v1', asterFutures, hmac, 'BTCUSDT'],
  ['Aster futures v3', asterFutures, () => eip712Signer(wallet), 'BTCUSDT'],
  ['Binance spot', binanceSpot, hmac, 'BTCUSDT'],
  ['Binance futures', binanceFutures, hmac, 'BTCUSDT'],
  ['BingX spot', bingxSpot, hmac, 'BTC-USDT'],
])('%s answers every call that the library has for it, so that it can be read', async (_, venue, signed, symbol) => {
  const { addresses } = await venueFor({ venue, accounts: [{ ...secret, signer }], symbols: [symbol] })
  const rest = createRest({ venue, signer: signed(venue), endpoint: addresses.rest, retry: { count: 0 } })
  const made = calls(rest) as unknown as Asked
  const done = new Set<string>()
  const ask = async (name: string, given?: object): Promise<Fields & readonly Fields[]> => {
    done.add(name)
    return (await firstValueFrom(made[name]?.(given) as Observable<unknown>)) as Fields & readonly Fields[]
  }
  /** What is in no table. */
  const post = (path: string, parameters: Readonly<Record<string, string | number>>) =>
    firstValueFrom(rest.request('POST', path, parameters, t.unknown, { authentication: 'signed' }))
  const table = venue.calls ?? {}
  const has = (name: string) => {
    const { path } = table[name] ?? {}
    return path !== undefined && (typeof path === 'string' || path[rest.version] !== undefined)
  }
  const limit = { symbol, side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity: '0.01', price: '60000' }
  const market = { symbol, side: 'BUY', orderType: 'MARKET', quantity: '0.01' }

  await ask('place', { ...limit, clientOrderId: 'one' })
  await ask('place', market)
  expect(await ask('order', { symbol, clientOrderId: 'one' })).toMatchObject({
    clientOrderId: 'one',
    quantity: '0.010',
  })
  expect(await ask('openOrders', { symbol })).toMatchObject([{ clientOrderId: 'one', price: '60000.00' }])
  const fills = await ask('userTrades', { symbol })
  expect(fills.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(0.01, 9)
  if (has('replace')) {
    const isNew = table['replace']?.isNewOrder === true
    const other = isNew ? { ...limit, replacedClientOrderId: 'one', clientOrderId: 'two' } : { clientOrderId: 'one' }
    const side = venue === binanceFutures ? { side: 'BUY' } : {}
    const terms = { symbol, quantity: '0.02', price: '60001', ...side, ...other, ...(isNew && limit) }
    expect(await ask('replace', terms)).toMatchObject({ quantity: isNew ? '0.010' : '0.020' })
  }
  const [open] = await ask('openOrders', { symbol })
  expect(await ask('cancel', { symbol, clientOrderId: open?.['clientOrderId'] })).toMatchObject({ status: 'CANCELED' })
  await ask('place', limit)
  await ask('cancelAll', { symbol })
  expect(await ask('openOrders', {})).toEqual([])
  if (has('placeMany')) {
    const orders = [
      { ...limit, clientOrderId: 'a' },
      { ...limit, isReduceOnly: true, side: 'BUY' },
    ]
    expect(await ask('placeMany', { orders })).toMatchObject([{ order: { clientOrderId: 'a' } }, { code: -2022 }])
    expect(await ask('cancelMany', { symbol, clientOrderIds: ['a', 'b'] })).toMatchObject([
      { order: { status: 'CANCELED' } },
      { code: -2011 },
    ])
  }
  if (has('positions')) {
    expect(await ask('positions', { symbol })).toMatchObject([{ amount: '0.010', marginType: 'cross' }])
    expect(await ask('positionMode')).toEqual({ isDualSide: false })
    const { base = '' } = rest.paths
    await post(`${base}/order`, { symbol, side: 'SELL', type: 'MARKET', quantity: '0.01' })
    await post(`${base}/marginType`, { symbol, marginType: 'ISOLATED' })
    await ask('place', market)
    await post(`${base}/positionMargin`, { symbol, amount: '5', type: 1 })
    expect(await ask('marginChanges', { symbol })).toMatchObject([
      { amount: '5.00000000', direction: 1, asset: 'USDT' },
    ])
    expect(await ask('positions', { symbol })).toMatchObject([{ marginType: 'isolated' }])
    expect(await ask('forcedOrders')).toEqual([])
  }
  if (has('announcements')) expect(await ask('announcements')).toMatchObject({ total: 0, announcements: [] })
  // What is on a chain is asked elsewhere.
  expect([...done].sort()).toEqual(
    Object.keys(table)
      .filter((name) => has(name) && name !== 'userFills')
      .sort(),
  )
})
