import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as t from 'io-ts'
import { lastValueFrom, type Observable } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { backfill } from '../../../lib/operators/backfill.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { aggTrades, historicalTrades } from '../../../lib/rest/pastTrades.js'
import { seeded, simulate, type MarketEvent } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { madeRecording, START } from './madeRecording.js'
import { units } from './units.js'

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
afterAll(() => rmSync(folder, { recursive: true }))
const written = (name: string, lines: readonly string[]) => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

/** Ninety seconds of a market as somebody recorded it, of these kinds. */
const recorded = (name: string, kinds: readonly MarketEvent['kind'][]) => {
  const { text, events } = madeRecording({ seconds: 90, kinds })
  return { files: written(name, [text.trimEnd()]), events }
}

const all = recorded('all.txt', ['trade', 'aggTrade', 'depth', 'bookTicker', 'kline', 'markPrice'])
const few = recorded('few.txt', ['trade', 'depth'])

const asking = () => ({ method: 'GET', headers: {}, redirect: 'manual', signal: new AbortController().signal }) as const

const opened = (files: string) => {
  const simulation = simulate({ venue: asterFutures, recording: { files } })
  const { fetch, scheduler, pass } = simulation
  const rest = createRest({ venue: asterFutures, apiKey: 'any', fetch, scheduler, random: seeded(1) })
  /** Asks, and lets time pass until it is answered. */
  const asked = async <A>(answer: Observable<A>): Promise<A> => {
    const given = lastValueFrom(answer)
    given.catch(() => undefined)
    await pass(5)
    return given
  }
  const get = <A>(
    path: string,
    codec: t.Type<A, unknown>,
    parameters: Readonly<Record<string, string | number>> = {},
  ) => asked(rest.request('GET', path, { symbol: 'BTCUSDT', ...parameters }, codec))
  /** The answer as it stands, without a client that tries again. */
  const answered = async (path: string) => {
    const answer = fetch(`http://any${path}`, asking())
    await pass(5)
    return [(await answer).status, JSON.parse(await (await answer).text()) as unknown]
  }
  return { ...simulation, rest, asked, get, answered }
}

type Events = readonly (typeof all.events)[number][]
const before = (events: Events, at: number) => events.filter((one) => one.at <= at)

test('the rules of the recorded symbols, with their steps', async () => {
  const { get, close } = opened(all.files)
  const Info = t.type({ symbols: t.array(t.type({ symbol: t.string, filters: t.array(t.UnknownRecord) })) })
  const { symbols } = await get('/fapi/v1/exchangeInfo', Info)
  expect(symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT'])
  expect(symbols[0]?.filters).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ filterType: 'PRICE_FILTER', tickSize: '0.10' }),
      expect.objectContaining({ filterType: 'LOT_SIZE', stepSize: '0.001' }),
    ]),
  )
  await close()
})

test('trades and aggregate trades are those that were recorded so far, to the letter', async () => {
  const { asked, rest, pass, close, scheduler } = opened(all.files)
  await pass(30_000)
  const at = scheduler.now() + 1
  const past = before(all.events, at)
  const trades = past.flatMap(({ kind, event }) => (kind === 'trade' ? [event] : []))
  const aggregates = past.flatMap(({ kind, event }) => (kind === 'aggTrade' ? [event] : []))
  const fromId = trades.at(-20)?.tradeId ?? 0
  const found = await asked(historicalTrades(rest, { symbol: 'BTCUSDT', fromId }))
  expect(found.map(({ tradeId, price, quantity, tradeTime }) => [tradeId, price, quantity, tradeTime])).toEqual(
    trades.slice(-20).map(({ tradeId, price, quantity, tradeTime }) => [tradeId, price, quantity, tradeTime]),
  )
  const fromAggregate = aggregates.at(-20)?.aggregateId ?? 0
  const fields = (one: (typeof aggregates)[number] | undefined) =>
    [one?.aggregateId, one?.price, one?.quantity, one?.firstTradeId, one?.lastTradeId, one?.tradeTime] as const
  expect((await asked(aggTrades(rest, { symbol: 'BTCUSDT', fromId: fromAggregate }))).map(fields)).toEqual(
    aggregates.slice(-20).map(fields),
  )
  await close()
})

const Klines = t.array(t.UnknownArray)

test('klines are those that were recorded, whatever happened before the recording began', async () => {
  const { get, pass, close, scheduler } = opened(all.files)
  await pass(65_000)
  const past = before(all.events, scheduler.now() + 1)
  const bars = new Map(
    past.flatMap(({ kind, event }) => (kind === 'kline' ? [[event.kline.openTime, event.kline]] : [])),
  )
  expect(bars.size).toBe(2)
  expect(await get('/fapi/v1/klines', Klines, { interval: '1m' })).toEqual(
    [...bars.values()].map((bar) => [
      ...[bar.openTime, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.closeTime, bar.quoteVolume],
      ...[bar.tradeCount, bar.takerBuyVolume, bar.takerBuyQuoteVolume, '0'],
    ]),
  )
  await close()
})

test('klines and statistics that were not recorded are what the trades add up to', async () => {
  const { get, pass, close, scheduler } = opened(few.files)
  await pass(60_000)
  const past = before(few.events, scheduler.now() + 1)
  const trades = past.flatMap(({ kind, event }) => (kind === 'trade' ? [event] : []))
  const minutes = [...new Set(trades.map(({ tradeTime }) => Math.floor(tradeTime / 60_000)))]
  const sum = (numbers: readonly bigint[]) => numbers.reduce((one, other) => one + other, 0n)
  const exact = (some: typeof trades) => {
    const prices = some.map(({ price }) => units(price)).toSorted((a, b) => (a < b ? -1 : 1))
    return [
      ...[some[0]?.price ?? '', some.at(-1)?.price ?? ''].map(units),
      ...[prices.at(-1), prices[0]],
      sum(some.map(({ quantity }) => units(quantity))),
      sum(some.map(({ price, quantity }) => (units(price) * units(quantity)) / 100_000_000n)),
    ]
  }
  const bars = await get('/fapi/v1/klines', t.array(t.UnknownArray), { interval: '1m' })
  expect(
    bars.map(([, open, high, low, close, volume, , quote]) =>
      [open, close, high, low, volume, quote].map((one) => units(String(one))),
    ),
  ).toEqual(minutes.map((minute) => exact(trades.filter(({ tradeTime }) => Math.floor(tradeTime / 60_000) === minute))))
  const Day = t.type({
    openPrice: t.string,
    lastPrice: t.string,
    highPrice: t.string,
    lowPrice: t.string,
    volume: t.string,
    quoteVolume: t.string,
    count: t.number,
    firstId: t.number,
    lastId: t.number,
  })
  const { openPrice, lastPrice, highPrice, lowPrice, volume, quoteVolume, ...ids } = await get(
    '/fapi/v1/ticker/24hr',
    Day,
  )
  expect([openPrice, lastPrice, highPrice, lowPrice, volume, quoteVolume].map(units)).toEqual(exact(trades))
  expect(ids).toMatchObject({ count: trades.length, firstId: trades[0]?.tradeId, lastId: trades.at(-1)?.tradeId })
  await close()
})

test('the best prices and the mark price are those that were said last', async () => {
  const { get, pass, close, scheduler } = opened(all.files)
  await pass(20_000)
  const past = before(all.events, scheduler.now() + 1)
  const best = past.findLast(({ kind }) => kind === 'bookTicker')?.event
  const mark = past.findLast(({ kind }) => kind === 'markPrice')?.event
  const Best = t.type({ bidPrice: t.string, askQty: t.string, lastUpdateId: t.number })
  expect(await get('/fapi/v1/ticker/bookTicker', Best)).toMatchObject(
    best && 'bidPrice' in best
      ? { bidPrice: best.bidPrice, askQty: best.askQuantity, lastUpdateId: best.updateId }
      : {},
  )
  expect(await get('/fapi/v1/premiumIndex', t.type({ markPrice: t.string }))).toMatchObject(
    mark && 'markPrice' in mark ? { markPrice: mark.markPrice } : {},
  )
  await close()
})

test('without best prices in the recording they are those of its book', async () => {
  const { get, pass, close, controls } = opened(few.files)
  await pass(20_000)
  const { bids = [], asks = [] } = controls.book('BTCUSDT', 1) ?? {}
  const [bidPrice] = [...bids][0] ?? []
  const [, askQty] = [...asks][0] ?? []
  expect(await get('/fapi/v1/ticker/bookTicker', t.type({ bidPrice: t.string, askQty: t.string }))).toMatchObject({
    ...{ bidPrice, askQty },
  })
  await close()
})

test('what a recording does not say is not made up: the venue cannot answer', async () => {
  const { get, pass, close, answered } = opened(few.files)
  const unavailable = [503, expect.objectContaining({ code: -1001 })]
  await pass(20_000)
  expect(await answered('/fapi/v1/premiumIndex?symbol=BTCUSDT')).toEqual(unavailable)
  expect(await get('/fapi/v1/aggTrades', t.array(t.unknown))).toEqual([])
  await close()
  const early = opened(written('late.txt', [`${START} {"stream":"btcusdt@other","data":{}}`]))
  for (const path of ['ticker/24hr', 'ticker/price', 'ticker/bookTicker'])
    expect(await early.answered(`/fapi/v1/${path}?symbol=BTCUSDT`)).toEqual(unavailable)
  expect(await early.asked(early.rest.request('GET', '/fapi/v1/ticker/price', {}, t.unknown))).toEqual([])
  expect(await early.get('/fapi/v1/trades', t.unknown)).toEqual([])
  await early.close()
})

test('an ordinary client backfills what a lost connection did not bring', async () => {
  const { transport, fetch, scheduler, rest, pass, finish, close, controls } = opened(all.files)
  const random = seeded(1)
  const communicator = websocketCommunicator(asterFutures, {
    transport,
    scheduler,
    random,
    rest: { fetch, scheduler, random },
  })
  const client = createClient({ venue: asterFutures, communicator, scheduler })
  const ids: number[] = []
  const backfilled = new Set<number>()
  client
    .stream('btcusdt@aggTrade')
    .pipe(backfill({ history: (symbol, fromId) => aggTrades(rest, { symbol, fromId }), scheduler }))
    .subscribe(({ aggregateId, isBackfilled }) => {
      ids.push(aggregateId)
      if (isBackfilled) backfilled.add(aggregateId)
    })
  const connection = client.connect()
  await pass(30_000)
  controls.disconnect(1006)
  controls.failUpgrades({ _tag: 'refuse', status: 503 })
  await finish()
  const recordedIds = all.events.flatMap(({ kind, event }) => (kind === 'aggTrade' ? [event.aggregateId] : []))
  expect(ids).toEqual(recordedIds.slice(-ids.length))
  expect(ids.length).toBeGreaterThan(recordedIds.length - 5)
  expect(backfilled.size).toBeGreaterThan(3)
  connection.unsubscribe()
  await close()
})
