import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createClient } from '../../../lib/client/createClient.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { seeded, simulate, simulateTogether, touchFills, type Simulation } from '../../../lib/simulation/index.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { simulatedRecording } from '../../../scripts/simulatedRecording.js'
import { fc, test as property } from '../../property.js'
import { shared } from '../../helpers/shared.js'
import { units } from './units.js'

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
afterAll(() => rmSync(folder, { recursive: true }))

const start = 1_700_000_000_000
let files = 0
const written = (text: string) => {
  const path = join(folder, `${files++}.txt`)
  writeFileSync(path, text)
  return path
}

const trade = (id: number) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":${start},"s":"BTCUSDT","t":${id},"p":"1.0","q":"2.0","T":${start},"m":true,"X":"MARKET"}}`

/** What clients of a simulation are made of. */
const reached = (venue: Venue, { transport, fetch, scheduler }: Simulation) => {
  const random = seeded(1)
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const account = { apiKey: 'mine', secret: 'mine' }
  return {
    communicator: mergeCommunicators(websocketCommunicator(venue, config), accountCommunicator(venue, account, config)),
    scheduler,
  }
}
const spotClient = (simulation: Simulation) =>
  createClient({ venue: binanceSpot, ...reached(binanceSpot, simulation), streams: ['btcusdt@trade'] })
const perpetualClient = (simulation: Simulation) =>
  createClient({ venue: binanceFutures, ...reached(binanceFutures, simulation), streams: ['btcusdt@trade'] })

const accounts = [{ apiKey: 'mine', secret: 'mine' }]

/** Two clients, and what they hear of trades, in the order in which they hear it. */
const heard = async (
  spotFile: string,
  perpetualFile: string,
  { begin = start, from }: { begin?: number; from?: number } = {},
) => {
  const [spot, perpetual] = simulateTogether(
    [
      { venue: binanceSpot, accounts, latency: 0, recording: { files: spotFile } },
      { venue: binanceFutures, accounts, latency: 0, recording: { files: perpetualFile } },
    ],
    { start: begin - 1_000, ...(from !== undefined && { from }) },
  )
  const out: string[] = []
  const clients = [spotClient(spot), perpetualClient(perpetual)] as const
  clients.forEach((client, i) =>
    client.trade$.subscribe(({ tradeId }) => out.push(`${client.scheduler.now() - begin} ${i} ${tradeId}`)),
  )
  const connections = clients.map((client) => client.connect())
  await perpetual.finish()
  expect(spot.scheduler).toBe(perpetual.scheduler)
  for (const connection of connections) connection.unsubscribe()
  await Promise.all([spot.close(), perpetual.close()])
  return out
}

property.prop([fc.array(fc.nat(40), { maxLength: 20 }), fc.array(fc.nat(40), { maxLength: 20 })], { numRuns: 15 })(
  'all that both recordings have comes, by time, equal times in the order of the list',
  async (...lists) => {
    const [one = '', other = ''] = lists.map((times, i) =>
      written(
        times
          .toSorted((a, b) => a - b)
          .map((time, n) => `${start + time} ${trade(1_000 * (i + 1) + n)}\n`)
          .join(''),
      ),
    )
    const expected = lists
      .flatMap((times, i) => times.toSorted((a, b) => a - b).map((time, n) => ({ time, i, n })))
      .toSorted((a, b) => a.time - b.time || a.i - b.i || a.n - b.n)
      .map(({ time, i, n }) => `${time} ${i} ${1_000 * (i + 1) + n}`)
    expect(await heard(one, other)).toEqual(expected)
  },
)

test('`from` is of all, and the recordings begin together', async () => {
  const one = written(`${start} ${trade(1)}\n${start + 50} ${trade(2)}\n`)
  const other = written(`${start + 10} ${trade(1)}\n${start + 20} ${trade(2)}\n`)
  expect(await heard(one, other, { from: start + 15 })).toEqual(['20 1 2', '50 0 2'])
})

const minute = async (venue: typeof binanceSpot | typeof binanceFutures, seed: number) =>
  written(
    await simulatedRecording({
      ...{ venue, seed, start, pause: 40, duration: 60_000 },
      streams: ['btcusdt@trade'],
    }),
  )

/**
 * The basis trade: where the perpetual is dearer than the spot market, it offers the one, and buys of the other what was
 * sold; where it is cheaper, the other way round. Gives what was reported of both accounts, and how they ended.
 */
const tradeBasis = async () => {
  const [spotFile, perpetualFile] = [await minute(binanceSpot, 5), await minute(binanceFutures, 6)]
  const recording = { fills: touchFills, markets: { BTCUSDT: { tick: '0.10', lot: '0.001' } } }
  const [spot, perpetual] = simulateTogether([
    { venue: binanceSpot, accounts, latency: 5, recording: { ...recording, files: spotFile } },
    { venue: binanceFutures, accounts, latency: 20, recording: { ...recording, files: perpetualFile } },
  ])
  const [ofSpot, ofPerpetual] = [spotClient(spot), perpetualClient(perpetual)]
  const log: string[] = []
  const fills: Record<'spot' | 'perpetual', (readonly [side: string, price: string, quantity: string, fee: string])[]> =
    { spot: [], perpetual: [] }
  const [bought, sold] = [spot.controls.account(), perpetual.controls.account()]
  const order = { symbol: 'BTCUSDT', quantity: '0.050' }

  ofPerpetual.orderUpdate$.subscribe(({ order: report }) => {
    if (report.executionType !== 'TRADE') return
    const { side, lastFilledPrice, lastFilledQuantity, commission = '0' } = report
    fills.perpetual.push([side, lastFilledPrice, lastFilledQuantity, commission])
    log.push(`${perpetual.scheduler.now()} perpetual ${side} ${lastFilledPrice} ${lastFilledQuantity}`)
    bought.place({ ...order, side: side === 'SELL' ? 'BUY' : 'SELL', quantity: lastFilledQuantity })
  })
  ofSpot.executionReport$.subscribe(({ executionType, side, ...report }) => {
    if (executionType !== 'TRADE') return
    const { lastFilledPrice, lastFilledQuantity, commission, commissionAsset } = report
    fills.spot.push([side, lastFilledPrice, lastFilledQuantity, `${commission} ${commissionAsset}`])
    log.push(`${spot.scheduler.now()} spot ${side} ${lastFilledPrice} ${lastFilledQuantity}`)
  })
  const connections = [ofSpot.connect(), ofPerpetual.connect()]
  for (let second = 1; second < 58; second++) {
    await perpetual.pass(1_000)
    for (const { orderId, status } of sold.orders()) if (status === 'NEW') sold.cancel('BTCUSDT', orderId)
    const [spotBook, perpetualBook] = [spot.controls.book('BTCUSDT', 1), perpetual.controls.book('BTCUSDT', 1)]
    const [[ask = '0'] = []] = perpetualBook?.asks ?? []
    const [[bid = '0'] = []] = perpetualBook?.bids ?? []
    const [[spotAsk = '0'] = []] = spotBook?.asks ?? []
    const side = Number(ask) > Number(spotAsk) ? 'SELL' : 'BUY'
    sold.place({ ...order, side, price: side === 'SELL' ? ask : bid })
  }
  await spot.finish()
  const ends = {
    spot: bought.balances(),
    perpetual: sold.balances(),
    position: sold.positions()[0]?.amount ?? '0',
    open: [...bought.orders(), ...sold.orders()].filter(({ status }) => status === 'PARTIALLY_FILLED').length,
  }
  for (const connection of connections) connection.unsubscribe()
  await Promise.all([spot.close(), perpetual.close()])
  return { fills, log, ends }
}

test('orders at both are filled in their own recordings, and what both accounts hold adds up to the last digit', async () => {
  const { fills, ends, log } = await tradeBasis()
  expect(fills.perpetual.length).toBeGreaterThan(10)
  expect(fills.spot.length).toBeGreaterThan(10)
  const signed = (side: string, quantity: string) => (side === 'BUY' ? 1n : -1n) * units(quantity)
  const cost = (side: string, price: string, quantity: string) => (signed(side, quantity) * units(price)) / 100_000_000n

  // The perpetual: margin in USDT, a million to begin with; what is sold is bought back nowhere, so it is marked.
  let position = 0n
  for (const [side, , quantity] of fills.perpetual) position += signed(side, quantity)
  expect(units(ends.position)).toBe(position)

  // The spot market: a million of USDT, and a thousand of BTC. Fees are taken of what was received.
  let [usdt, btc] = [units('1000000'), units('1000')]
  for (const [side, price, quantity, fee] of fills.spot) {
    const [amount = '', asset] = fee.split(' ')
    usdt -= cost(side, price, quantity)
    btc += signed(side, quantity)
    if (asset === 'BTC') btc -= units(amount)
    else usdt -= units(amount)
  }
  const heldOf = (asset: string) => {
    const { free = '0', locked = '0' } = ends.spot.find((balance) => balance.asset === asset) ?? {}
    return units(free) + units(locked)
  }
  expect([heldOf('USDT'), heldOf('BTC')]).toEqual([usdt, btc])

  // What was sold of one was bought of the other: the market has no side.
  let hedged = 0n
  for (const [side, , quantity] of fills.spot) hedged += signed(side, quantity)
  expect(hedged + position).toBe(0n)
  // The hedge is reported after the trade that it hedges, by a way there and back.
  expect(log.some((line) => line.includes('spot'))).toBe(true)
})

test('the same each time', async () => {
  expect(await tradeBasis()).toEqual(await tradeBasis())
})

test('one that is closed hears no more, and the others go on', async () => {
  const one = written(Array.from({ length: 9 }, (_, i) => `${start + 10 * i} ${trade(i)}\n`).join(''))
  const [spot, perpetual] = simulateTogether([
    { venue: binanceSpot, latency: 0, recording: { files: one } },
    { venue: binanceFutures, latency: 0, recording: { files: one } },
  ])
  const out: number[] = []
  const client = perpetualClient(perpetual)
  client.trade$.subscribe(({ tradeId }) => out.push(tradeId))
  const connection = client.connect()
  await spot.pass(35)
  await spot.close()
  await perpetual.finish()
  expect(out.slice(-5)).toEqual([4, 5, 6, 7, 8])
  connection.unsubscribe()
  await perpetual.close()
})

test('a venue that is closed before it began does not hold the others up', async () => {
  const one = written(`${start} ${trade(1)}\n`)
  const [spot, perpetual] = simulateTogether([
    { venue: binanceSpot, recording: { files: one } },
    { venue: binanceFutures, recording: { files: one } },
  ])
  await spot.close()
  await perpetual.finish()
  expect(perpetual.scheduler.now()).toBe(start + 1_000)
  await perpetual.close()
  await perpetual.finish()
})

test('a market of its own stands beside a recording', async () => {
  const [own, recorded] = simulateTogether(
    [
      { venue: binanceSpot, latency: 0 },
      { venue: binanceFutures, latency: 0, recording: { files: written(`${start} ${trade(1)}\n`) } },
    ],
    { start },
  )
  const client = spotClient(own)
  const out: number[] = []
  client.trade$.subscribe(({ tradeTime }) => out.push(tradeTime))
  const connection = client.connect()
  own.controls.run()
  await recorded.pass(5_000)
  expect(out.length).toBeGreaterThan(3)
  expect(out.every((time) => time > start && time <= start + 5_000)).toBe(true)
  connection.unsubscribe()
  await Promise.all([own.close(), recorded.close()])
})

test('what cannot be meant is told in its name', () => {
  expect(() => simulateTogether([])).toThrow(
    new TypeError('simulateTogether: expected at least one config { venue }, came none'),
  )
  expect(() => simulateTogether([{ venue: binanceSpot, recording: { files: 'a' }, replay: [] }])).toThrow(
    new TypeError('simulateTogether: expected a recording or a replay, came both'),
  )
  const files: string[] = []
  expect(() => simulateTogether([{ venue: binanceSpot, recording: { files } }])).toThrow('replayTogether: expected')
})

test('many files that are merged are read to their end', async () => {
  // More than are read ahead, of each.
  const lines = (from: number) =>
    gzipSync(Array.from({ length: 15_000 }, (_, i) => `${start + i} ${trade(2 * i + from)}\n`).join(''))
  const paths = [0, 1].map((from) => join(folder, `many-${from}.txt.gz`))
  paths.forEach((path, from) => writeFileSync(path, lines(from)))
  const { finish, scheduler, close } = simulate({
    venue: binanceSpot,
    recording: { files: paths, merge: true },
  })
  await finish()
  expect(scheduler.now()).toBe(start + 14_999 + 1_000)
  await close()
})

const [spotFile, perpetualFile] = ['spot', 'usdm'].map((name) =>
  shared(`recordings/binance-${name}-btcusdt-20240808.txt.gz`),
)
const recording = spotFile === undefined || perpetualFile === undefined ? test.skip : test

recording('nothing of two recordings of Binance is lost: 9,757 and 21,313 trades', async () => {
  const all = await heard(spotFile ?? '', perpetualFile ?? '', { begin: 1_723_161_253_900 })
  expect([0, 1].map((i) => all.filter((line) => line.split(' ')[1] === String(i)).length)).toEqual([9_757, 21_313])
})
