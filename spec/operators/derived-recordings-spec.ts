import { lastValueFrom } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { Trade } from '../../lib/events/Trade.js'
import { costToFill, type CostToFill } from '../../lib/operators/costToFill.js'
import { depthWithin, type DepthWithin } from '../../lib/operators/depthWithin.js'
import { imbalance, type Imbalance } from '../../lib/operators/imbalance.js'
import { klines } from '../../lib/operators/klines.js'
import { levelChanges } from '../../lib/operators/levelChanges.js'
import { microprice, type Microprice } from '../../lib/operators/microprice.js'
import { mid, type Mid } from '../../lib/operators/mid.js'
import { notionalBars } from '../../lib/operators/notionalBars.js'
import { spread, type Spread } from '../../lib/operators/spread.js'
import { tickBars } from '../../lib/operators/tickBars.js'
import type { TradeBar } from '../../lib/operators/tradeBars.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { verifyBook, type BookCheck } from '../../lib/operators/verifyBook.js'
import { volumeBars } from '../../lib/operators/volumeBars.js'
import { asterFutures, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot, type BinanceSpot } from '../../lib/venues/binanceSpot.js'
import { applyNaively, naiveAsks, naiveBids, naiveBook, type NaiveBook } from '../helpers/naiveBook.js'
import { shared } from '../helpers/shared.js'

interface Recording {
  readonly file: string
  readonly venue: AsterFutures | BinanceSpot
  /** How many digits its prices and quantities have behind the point, always. */
  readonly places: readonly [price: number, quantity: number]
  readonly comparisons: number
}

const recordings: readonly Recording[] = [
  {
    ...{ file: 'recordings/binance-spot-btcusdt-20240808.txt.gz', venue: binanceSpot, places: [8, 8] },
    comparisons: 500,
  },
  {
    ...{ file: 'recordings/binance-usdm-btcusdt-20240808.txt.gz', venue: asterFutures, places: [2, 3] },
    comparisons: 600,
  },
]

/** A decimal of always as many digits behind its point, without it. */
const whole = (text: string): bigint => BigInt(text.replace('.', ''))
type Whole = readonly [price: bigint, quantity: bigint]
const wholes = (levels: readonly (readonly [string, string])[]): readonly Whole[] =>
  levels.map(([price, quantity]) => [whole(price), whole(quantity)])
/** The point before the last so many digits. */
const pointed = (units: bigint, places: number): string =>
  String(units)
    .padStart(places + 1, '0')
    .replace(new RegExp(`(?=\\d{${places}}$)`), '.')
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)
/** With at least so many digits behind the point, and more only where they are none of zeros. */
const atLeast = (places: number, text: string) => {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(places, '0')}`
}
const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** A text is a quotient to the nearest of its last digit: twice what is left is not more than the divisor. */
const isNearest = (text: string, over: bigint, under: bigint, places: number): boolean => {
  const rest = 2n * (whole(text) * under - over * 10n ** BigInt(places))
  return (rest < 0n ? -rest : rest) <= under
}

describe.each(recordings)('$file', ({ file, venue, places: [pricePlaces, quantityPlaces], comparisons }) => {
  const path = shared(file)
  const withRecording = (name: string, run: (path: string) => Promise<void>) =>
    test(name, async () => {
      if (path === undefined) process.stdout.write(`skipped: ${file} is not there\n`)
      else await run(path)
    })
  const amountPlaces = Math.min(8, pricePlaces + quantityPlaces)
  const amountOf = (units: bigint) => atLeast(amountPlaces, pointed(units, pricePlaces + quantityPlaces))
  const replay = (found: string) =>
    createClient<AsterFutures | BinanceSpot>({
      venue,
      communicator: replayCommunicator({ files: found, timestamps: 'ns' }),
    })

  withRecording('values of the book, computed anew from two maps in whole numbers', async (found) => {
    const client = replay(found)
    let naive: NaiveBook | undefined
    const before: DepthUpdate[] = []
    client.depthSnapshot$.subscribe((snapshot) => (naive = naiveBook(snapshot, before)))
    client.depth$.subscribe((update) => {
      if (naive === undefined) before.push(update)
      else applyNaively(naive, update)
    })
    const book$ = client.book('BTCUSDT')
    const latest: {
      mid?: Mid | undefined
      spread?: Spread | undefined
      microprice?: Microprice | undefined
      imbalance?: Imbalance | undefined
      bought?: CostToFill | undefined
      sold?: CostToFill | undefined
      within?: DepthWithin | undefined
    } = {}
    const emitted = { mid: 0, spread: 0 }
    const kept = new Map<string, string>()
    book$.pipe(mid()).subscribe((value) => {
      if (value !== undefined && value.mid === latest.mid?.mid) throw new Error('the same again')
      latest.mid = value
      emitted.mid++
    })
    book$.pipe(spread()).subscribe((value) => {
      latest.spread = value
      emitted.spread++
    })
    book$.pipe(microprice()).subscribe((value) => (latest.microprice = value))
    book$.pipe(imbalance(10)).subscribe((value) => (latest.imbalance = value))
    book$.pipe(costToFill({ side: 'buy', quantity: '12.5' })).subscribe((value) => (latest.bought = value))
    book$.pipe(costToFill({ side: 'sell', amount: '1000000' })).subscribe((value) => (latest.sold = value))
    book$.pipe(depthWithin({ distance: '5' })).subscribe((value) => (latest.within = value))
    book$.pipe(levelChanges()).subscribe((value) => {
      for (const { side, price, before: was, after } of value?.changes ?? []) {
        if (kept.get(`${side} ${price}`) !== was) throw new Error(`${side} ${price} was not ${String(was)}`)
        if (after === undefined) kept.delete(`${side} ${price}`)
        else kept.set(`${side} ${price}`, after)
      }
    })

    const compare = (): void => {
      if (naive === undefined) throw new Error('no book')
      const [bids, asks] = [wholes(naiveBids(naive)), wholes(naiveAsks(naive))]
      const [[bid, bidQuantity] = [0n, 0n]] = bids
      const [[ask, askQuantity] = [0n, 0n]] = asks
      const { mid: middle, spread: between, microprice: micro, imbalance: more, bought, sold, within } = latest
      expect(trimmed(middle?.mid ?? '')).toBe(trimmed(pointed(5n * (bid + ask), pricePlaces + 1)))
      expect(between?.spread).toBe(pointed(ask - bid, pricePlaces))
      const weighted = bid * askQuantity + ask * bidQuantity
      expect(isNearest(micro?.microprice ?? '', weighted, bidQuantity + askQuantity, 4)).toBe(true)
      const [bidSum, askSum] = [bids, asks].map((side) => sum(side.slice(0, 10).map(([, quantity]) => quantity)))
      expect([more?.bidQuantity, more?.askQuantity]).toEqual([
        pointed(bidSum ?? 0n, quantityPlaces),
        pointed(askSum ?? 0n, quantityPlaces),
      ])
      const part = (Number(bidSum) - Number(askSum)) / (Number(bidSum) + Number(askSum))
      expect(more?.imbalance).toBeCloseTo(part, 12)

      // 12.5 from the asks.
      let left = 125n * 10n ** BigInt(quantityPlaces - 1)
      const taken: Whole[] = []
      for (const [price, quantity] of asks) {
        if (left === 0n) break
        const some = quantity < left ? quantity : left
        taken.push([price, some])
        left -= some
      }
      const cost = sum(taken.map(([price, quantity]) => price * quantity))
      expect(bought).toMatchObject({
        amount: amountOf(cost),
        worst: pointed(taken.at(-1)?.[0] ?? 0n, pricePlaces),
        isFilled: true,
      })
      const all = 125n * 10n ** BigInt(quantityPlaces - 1)
      expect(isNearest(bought?.price ?? '', cost, all, 4)).toBe(true)

      // A million from the bids: no lot more could be sold for it.
      const most = 10n ** BigInt(6 + pricePlaces + quantityPlaces)
      let rest = whole(sold?.quantity ?? '')
      let revenue = 0n
      let worst = 0n
      for (const [price, quantity] of bids) {
        if (rest === 0n) break
        const some = quantity < rest ? quantity : rest
        revenue += price * some
        rest -= some
        worst = price
      }
      expect(sold?.amount).toBe(amountOf(revenue))
      expect(revenue <= most && revenue + worst > most).toBe(true)

      // Within 5 of halfway.
      const distance = 10n * 10n ** BigInt(pricePlaces)
      const near = (side: readonly Whole[]) =>
        side.filter(([price]) => 2n * price >= bid + ask - distance && 2n * price <= bid + ask + distance)
      const shown = (side: readonly Whole[]) => [
        pointed(sum(near(side).map(([, quantity]) => quantity)), quantityPlaces),
        amountOf(sum(near(side).map(([price, quantity]) => price * quantity))),
        near(side).length,
      ]
      expect([within?.bidQuantity, within?.bidAmount, within?.bidLevels]).toEqual(shown(bids))
      expect([within?.askQuantity, within?.askAmount, within?.askLevels]).toEqual(shown(asks))
    }

    let updates = 0
    book$.subscribe((state) => {
      if (state._tag === 'Synced' && updates++ % 100 === 0) compare()
    })
    const end = lastValueFrom(book$)
    client.connect()
    await end
    compare()
    if (naive === undefined) throw new Error('no book')
    expect(updates).toBeGreaterThan(3_000)
    expect(emitted.mid).toBeLessThan(updates)
    const levels = [
      ...naiveBids(naive).map(([price, quantity]) => [`bid ${price}`, quantity]),
      ...naiveAsks(naive).map(([price, quantity]) => [`ask ${price}`, quantity]),
    ]
    expect(new Map([...kept].sort())).toEqual(new Map((levels as [string, string][]).sort()))
  })

  withRecording('bars, computed anew from all of their trades in whole numbers', async (found) => {
    const client = replay(found)
    const trades: Trade[] = []
    const seconds: DerivedKline[] = []
    const bars: Record<'ticks' | 'volume' | 'amount', TradeBar[]> = { ticks: [], volume: [], amount: [] }
    client.trade$.subscribe((trade) => {
      if (trade.tradeType === undefined || trade.tradeType === 'MARKET') trades.push(trade)
    })
    client.trade$.pipe(klines({ interval: '1s', client })).subscribe((bar) => seconds.push(bar))
    client.trade$.pipe(tickBars({ trades: 100 })).subscribe((bar) => bars.ticks.push(bar))
    client.trade$.pipe(volumeBars({ volume: '2.5' })).subscribe((bar) => bars.volume.push(bar))
    client.trade$.pipe(notionalBars({ amount: '123456.789' })).subscribe((bar) => bars.amount.push(bar))
    const end = lastValueFrom(client.trade$)
    client.connect()
    await end
    expect(trades.length).toBeGreaterThan(9_000)

    const amount = (some: readonly Trade[]) =>
      amountOf(sum(some.map(({ price, quantity }) => whole(price) * whole(quantity))))
    const volume = (some: readonly Trade[]) => pointed(sum(some.map(({ quantity }) => whole(quantity))), quantityPlaces)
    const valuesOf = (some: readonly Trade[]) => {
      const sorted = [...some].sort((a, b) => Number(whole(a.price) - whole(b.price)))
      const bought = some.filter(({ isBuyerMaker }) => !isBuyerMaker)
      return {
        ...{ firstTradeId: some.at(0)?.tradeId, lastTradeId: some.at(-1)?.tradeId, tradeCount: some.length },
        ...{ open: some.at(0)?.price, close: some.at(-1)?.price },
        ...{ high: sorted.at(-1)?.price, low: sorted.at(0)?.price },
        ...{ volume: volume(some), quoteVolume: amount(some) },
        ...{ takerBuyVolume: volume(bought), takerBuyQuoteVolume: amount(bought) },
      }
    }

    const last = new Map(seconds.map((bar) => [bar.openTime, bar]))
    const opens = [...new Set(trades.map(({ tradeTime }) => tradeTime - (tradeTime % 1_000)))]
    expect([...last.keys()].sort()).toEqual(opens.sort())
    for (const [openTime, bar] of last)
      expect(bar).toMatchObject(
        valuesOf(trades.filter(({ tradeTime }) => tradeTime >= openTime && tradeTime < openTime + 1_000)),
      )

    const units = 10n ** BigInt(pricePlaces + quantityPlaces)
    const isFull: Readonly<Record<keyof typeof bars, (some: readonly Trade[]) => boolean>> = {
      ticks: (some) => some.length >= 100,
      volume: (some) => 10n * sum(some.map(({ quantity }) => whole(quantity))) >= 25n * 10n ** BigInt(quantityPlaces),
      amount: (some) =>
        1_000n * sum(some.map(({ price, quantity }) => whole(price) * whole(quantity))) >= 123_456_789n * units,
    }
    for (const kind of ['ticks', 'volume', 'amount'] as const) {
      const closed = bars[kind].filter(({ isClosed }) => isClosed)
      expect(bars[kind]).toHaveLength(trades.length)
      expect(closed.length).toBeGreaterThan(50)
      let from = 0
      for (const bar of closed) {
        const some = trades.slice(from, from + bar.tradeCount)
        from += some.length
        expect(isFull[kind](some) && !isFull[kind](some.slice(0, -1))).toBe(true)
        expect(bar).toMatchObject(valuesOf(some))
      }
    }
  })

  withRecording('the book never diverges from the venue’s own best prices, until it is spoiled', async (found) => {
    const client = replay(found)
    const checks: BookCheck[] = []
    const name = 'btcusdt@bookTicker'
    verifyBook(client.book('BTCUSDT'), client.stream(name)).subscribe((check) => checks.push(check))
    const end = lastValueFrom(client.stream(name))
    client.connect()
    await end
    expect(checks.filter(({ _tag }) => _tag !== 'Agrees')).toEqual([])
    expect(checks.length).toBeGreaterThan(comparisons)
    expect(checks.at(-1)?.comparisons).toBe(checks.length)
  })
})

test('the klines of Binance in the recording of 30 s: what is made of its trades is, text for text, what it sent', async () => {
  const path = shared('recordings/binance-spot-30s.ws.txt')
  if (path === undefined) return void process.stdout.write('skipped: the 30 s recording is not there\n')
  const communicator = replayCommunicator({ files: path, timestamps: 's', separator: ': ', headers: 1 })
  const client = createClient({ venue: binanceSpot, communicator })
  const ours = new Map<string, DerivedKline>()
  client.aggTrade$.pipe(klines({ interval: '1m', client })).subscribe((bar) => ours.set(bar.symbol, bar))
  const theirs = new Map<string, unknown>()
  client.kline$.subscribe(({ symbol, kline }) => theirs.set(symbol, kline))
  const end = lastValueFrom(client.counters$)
  client.connect()
  await end
  // Of this minute the recording has all trades, one: of the other symbol's, 29 were before it.
  const { isComplete, missing, wasReset, lateTrades, leftOut, isClosed, ...bar } = ours.get('LRCBTC') ?? {}
  expect({ ...bar, isClosed: false }).toEqual(theirs.get('LRCBTC'))
  expect([isComplete, missing, wasReset, lateTrades, leftOut, isClosed]).toEqual([false, [], false, 0, 0, true])
})
