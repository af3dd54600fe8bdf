import { createHmac } from 'node:crypto'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { decimal, differences, flag, integer, is, keys, ms, text, type Shape } from './Shape.js'

/*
 * What each venue tells accounts, as its documents write it: just these keys, in any order, of just these types. Nothing
 * here comes from our codecs.
 */

const start = 1_700_000_000_000

const sides = { S: is('BUY', 'SELL'), o: is('LIMIT', 'MARKET'), f: is('GTC', 'IOC', 'FOK', 'GTX') }
const changes = {
  x: is('NEW', 'CANCELED', 'TRADE', 'EXPIRED'),
  X: is('NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED'),
}
const fills = { i: integer, l: decimal, z: decimal, L: decimal, T: ms, t: integer, m: flag }
const paid = { n: decimal, N: text }

const spotReport = {
  ...{ e: is('executionReport'), E: ms, s: is('BTCUSDT'), c: text, ...sides, q: decimal, p: decimal, ap: decimal },
  ...{ P: decimal, ...changes, ...fills, ot: is('LIMIT', 'MARKET'), O: ms, Z: decimal, Y: decimal, Q: decimal },
}
const spotPosition = keys({
  ...{ e: is('outboundAccountPosition'), E: ms, T: ms, m: text },
  B: [keys({ a: is('BTC', 'USDT'), f: decimal, l: decimal })],
})
const futuresOrder = {
  ...{ s: is('BTCUSDT'), c: text, ...sides, q: decimal, p: decimal, ap: decimal, sp: decimal, ...changes, ...fills },
  ...{ b: decimal, a: decimal, R: flag, wt: is('CONTRACT_PRICE'), ot: is('LIMIT', 'MARKET'), ps: is('BOTH') },
  rp: decimal,
}
const orderUpdate = (order: Readonly<Record<string, Shape>>) =>
  keys({ e: is('ORDER_TRADE_UPDATE'), E: ms, T: ms, o: keys(order) })
const holding = {
  ...{ s: is('BTCUSDT'), pa: decimal, ep: decimal, cr: decimal, up: decimal, mt: is('cross'), iw: decimal },
  ps: is('BOTH'),
}
const accountUpdate = keys({
  ...{ e: is('ACCOUNT_UPDATE'), E: ms, T: ms },
  a: keys({
    m: is('ORDER'),
    B: [keys({ a: is('USDT'), wb: decimal, cw: decimal, bc: decimal })],
    P: [keys(holding)],
  }),
})

const ofBinance = { si: is(0), ss: is(0), V: is('NONE'), pm: is('NONE'), gtd: is(0), er: is('0') }
const tradeLite = keys({
  ...{ e: is('TRADE_LITE'), E: ms, T: ms, s: is('BTCUSDT'), q: decimal, p: decimal, m: flag, c: text },
  ...{ S: is('BUY', 'SELL'), L: decimal, l: decimal, t: integer, i: integer },
})

/** An order that waits and is cancelled, one that is filled in two parts, and one that takes. */
const traded = async (venue: Venue, symbol: string, listen: (websocket: string, rest: string) => Promise<Heard>) => {
  const accounts = [{ apiKey: 'mine', secret: 'shared', balances: { USDT: '1000000', BTC: '20' } }]
  const { addresses, controls } = await venueFor({ venue, accounts, scheduler: clockAt(start) })
  const heard = await listen(addresses.websocket, addresses.rest)
  const account = controls.account()
  const buy = { symbol, side: 'BUY', quantity: '0.500' } as const
  account.cancel(symbol, account.place({ ...buy, price: '60000' }).orderId)
  const { orderId } = account.place({ ...buy, price: '61600' })
  account.fill(symbol, orderId, '0.200')
  account.fill(symbol, orderId)
  account.place({ symbol, side: 'SELL', quantity: '0.500' })
  await roundTrip(heard.socket)
  return heard.texts
}

type Heard = Awaited<ReturnType<typeof bareClient>>

const byKey = (path: string, route: string) => async (websocket: string, rest: string) => {
  const answer = await fetch(rest + path, { method: 'POST', headers: { 'X-MBX-APIKEY': 'mine' } })
  const { listenKey } = (await answer.json()) as { readonly listenKey: string }
  return await bareClient(`${websocket}${route}/ws/${listenKey}`)
}

const parsed = (texts: readonly string[]) => texts.map((each) => JSON.parse(each) as Readonly<Record<string, unknown>>)

type Frame = Readonly<Record<string, unknown>>

const fieldsOf = (frame: Frame): Frame => {
  const order = frame['o']
  return typeof order === 'object' ? { ...order } : frame
}

test.each<readonly [string, Venue, string, string, Shape, Shape, Shape]>([
  ['Aster spot', asterSpot, '/api/v1', '', spotPosition, keys(spotReport), keys({ ...spotReport, ...paid })],
  [
    'Aster futures',
    asterFutures,
    '/fapi/v1',
    '',
    accountUpdate,
    orderUpdate(futuresOrder),
    orderUpdate({ ...futuresOrder, ...paid }),
  ],
  [
    'Binance futures',
    binanceFutures,
    '/fapi/v1',
    '/private',
    accountUpdate,
    orderUpdate({ ...futuresOrder, ...ofBinance }),
    orderUpdate({ ...futuresOrder, ...paid, ...ofBinance }),
  ],
])('%s tells orders, fills and balances', async (_, venue, version, route, balances, order, fill) => {
  const frames = parsed(await traded(venue, 'BTCUSDT', byKey(`${version}/listenKey`, route)))
  const wrong = frames.flatMap((frame) => {
    if (frame['e'] === 'TRADE_LITE') return differences(tradeLite, frame)
    const { x } = fieldsOf(frame)
    if (x === undefined) return differences(balances, frame)
    return differences(x === 'TRADE' ? fill : order, frame)
  })
  expect(wrong).toEqual([])
  const told = frames.map((frame) => fieldsOf(frame)['x'])
  expect(told).toEqual(expect.arrayContaining(['NEW', 'CANCELED', 'TRADE', undefined]))
  const lite = frames.filter(({ e }) => e === 'TRADE_LITE')
  expect(lite).toHaveLength(venue === binanceFutures ? told.filter((x) => x === 'TRADE').length : 0)
})

/** BingX writes the same key as a number or as a text. */
const loose: Shape = {
  is: 'number or decimal',
  holds: (u) => typeof u === 'number' || (typeof u === 'string' && /^-?\d+(\.\d+)?(e-\d+)?$/.test(u)),
}

const none: Shape = { is: 'an empty list', holds: (u) => Array.isArray(u) && u.length === 0 }

test('BingX spot tells orders, fills and balances', async () => {
  const texts = await traded(bingxSpot, 'BTC-USDT', async (websocket, rest) => {
    const query = `timestamp=${start}`
    const signature = createHmac('sha256', 'shared').update(query).digest('hex')
    const url = `${rest}/openApi/user/auth/userDataStream?${query}&signature=${signature}`
    const answer = await fetch(url, { method: 'POST', headers: { 'X-BX-APIKEY': 'mine' } })
    const told = (await answer.json()) as {
      readonly listenKey?: string
      readonly data?: { readonly listenKey: string }
    }
    const client = await bareClient(`${websocket}?listenKey=${told.listenKey ?? told.data?.listenKey ?? ''}`)
    for (const dataType of ['spot.executionReport', 'ACCOUNT_UPDATE'])
      await client.ask({ id: dataType, reqType: 'sub', dataType })
    client.texts.splice(0)
    return client
  })
  const report = {
    ...{ e: is('executionReport'), E: ms, s: is('BTC-USDT'), S: is('BUY', 'SELL'), o: is('LIMIT', 'MARKET') },
    ...{ q: loose, p: loose, ...changes, i: loose, l: loose, z: loose, L: loose, n: loose, N: text, T: ms, t: loose },
    ...{ m: flag, O: ms, Q: loose, Z: loose, Y: loose, C: text },
  }
  const wrapped = keys({ code: is(0), dataType: is('spot.executionReport'), data: keys(report) })
  const balance = { a: is('BTC', 'USDT'), wb: loose, cw: loose, bc: loose, lk: loose }
  const update = keys({ e: is('ACCOUNT_UPDATE'), E: ms, T: ms, a: keys({ m: text, B: [keys(balance)], P: none }) })
  const wrong = parsed(texts).flatMap((frame) => differences('dataType' in frame ? wrapped : update, frame))
  expect(wrong).toEqual([])
  const ids = texts.flatMap((each) => /"i":"?(\d+)/.exec(each)?.[1] ?? [])
  expect(ids.length).toBeGreaterThan(3)
  // Beyond what a JSON number holds exactly.
  for (const id of ids) expect(BigInt(id) > 2n ** 53n && String(Number(id)) !== id).toBe(true)
})

test.each<readonly [string, Venue, string, string]>([
  ['Aster spot', asterSpot, '', '/api/v1/listenKey'],
  ['Aster futures', asterFutures, '', '/fapi/v1/listenKey'],
  ['Binance futures', binanceFutures, '/private', '/fapi/v1/listenKey'],
])('%s tells that a key expired, raw and wrapped', async (_, venue, route, path) => {
  const { addresses, controls } = await venueFor({ venue, scheduler: clockAt(start) })
  await fetch(addresses.rest + path, { method: 'POST', headers: { 'X-MBX-APIKEY': 'mine' } })
  const [key = ''] = controls.listenKeys()
  const some = await bareClient(`${addresses.websocket}${route}/ws/${key}`)
  const others = await bareClient(`${addresses.websocket}${route}/stream?streams=${key}`)
  controls.expireListenKey(key)
  const told = `{"e":"listenKeyExpired","E":${start},"listenKey":"${key}"}`
  expect(await some.until(1)).toEqual([told])
  expect(await others.until(1)).toEqual([`{"stream":"${key}","data":${told}}`])
})
