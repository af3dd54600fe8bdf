import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as t from 'io-ts'
import type { Observable } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import {
  seeded,
  simulate,
  touchFills,
  tradeThroughFills,
  type FillModel,
  type RecordingConfig,
} from '../../../lib/simulation/index.js'
import { asterFutures, type AsterFutures } from '../../../lib/venues/asterFutures.js'
import { madeRecording, START, type MadeRecordingConfig } from './madeRecording.js'
import { units } from './units.js'

const start = START
const account = { apiKey: 'mine', secret: 'shared' }
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A minute of a market as somebody recorded it, and what it was made of. */
const recorded = (name: string, config: MadeRecordingConfig = {}) => {
  const { text, events } = madeRecording(config)
  const file = join(folder, `${name}.txt`)
  writeFileSync(file, text)
  return { file, events }
}

const minute = recorded('minute')

/** A client with an account before the venue whose market is a recording. */
const trading = (recording: Partial<RecordingConfig> & { files?: string } = {}, latency = 20) => {
  const simulation = simulate({
    ...{ venue: asterFutures, accounts: [account], latency },
    recording: { files: minute.file, ...recording },
  })
  const { transport, fetch, scheduler, controls } = simulation
  const random = seeded(1)
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const communicator = mergeCommunicators(
    websocketCommunicator(asterFutures, config),
    accountCommunicator(asterFutures, account, config),
  )
  const client = createClient<AsterFutures>({
    venue: asterFutures,
    communicator,
    scheduler,
    streams: ['btcusdt@trade'],
  })
  const rest = createRest({
    venue: asterFutures,
    fetch,
    scheduler,
    random,
    signer: hmacSigner({ venue: asterFutures, ...account }),
  })
  const order = (parameters: Readonly<Record<string, string>>): Observable<unknown> =>
    rest.request('POST', '/fapi/v1/order', { symbol: 'BTCUSDT', ...parameters }, t.UnknownRecord, {
      authentication: 'signed',
    })
  return { ...simulation, client, order, own: controls.account() }
}

/** The best bid of the recorded book. */
const bestBid = ({ controls }: Pick<ReturnType<typeof trading>, 'controls'>): string => {
  const [first] = controls.book('BTCUSDT', 1)?.bids ?? []
  return first?.[0] ?? '0'
}

test('a client hears each recorded trade once, with the text that was recorded, and its book is that of the recording', async () => {
  const { client, finish, close, controls, unsynced } = trading()
  const heard: unknown[] = []
  const states: string[] = []
  client.trade$.subscribe(({ tradeId, price, quantity }) => heard.push([tradeId, price, quantity]))
  client.book('BTCUSDT').subscribe((state) => {
    if (state._tag === 'Synced')
      states.push(`${state.book.lastUpdateId} ${state.top.bid?.price} ${state.top.ask?.price}`)
  })
  const connection = client.connect()
  await finish()
  const recordedTrades = minute.events.flatMap(({ kind, event, at }) =>
    // The client has connected by then, a way of 20 ms there and back.
    kind === 'trade' && at > start + 100 ? [[event.tradeId, event.price, event.quantity]] : [],
  )
  expect(recordedTrades.length).toBeGreaterThan(50)
  expect(heard.slice(-recordedTrades.length)).toEqual(recordedTrades)
  const last = minute.events.findLast(({ kind }) => kind === 'depth')?.event
  expect(states.at(-1)?.split(' ')[0]).toBe(String(last && 'lastUpdateId' in last && last.lastUpdateId))
  expect(controls.book('BTCUSDT')?.lastUpdateId).toBe(last && 'lastUpdateId' in last && last.lastUpdateId)
  // A snapshot is a book with the first update that follows it.
  expect(unsynced()).toEqual([{ symbol: 'BTCUSDT', from: start, to: start + 100 }])
  connection.unsubscribe()
  await close()
})

test('a stop is set off by the first recorded trade that reaches it', async () => {
  const { client, order, own, pass, finish, close, scheduler } = trading()
  const connection = client.connect()
  await pass(5_000)
  const trades = minute.events.flatMap(({ at, kind, event }) => (kind === 'trade' ? [{ at, price: event.price }] : []))
  const later = trades.filter(({ at }) => at > scheduler.now() + 1_000)
  const lowest = later.reduce((least, { price }) => Math.min(least, Number(price)), Infinity)
  const reachedAt = later.find(({ price }) => Number(price) <= lowest)?.at
  const told: unknown[] = []
  client.orderUpdate$.subscribe(({ transactionTime, order: { executionType, status, orderType } }) =>
    told.push([transactionTime, executionType, status, orderType]),
  )
  order({ side: 'SELL', type: 'STOP_MARKET', stopPrice: lowest.toFixed(1), quantity: '0.001' }).subscribe()
  await pass(500)
  expect(own.orders()).toMatchObject([{ type: 'STOP_MARKET', status: 'NEW' }])
  await finish()
  expect(told.slice(1)).toEqual([
    [reachedAt, 'NEW', 'NEW', 'MARKET'],
    [reachedAt, 'TRADE', 'FILLED', 'MARKET'],
  ])
  connection.unsubscribe()
  await close()
})

test('an order by REST is live after a way, reported after another, and filled by no trade before that', async () => {
  const { client, order, pass, finish, close, controls, scheduler } = trading({ fills: touchFills }, 300)
  const reports: { at: number; type: string; time: number; price: string; quantity: string }[] = []
  client.orderUpdate$.subscribe(({ order: { executionType, lastFilledPrice, lastFilledQuantity, tradeTime } }) =>
    reports.push({
      at: scheduler.now(),
      ...{ type: executionType, time: tradeTime, price: lastFilledPrice, quantity: lastFilledQuantity },
    }),
  )
  const connection = client.connect()
  await pass(5_000)
  const price = bestBid({ controls })
  const placed = scheduler.now()
  order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '9.000', price }).subscribe()
  await finish()
  expect(reports[0]).toMatchObject({ type: 'NEW', at: placed + 600, time: placed + 300 })
  const fills = reports.filter(({ type }) => type === 'TRADE')
  expect(fills.length).toBeGreaterThan(1)
  for (const fill of fills) {
    expect(fill.at).toBe(fill.time + 300)
    expect(fill.price).toBe(price)
    // What traded at that price or below, by sellers, at that moment.
    const traded = minute.events.flatMap(({ at, kind, event }) =>
      kind === 'trade' && at === fill.time && event.isBuyerMaker && Number(event.price) <= Number(price)
        ? [Math.round(Number(event.quantity) * 1_000)]
        : [],
    )
    expect(fill.time).toBeGreaterThanOrEqual(placed + 300)
    expect(traded).toContainEqual(expect.any(Number))
    expect(Math.round(Number(fill.quantity) * 1_000)).toBeLessThanOrEqual(traded.reduce((a, b) => a + b, 0))
  }
  connection.unsubscribe()
  await close()
})

/** Buys at the bid and sells at the ask each second, takes now and then, and gives all that was reported. */
const tradeAll = async (fills: FillModel) => {
  const all = trading({ fills })
  const { client, own, pass, close, scheduler, controls } = all
  const hash = createHash('sha256')
  const reports: Readonly<Record<'side' | 'price' | 'quantity' | 'commission', string>>[] = []
  client.message$.subscribe(({ kind, event }) => hash.update(`${scheduler.now()} ${kind} ${JSON.stringify(event)}`))
  client.orderUpdate$.subscribe(({ order }) => {
    if (order.executionType !== 'TRADE') return
    const { side, lastFilledPrice: price, lastFilledQuantity: quantity, commission = '0' } = order
    reports.push({ side, price, quantity, commission })
  })
  const connection = client.connect()
  for (let second = 1; second < 62; second++) {
    await pass(1_000)
    const { bids = [], asks = [] } = controls.book('BTCUSDT', 1) ?? {}
    const [[bid = '0'] = [], [ask = '0'] = []] = [[...bids][0], [...asks][0]]
    own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.137', price: second % 7 === 0 ? ask : bid })
    own.place({ symbol: 'BTCUSDT', side: 'SELL', quantity: '0.211', price: ask })
  }
  // All is sold at last, or bought back, so that all of it is cash.
  for (const { status, orderId } of own.orders())
    if (status === 'NEW' || status === 'PARTIALLY_FILLED') own.cancel('BTCUSDT', orderId)
  const amount = Number(own.positions()[0]?.amount)
  if (amount !== 0)
    own.place({ symbol: 'BTCUSDT', side: amount < 0 ? 'BUY' : 'SELL', quantity: Math.abs(amount).toFixed(3) })
  await pass(1_000)
  const result = { reports, hash: hash.digest('hex'), balances: own.balances(), positions: own.positions() }
  connection.unsubscribe()
  await close()
  return result
}

test('position and cash add up to the last digit', async () => {
  const { reports, balances, positions } = await tradeAll(touchFills)
  expect(reports.length).toBeGreaterThan(20)
  let position = 0n
  let cash = units('1000000')
  for (const { side, price, quantity, commission } of reports) {
    const sign = side === 'BUY' ? 1n : -1n
    position += sign * units(quantity)
    cash -= sign * ((units(price) * units(quantity)) / 100_000_000n) + units(commission)
  }
  expect(position).toBe(0n)
  expect(positions.map(({ amount }) => Number(amount))).toEqual([0])
  expect(balances.map(({ free, locked }) => [units(free), units(locked)])).toEqual([[cash, 0n]])
})

test('the same recording, seed and code give the same events, orders and fills, and another model others', async () => {
  const first = await tradeAll(touchFills)
  expect(await tradeAll(touchFills)).toEqual(first)
  expect((await tradeAll(tradeThroughFills)).hash).not.toBe(first.hash)
})

test('in whatever steps time passes, the same happens at the same times', async () => {
  const run = async (play: (simulation: ReturnType<typeof trading>) => Promise<unknown>) => {
    const all = trading({ fills: touchFills })
    const { client, own, scheduler, controls } = all
    const hash = createHash('sha256')
    client.message$.subscribe(({ kind, event }) => hash.update(`${scheduler.now()} ${kind} ${JSON.stringify(event)}`))
    client.book('BTCUSDT').subscribe(({ _tag }) => hash.update(`${scheduler.now()} ${_tag}`))
    scheduler.schedule(function () {
      const price = bestBid({ controls })
      if (price !== '0') own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.100', price })
      this.schedule(undefined, 5_000)
    }, 5_000)
    const connection = client.connect()
    await play(all)
    const orders = own.orders()
    connection.unsubscribe()
    await all.close()
    return { hash: hash.digest('hex'), orders }
  }
  const atOnce = await run(({ pass }) => pass(61_000))
  expect(atOnce.orders.filter(({ status }) => status === 'FILLED').length).toBeGreaterThan(5)
  const inSteps = async ({ pass }: ReturnType<typeof trading>) => {
    for (let passed = 0; passed < 61_000; passed += 305) await pass(305)
  }
  expect(await run(inSteps)).toEqual(atOnce)
})

test('F05 F19 a lost connection and a lost update are found, over a recording, too', async () => {
  const { client, pass, close, controls } = trading()
  const states: string[] = []
  client.book('BTCUSDT').subscribe(({ _tag }) => {
    if (states.at(-1) !== _tag) states.push(_tag)
  })
  const connection = client.connect()
  await pass(2_000)
  controls.disconnect(1006)
  await pass(3_000)
  controls.failDepth('drop')
  await pass(3_000)
  expect(states).toEqual(['Syncing', 'Synced', 'Syncing', 'Synced', 'Syncing', 'Synced'])
  connection.unsubscribe()
  await close()
})

test('where the recording has a hole nothing is filled, and the time is marked', async () => {
  const gapAt = start + 10_000
  const { file } = recorded('hole', { seconds: 20, gapAt })
  const { own, pass, finish, close, controls, unsynced } = trading({ files: file, fills: touchFills })
  await pass(9_000)
  own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '200.000', price: bestBid({ controls }) })
  await pass(1_000)
  const before = own.orders()[0]?.filledQuantity
  await finish()
  expect(own.orders()[0]?.filledQuantity).toBe(before)
  expect(unsynced().at(-1)).toEqual({ symbol: 'BTCUSDT', from: expect.any(Number) as number, to: undefined })
  expect((unsynced().at(-1)?.from ?? 0) - gapAt).toBeLessThan(1_000)
  await close()
})

test('the market takes an order at a test’s word, and all of ours before it', async () => {
  const { own, pass, close, controls } = trading()
  await pass(1_000)
  const price = bestBid({ controls })
  const [one, two] = [1, 2].map(() => own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price }))
  expect(own.fill('BTCUSDT', two?.orderId ?? '', '0.004').filledQuantity).toBe('0.004')
  expect(own.orders().find(({ orderId }) => orderId === one?.orderId)?.status).toBe('FILLED')
  expect(own.cancel('BTCUSDT', two?.orderId ?? '').status).toBe('CANCELED')
  await close()
})

test('latency is drawn from the recording: as late as its last event was, beyond the quickest', async () => {
  const file = join(folder, 'late.txt')
  const trade = (sent: number, came: number) =>
    `${start + came} {"stream":"btcusdt@markPrice","data":{"e":"markPriceUpdate","E":${start + sent},"s":"BTCUSDT","p":"1","i":"1","P":"1","r":"0","T":0}}`
  writeFileSync(file, [trade(0, 500), trade(1_000, 1_540), ''].join('\n'))
  const { transport, scheduler, pass, close } = simulate({
    ...{ venue: asterFutures, latency: 'recorded', recording: { files: file } },
  })
  const opened: number[] = []
  const connect = () => transport('wss://any/ws').event$.subscribe(() => opened.push(scheduler.now() - start))
  await pass(1)
  connect()
  await pass(2_000)
  connect()
  await pass(100)
  // There and back: 1 ms each, and 40 ms more after the second.
  expect(opened).toEqual([503, 2_583])
  await close()
})

test('a recording stays as it is, and plays by itself', async () => {
  const { pass, close, controls } = trading()
  await pass(1_000)
  controls.run()
  expect(() => controls.step()).toThrow(new TypeError('step: a recording plays as it came; expected pass()'))
  expect(() => simulate({ venue: asterFutures, recording: { files: minute.file }, replay: [] })).toThrow(
    new TypeError('simulate: expected a recording or a replay, came both'),
  )
  expect(() => controls.restartIds('BTCUSDT')).toThrow(
    new TypeError("restartIds: expected a market of the venue's own; a recording stays as it is"),
  )
  await close()
})
