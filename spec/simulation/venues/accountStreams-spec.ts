import { createHmac } from 'node:crypto'
import { isRight } from 'fp-ts/lib/Either.js'
import { firstValueFrom } from 'rxjs'
import { parse } from '../../../lib/parser/parse.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { listenKeyCalls } from '../../../lib/rest/listenKeyCalls.js'
import { frame } from '../../../lib/Signal.js'
import type { VenueConfig } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials } from './signedCaller.js'

const start = 1_700_000_000_000
const ping = { every: Infinity, within: Infinity }

type Fields = Readonly<Record<string, unknown>>

const opened = async (venue: Venue, config: Partial<VenueConfig> = {}) => {
  const accounts = [{ ...credentials, balances: { USDT: '1000000', BTC: '20' } }]
  const simulated = await venueFor({ venue, accounts, scheduler: clockAt(start), ping, ...config })
  const path = venue.rest.versions['v1']?.listenKey?.path ?? ''
  const key = async () => {
    const init = { method: 'POST', headers: { [venue.rest.apiKeyHeader]: credentials.apiKey } }
    const { listenKey } = (await (await fetch(simulated.addresses.rest + path, init)).json()) as { listenKey: string }
    return listenKey
  }
  const listen = async (address: string) => {
    const { socket, texts } = await bareClient(simulated.addresses.websocket + address)
    /** What came since the last time. */
    return async <A extends object = Fields>() => {
      await roundTrip(socket)
      return texts.splice(0).map((text) => JSON.parse(text) as A)
    }
  }
  return { ...simulated, key, listen, account: simulated.controls.account() }
}

const buy = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.500' } as const

test('Aster spot: an order that waits, and is cancelled, raw and wrapped', async () => {
  const { key, listen, account } = await opened(asterSpot)
  const listenKey = await key()
  const [raw, wrapped] = [await listen(`/ws/${listenKey}`), await listen(`/stream?streams=${listenKey}`)]
  const { orderId } = account.place({ ...buy, price: '60000', clientOrderId: 'mine' })
  account.cancel('BTCUSDT', orderId)
  const report = {
    e: 'executionReport',
    E: start,
    s: 'BTCUSDT',
    c: 'mine',
    S: 'BUY',
    o: 'LIMIT',
    f: 'GTC',
    q: '0.500',
    p: '60000.00',
    ap: '0.0000000000000000',
    P: '0',
    x: 'NEW',
    X: 'NEW',
    i: 8_886_774,
    l: '0.000',
    z: '0.000',
    L: '0',
    T: start,
    t: -1,
    m: false,
    ot: 'LIMIT',
    O: start,
    Z: '0.00000000',
    Y: '0.00000000',
    Q: '0.00000000',
  }
  const position = (free: string, locked: string) => ({
    e: 'outboundAccountPosition',
    E: start,
    T: start,
    m: 'ORDER',
    B: [
      { a: 'USDT', f: free, l: locked },
      { a: 'BTC', f: '20.00000000', l: '0.00000000' },
    ],
  })
  const expected = [
    report,
    position('970000.00000000', '30000.00000000'),
    { ...report, x: 'CANCELED', X: 'CANCELED' },
    position('1000000.00000000', '0.00000000'),
  ]
  expect(await raw()).toEqual(expected)
  expect(await wrapped()).toEqual(expected.map((data) => ({ stream: listenKey, data })))
})

test('Aster futures: a fill tells the position before the order', async () => {
  const { key, listen, account, controls } = await opened(asterFutures)
  const heard = await listen(`/ws/${await key()}`)
  const best = [...(controls.book('BTCUSDT', 1)?.asks ?? [])][0]
  const { orderId } = account.place({ ...buy, quantity: '0.001', price: best?.[0] ?? '' })
  const price = Number(best?.[0])
  const fee = (price * 0.001 * 0.0004).toFixed(8)
  const order = {
    s: 'BTCUSDT',
    S: 'BUY',
    o: 'LIMIT',
    f: 'GTC',
    q: '0.001',
    p: best?.[0],
    sp: '0',
    i: Number(orderId),
    T: start,
    a: '0.00000000',
    m: false,
    R: false,
    wt: 'CONTRACT_PRICE',
    ot: 'LIMIT',
    ps: 'BOTH',
    rp: '0.00000000',
  }
  const [placed, account_, filled, ...more] = await heard()
  expect(placed).toMatchObject({
    e: 'ORDER_TRADE_UPDATE',
    E: start,
    o: { ...order, x: 'NEW', X: 'NEW', ap: '0.00000', l: '0.000', z: '0.000', L: '0', t: 0 },
  })
  expect(placed).not.toHaveProperty('o.n')
  expect(account_).toEqual({
    e: 'ACCOUNT_UPDATE',
    E: start,
    T: start,
    a: {
      m: 'ORDER',
      B: [{ a: 'USDT', wb: (1_000_000 - Number(fee)).toFixed(8), cw: (1_000_000 - Number(fee)).toFixed(8), bc: '0' }],
      P: [
        {
          s: 'BTCUSDT',
          pa: '0.001',
          ep: price.toFixed(5),
          cr: '0.00000000',
          up: '0.00000000',
          mt: 'cross',
          iw: '0',
          ps: 'BOTH',
        },
      ],
    },
  })
  expect(filled).toMatchObject({
    e: 'ORDER_TRADE_UPDATE',
    o: {
      ...order,
      x: 'TRADE',
      X: 'FILLED',
      ap: price.toFixed(5),
      l: '0.001',
      z: '0.001',
      L: best?.[0],
      n: fee,
      N: 'USDT',
      t: 3_000_001,
      b: '0.00000000',
    },
  })
  expect(more).toEqual([])
})

test('BingX: who asked for it, ids digit for digit, balances without an envelope', async () => {
  const { addresses, account } = await opened(bingxSpot)
  const signer = hmacSigner({ ...credentials, venue: bingxSpot })
  // Its clock is years ahead of the venue's, and is set.
  const rest = createRest({ venue: bingxSpot, endpoint: addresses.rest, signer })
  const listenKey = await firstValueFrom(listenKeyCalls(rest).create())
  const client = await bareClient(`${addresses.websocket}?listenKey=${listenKey}`)
  for (const dataType of ['spot.executionReport', 'ACCOUNT_UPDATE'])
    await client.ask({ id: dataType, reqType: 'sub', dataType })
  account.place({ ...buy, symbol: 'BTC-USDT', price: '60000' })
  const texts = (await client.until(4)).slice(2)
  expect(texts[0]).toContain('"i":1812112568701845504,')
  expect(texts[0]).toMatch(/^\{"code":0,"dataType":"spot.executionReport","data":\{"e":"executionReport"/)
  expect(texts[1]).toMatch(/^\{"e":"ACCOUNT_UPDATE","E":1700000000000,.*"lk":"30000.00000000"/)
  const read = texts.map((text) => parse(bingxSpot)(frame(text, 0)))
  expect(read).toMatchObject([
    { right: { kind: 'executionReport', event: { orderId: '1812112568701845504', status: 'NEW', commission: '0' } } },
    { right: { kind: 'accountUpdate', event: { account: { reason: 'ORDER' } } } },
  ])
})

describe.each<readonly [string, Venue, (data: Fields) => Fields]>([
  ['Aster spot', asterSpot, (data) => data],
  ['Aster futures', asterFutures, (data) => data['o'] as Fields],
])('%s: an account and the market tell the same', (_, venue, orderOf) => {
  const names = ['trade', 'aggTrade', 'depth@100ms'].map((name) => `btcusdt@${name}`)

  test.each([1, 2, 3])('market %s', async (seed) => {
    const { key, listen, account, controls } = await opened(venue, { seed })
    const heard = await listen(`/ws/${await key()}`)
    const market = await listen(`/stream?streams=${names.join('/')}`)
    for (let i = 0; i < 12; i++) {
      const { bids, asks } = controls.book('BTCUSDT', 3) ?? { bids: [], asks: [] }
      const side = i % 2 === 0 ? 'BUY' : 'SELL'
      const at = [...(side === 'BUY' ? bids : asks)][i % 3]?.[0] ?? '0'
      account.place({ symbol: 'BTCUSDT', side, quantity: '0.250', price: at })
      if (i % 4 === 3) account.place({ symbol: 'BTCUSDT', side, quantity: '0.750' })
      controls.step(5)
      const [[bid], [ask]] = [
        [...(controls.book('BTCUSDT', 1)?.bids ?? [])],
        [...(controls.book('BTCUSDT', 1)?.asks ?? [])],
      ]
      expect(Number(bid?.[0])).toBeLessThan(Number(ask?.[0]))
    }
    const events = await heard()
    const reports = events.flatMap((data) =>
      ['executionReport', 'ORDER_TRADE_UPDATE'].includes(String(data['e'])) ? [orderOf(data)] : [],
    )
    const fills = reports.filter(({ x }) => x === 'TRADE')
    const said = await market<{ readonly stream: string; readonly data: Fields }>()
    const trades = said.flatMap(({ stream, data }) => (stream === names[0] ? [data] : []))
    const makers = fills.filter(({ m }) => m === true)
    expect([makers.length > 3, fills.length - makers.length > 3]).toEqual([true, true])
    const times = events.map(({ E }) => E)
    expect(times).toEqual(times.toSorted())
    for (const fill of fills) {
      const trade = trades.find(({ t }) => t === fill['t'])
      expect(trade).toMatchObject({ p: fill['L'], q: fill['l'], T: fill['T'] })
      // The buyer waited where our order waited and bought, or took and sold.
      expect(trade?.['m']).toBe((fill['m'] === true) === (fill['S'] === 'BUY'))
      const inAggregate = said.filter(
        ({ stream, data }) =>
          stream === names[1] && Number(data['f']) <= Number(fill['t']) && Number(fill['t']) <= Number(data['l']),
      )
      expect(inAggregate.map(({ data }) => data['p'])).toEqual([fill['L']])
    }
    for (const { orderId, filledQuantity, status } of account.orders()) {
      const own = reports.filter(({ i }) => String(i) === orderId)
      const lots = own.reduce((sum, { l }) => sum + Math.round(Number(l) * 1000), 0)
      expect((lots / 1000).toFixed(3)).toBe(filledQuantity)
      expect(own.at(-1)).toMatchObject({ X: status, z: filledQuantity })
    }
    for (const data of [...events, ...said]) expect(isRight(parse(venue)(frame(JSON.stringify(data), 0)))).toBe(true)
    const { free, locked } = account.balances().find(({ asset }) => asset === 'USDT') ?? { free: '', locked: '' }
    const last = events.findLast((data) => 'B' in data || 'a' in data)
    const [told] = (last?.['B'] ?? (last?.['a'] as Fields)['B']) as readonly Fields[]
    if (venue.name === 'asterSpot') expect(told).toEqual({ a: 'USDT', f: free, l: locked })
    else expect(Number(told?.['wb'])).toBeCloseTo(Number(free) + Number(locked), 6)
  })
})

test('the book shows an order’s level, and its end', async () => {
  const { listen, account, controls } = await opened(asterFutures, { pause: 1e9 })
  const depth = await listen('/ws/btcusdt@depth@100ms')
  const { orderId } = account.place({ ...buy, price: '50000.0' })
  controls.step()
  account.fill('BTCUSDT', orderId, '0.200')
  controls.step()
  account.cancel('BTCUSDT', orderId)
  controls.step()
  const [placed, filled, cancelled] = await depth()
  expect(placed).toMatchObject({ b: [['50000.00', '0.500']], a: [] })
  expect(filled?.['b']).toContainEqual(['50000.00', '0.300'])
  expect(cancelled).toMatchObject({ b: [['50000.00', '0.000']], a: [], pu: filled?.['u'] })
})

test('what happens while nobody listens is lost to the stream, and REST tells it', async () => {
  const { key, listen, account, controls } = await opened(asterSpot)
  const order = account.place({ ...buy, price: '60000' })
  const listenKey = await key()
  const heard = await listen(`/ws/${listenKey}`)
  expect(await heard()).toEqual([])
  controls.disconnect(1001)
  account.fill('BTCUSDT', order.orderId, '0.100')
  expect(await (await listen(`/ws/${listenKey}`))()).toEqual([])
  expect(account.orders()).toMatchObject([{ status: 'PARTIALLY_FILLED', filledQuantity: '0.100' }])
})

test('a key that expired tells nothing any more', async () => {
  const { key, listen, account, controls } = await opened(asterSpot)
  const listenKey = await key()
  expect(await key()).toBe(listenKey)
  const heard = await listen(`/ws/${listenKey}`)
  controls.expireListenKey(listenKey)
  account.place({ ...buy, price: '60000' })
  expect((await heard()).map(({ e }) => e)).toEqual(['listenKeyExpired'])
})

test.each([
  ['drop', ['outboundAccountPosition']],
  ['duplicate', ['executionReport', 'executionReport', 'outboundAccountPosition']],
  ['reorder', ['outboundAccountPosition', 'executionReport']],
] as const)('an account event can go wrong: %s', async (fault, names) => {
  const { key, listen, account, controls } = await opened(asterSpot)
  const heard = await listen(`/ws/${await key()}`)
  controls.failAccount(fault)
  account.place({ ...buy, price: '60000' })
  expect((await heard()).map(({ e }) => e)).toEqual(names)
  account.place({ ...buy, price: '60000' })
  expect((await heard()).map(({ e }) => e)).toEqual(['executionReport', 'outboundAccountPosition'])
})

test('an order whose answer never comes was placed all the same', async () => {
  const { key, addresses, controls } = await opened(asterSpot)
  const client = await bareClient(`${addresses.websocket}/ws/${await key()}`)
  controls.failRest('order', { _tag: 'silent' })
  const given = new AbortController()
  const text = `symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&timestamp=${start}`
  const signature = createHmac('sha256', credentials.secret).update(text).digest('hex')
  const answer = fetch(`${addresses.rest}/api/v1/order?${text}&signature=${signature}`, {
    method: 'POST',
    headers: { 'X-MBX-APIKEY': credentials.apiKey },
    signal: given.signal,
  })
  await client.until(2)
  // An answer would be here before that of a later call.
  await (await fetch(`${addresses.rest}/api/v1/time`)).text()
  given.abort()
  await expect(answer).rejects.toThrow('abort')
  expect(controls.account().orders()).toMatchObject([{ status: 'FILLED' }])
})

test('an order after a long rest has the time of now, not of the last step', async () => {
  const clock = clockAt(start)
  const { key, listen, account, controls } = await opened(asterSpot, { scheduler: clock })
  const heard = await listen(`/ws/${await key()}`)
  clock.pass(60_050)
  account.place({ ...buy, price: '60000' })
  controls.step()
  account.place({ ...buy, price: '60000' })
  const times = (await heard()).map(({ E }) => Number(E) - start)
  expect([times[0], times[2]]).toEqual([60_000, 60_100])
})

test('the same seed, steps and orders give the same events', async () => {
  const once = async () => {
    const { key, listen, account, controls } = await opened(asterSpot)
    const heard = await listen(`/stream?streams=${await key()}/btcusdt@trade/btcusdt@depth@100ms`)
    for (let i = 0; i < 5; i++) {
      account.place({ ...buy, side: i % 2 === 0 ? 'BUY' : 'SELL' })
      controls.step(4)
    }
    return heard()
  }
  const first = await once()
  expect(first.length).toBeGreaterThan(30)
  expect(await once()).toEqual(first)
})

describe('by hand', () => {
  test('what the venue would refuse is thrown in its words', async () => {
    const { account, controls } = await opened(asterSpot)
    expect(() => account.place({ ...buy, symbol: 'NOSUCH', price: '1' })).toThrow(
      '{"code":-1121,"msg":"Invalid symbol."}',
    )
    expect(() => account.place({ ...buy, quantity: '100', price: '60000' })).toThrow('-2010')
    expect(() => account.cancel('BTCUSDT', '1')).toThrow('-2011')
    expect(() => account.fill('BTCUSDT', '1')).toThrow('-2011')
    const { orderId } = account.place({ ...buy, price: '60000' })
    expect(() => account.fill('BTCUSDT', orderId, '0')).toThrow('expected at least 0.001')
    expect(() => controls.account(1)).toThrow('expected one of the 1 accounts')
    expect(() => controls.account('another')).toThrow('expected one of the 1 accounts')
  })

  test('an account is found by its key, or its wallet', async () => {
    const wallet = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
    const { controls } = await opened(asterSpot, { accounts: [{ ...credentials, signer: wallet.toLowerCase() }] })
    controls.account().place({ ...buy, price: '60000' })
    expect(controls.account('mine').orders()).toHaveLength(1)
    expect(controls.account(wallet).orders()).toHaveLength(1)
    const strangers = await venueFor({ venue: asterSpot })
    strangers.controls.account('anybody').place({ ...buy, price: '60000' })
    expect(strangers.controls.account('anybody').balances()).toEqual([
      { asset: 'BTC', free: '1000.00000000', locked: '0.00000000' },
      { asset: 'USDT', free: '970000.00000000', locked: '30000.00000000' },
    ])
    expect(strangers.controls.account('nobody').orders()).toEqual([])
  })

  test('an order can be filled, whole or in part, with what goes before it', async () => {
    const { account, controls } = await opened(asterFutures, { pause: 1e9 })
    const { orderId } = account.place({ ...buy, price: '61680.0' })
    expect(account.fill('BTCUSDT', orderId, '0.1')).toMatchObject({
      status: 'PARTIALLY_FILLED',
      filledQuantity: '0.100',
    })
    expect(controls.book('BTCUSDT', 1)?.bids).toEqual([['61680.00', expect.any(String)]])
    expect(account.fill('BTCUSDT', orderId)).toMatchObject({ status: 'FILLED', filledQuote: '30840.00000000' })
    expect(account.positions()).toMatchObject([{ symbol: 'BTCUSDT', amount: '0.500', entryPrice: '61680.00000' }])
  })
})
