import { Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { klines } from '../../lib/operators/klines.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { simulate } from '../../lib/simulation/host/simulate.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { scratch } from '../communicators/scratch.js'

const { file } = scratch()

/** A client of a simulated venue, its bars of a second, and those that the venue itself sends. */
const live = (seed: number) => {
  const venue = simulate({ venue: binanceSpot, seed, symbols: ['BTCUSDT'], latency: 30 })
  const { transport, fetch, scheduler, controls } = venue
  const communicator = websocketCommunicator(binanceSpot, { transport, scheduler, rest: { fetch, scheduler } })
  const streams = ['btcusdt@trade', 'btcusdt@kline_1s'] as const
  const client = createClient({ venue: binanceSpot, communicator, scheduler, streams })
  const bars: DerivedKline[] = []
  const venues: KlineBar[] = []
  client.trade$.pipe(klines({ interval: '1s', client })).subscribe((bar) => bars.push(bar))
  client.kline$.subscribe(({ kline }) => venues.push(kline))
  const connection = client.connect()
  controls.run()
  const closed = <Bar extends KlineBar>(some: readonly Bar[]) => some.filter(({ isClosed }) => isClosed)
  return {
    ...venue,
    client,
    /** Our closed bars, and the venue's of those with trades, from the second one to the last that both have. */
    both: () => {
      const all = new Map(closed(venues).map((bar) => [bar.openTime, bar]))
      const ours = closed(bars)
        .slice(1)
        .filter(({ openTime }) => all.has(openTime))
      return { ours, theirs: ours.map(({ openTime }) => all.get(openTime)) }
    },
    bars: () => bars,
    end: async () => {
      connection.unsubscribe()
      await venue.close()
    },
  }
}

/** What venue and library both say, text for text. */
const compared = (bar: KlineBar | undefined) => {
  if (bar === undefined) return undefined
  const { openTime, closeTime, symbol, interval, firstTradeId, lastTradeId, open, close, high, low, ...sums } = bar
  const { volume, tradeCount, quoteVolume, takerBuyVolume, takerBuyQuoteVolume } = sums
  return {
    ...{ openTime, closeTime, symbol, interval, firstTradeId, lastTradeId, open, close, high, low },
    ...{ volume, tradeCount, quoteVolume, takerBuyVolume, takerBuyQuoteVolume },
  }
}

test('F57 a process that is busy for 2.6 s reads its sockets before it closes a bar', async () => {
  const { both, pass, block, end } = live(3)
  await pass(4_700)
  block(2_600)
  await pass(6_000)
  const { ours, theirs } = both()
  expect(ours.length).toBeGreaterThan(6)
  expect(ours.map(compared)).toEqual(theirs.map(compared))
  expect(ours.filter(({ isComplete, lateTrades }) => !isComplete || lateTrades > 0)).toEqual([])
  await end()
})

test('F57 F59 bars over a lost connection: those that lack trades say so, all others are the venue’s', async () => {
  const { both, pass, controls, end } = live(5)
  await pass(4_700)
  controls.disconnect(1006)
  await pass(8_000)
  const { ours, theirs } = both()
  const last = new Map(ours.map((bar, i) => [bar.openTime, [bar, theirs[i]] as const]))
  const parts = [...last.values()].filter(([bar]) => !bar.isComplete)
  expect(parts.length).toBeGreaterThan(0)
  expect(parts.length).toBeLessThan(4)
  for (const [bar, whole] of last.values()) {
    if (bar.isComplete) expect(compared(bar)).toEqual(compared(whole))
    else expect(bar.missing.length).toBeGreaterThan(0)
  }
  await end()
})

const trade = (tradeId: number, time: number, eventTime = time) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":${eventTime},"s":"BTCUSDT","t":${tradeId},"p":"1","q":"1","T":${time},"m":true}}`

test('F60 in a replay, time is the recording’s: every trade is in its bar, and the last bar is not said to be whole', async () => {
  const minute = Date.UTC(2024, 7, 8, 12)
  const times = Array.from({ length: 1_370 }, (_, i) => minute + i * 40)
  const path = file(times.map((time, i) => `${time + 20} ${trade(i, time)}\n`).join(''))
  const client = createClient({ venue: binanceSpot, communicator: replayCommunicator({ files: path }) })
  const bars: DerivedKline[] = []
  client.trade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => bars.push(bar))
  await new Promise<void>((resolve) => {
    client.status$.subscribe({ complete: resolve })
    client.connect()
  })
  expect(bars.at(-1)).toMatchObject({ openTime: minute, tradeCount: 1_370, isClosed: true, isComplete: false })
  expect(bars.at(-1)?.lateTrades).toBe(0)
})

test('F60 the clock of another time does not spoil bars', () => {
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue: binanceSpot, communicator: () => signal$ })
  const bars: DerivedKline[] = []
  client.trade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => bars.push(bar))
  client.connect()
  for (let i = 0; i < 1_370; i++) signal$.next(frame(trade(i, 60_000 + i * 40), 60_000 + i * 40))
  signal$.next(frame(trade(1_370, 120_000), 120_000))
  expect(bars.filter(({ isClosed }) => isClosed)).toMatchObject([{ tradeCount: 1_370, lateTrades: 0 }])
  signal$.complete()
})

test('the venue’s clock is that which its events tell', () => {
  const signal$ = new Subject<Signal>()
  const clock = { now: () => 50_000 }
  const scheduler = { ...clock, schedule: () => ({}) as never }
  const client = createClient({ venue: binanceSpot, communicator: () => signal$, scheduler })
  client.connect()
  expect([client.venueClock.offset(), client.venueClock.now(), client.venueClock.heardUntil()]).toEqual([
    undefined,
    50_000,
    -Infinity,
  ])
  signal$.next(frame(trade(1, 51_000, 51_200), 50_000))
  expect([client.venueClock.offset(), client.venueClock.now(), client.venueClock.heardUntil()]).toEqual([
    1_200, 51_200, 51_200,
  ])
  signal$.complete()
})
