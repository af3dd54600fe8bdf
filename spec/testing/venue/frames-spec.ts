import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000

/** The first payload of each stream in six seconds. */
const firstOf = async (venue: Venue, streams: readonly string[]) => {
  const { addresses, controls } = await venueFor({ venue, seed: 7, scheduler: clockAt(start) })
  const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=${streams.join('/')}`)
  controls.step(60)
  await roundTrip(socket)
  const frames = texts.map((text) => JSON.parse(text) as { readonly stream: string; readonly data: unknown })
  return Object.fromEntries(streams.map((name) => [name, frames.find(({ stream }) => stream === name)?.data]))
}

test('Aster futures, key by key', async () => {
  const trade = { e: 'trade', E: 1700000000318, s: 'BTCUSDT', t: 3000001, p: '61685.90', q: '0.024', m: true }
  const ids = { U: 5000000003, u: 5000000010, pu: 5000000000 }
  const bid = ['61682.50', '1.800']
  const ticker = { u: 5000000030, b: '61685.80', B: '1.888', a: '61686.10', A: '0.124' }
  const sums = { o: '61685.90', h: '61686.20', l: '61685.60', c: '61685.60', v: '4.278', q: '263892.2127' }
  const kline = { i: '1m', f: 3000001, L: 3000008, n: 8, x: false, V: '1.210', Q: '74640.2896', B: '0' }
  const mark = { p: '61686.01', i: '61686.06', P: '61686.10', r: '0.00010000', T: 1700006400000 }
  const second = { E: 1700000001000, s: 'BTCUSDT' }
  const book = { e: 'bookTicker', ...ticker, s: 'BTCUSDT', E: 1700000000318, T: 1700000000318 }
  const depth = { e: 'depthUpdate', E: 1700000000100, T: 1700000000083, s: 'BTCUSDT', ...ids }
  const mini = { e: '24hrMiniTicker', ...second, ...sums }
  const change = { p: '-0.30', P: '-0.000', w: '61685.88', Q: '0.047' }
  const day = { O: 1699913601000, C: 1700000001000, F: 3000001, L: 3000008, n: 8 }
  const marked = { e: 'markPriceUpdate', ...second, ...mark }
  const aggTrade = { e: 'aggTrade', E: 1700000000318, s: 'BTCUSDT', a: 2000001, p: '61685.90', q: '0.024' }
  const expected = {
    'btcusdt@trade': { ...trade, T: 1700000000318, X: 'MARKET' },
    'btcusdt@aggTrade': { ...aggTrade, f: 3000001, l: 3000001, T: 1700000000318, m: true },
    'btcusdt@bookTicker': book,
    '!bookTicker': book,
    'btcusdt@depth@100ms': {
      ...depth,
      b: [bid],
      a: [
        ['61686.60', '1.628'],
        ['61686.70', '0.000'],
      ],
    },
    'btcusdt@depth5@100ms': {
      ...depth,
      b: [
        ['61685.90', '0.024'],
        ['61685.80', '1.954'],
        ['61685.70', '1.043'],
        ['61685.60', '0.933'],
        ['61685.50', '1.107'],
      ],
      a: [
        ['61686.10', '0.124'],
        ['61686.20', '1.399'],
        ['61686.30', '0.812'],
        ['61686.40', '0.480'],
        ['61686.50', '1.460'],
      ],
    },
    'btcusdt@kline_1m': {
      e: 'kline',
      ...second,
      k: { t: 1699999980000, T: 1700000039999, s: 'BTCUSDT', ...sums, ...kline },
    },
    'btcusdt@miniTicker': mini,
    '!miniTicker@arr': [mini],
    'btcusdt@ticker': { e: '24hrTicker', ...second, ...sums, ...change, ...day },
    '!ticker@arr': [{ e: '24hrTicker', ...second, ...sums, ...change, ...day }],
    'btcusdt@markPrice@1s': marked,
    '!markPrice@arr@1s': [marked],
  }
  expect(await firstOf(asterFutures, Object.keys(expected))).toEqual(expected)
})

test('Aster spot: trades have no kind', async () => {
  expect(await firstOf(asterSpot, ['btcusdt@trade', 'btcusdt@depth@100ms'])).toEqual({
    'btcusdt@trade': {
      e: 'trade',
      E: 1700000000318,
      s: 'BTCUSDT',
      t: 3000001,
      p: '61685.90',
      q: '0.024',
      T: 1700000000318,
      m: true,
    },
    'btcusdt@depth@100ms': {
      e: 'depthUpdate',
      E: 1700000000100,
      T: 1700000000083,
      s: 'BTCUSDT',
      U: 5000000003,
      u: 5000000010,
      pu: 5000000000,
      b: [['61682.50', '1.800']],
      a: [
        ['61686.60', '1.628'],
        ['61686.70', '0.000'],
      ],
    },
  })
})

test('Binance: ids without gaps and without pu, tickers and partial depth without e', async () => {
  const names = ['trade', 'bookTicker', 'depth@100ms', 'depth5@100ms', 'ticker'].map((suffix) => `btcusdt@${suffix}`)
  expect(await firstOf(binanceSpot, names)).toEqual({
    'btcusdt@trade': {
      e: 'trade',
      E: 1700000000360,
      s: 'BTCUSDT',
      t: 3000001,
      p: '61686.10',
      q: '0.124',
      T: 1700000000360,
      m: false,
      M: true,
    },
    'btcusdt@bookTicker': {
      u: 5000000013,
      s: 'BTCUSDT',
      b: '61685.90',
      B: '0.024',
      a: '61686.20',
      A: '0.811',
    },
    'btcusdt@depth@100ms': {
      e: 'depthUpdate',
      E: 1700000000100,
      s: 'BTCUSDT',
      U: 5000000001,
      u: 5000000004,
      b: [['61684.80', '0.692']],
      a: [
        ['61686.70', '0.000'],
        ['61688.40', '2.411'],
        ['61694.20', '2.361'],
      ],
    },
    'btcusdt@depth5@100ms': {
      lastUpdateId: 5000000004,
      bids: [
        ['61685.90', '0.024'],
        ['61685.80', '1.954'],
        ['61685.70', '1.043'],
        ['61685.60', '0.933'],
        ['61685.50', '1.107'],
      ],
      asks: [
        ['61686.10', '0.124'],
        ['61686.20', '1.399'],
        ['61686.30', '0.812'],
        ['61686.40', '0.480'],
        ['61686.50', '1.460'],
      ],
    },
    'btcusdt@ticker': {
      e: '24hrTicker',
      E: 1700000001000,
      s: 'BTCUSDT',
      c: '61685.70',
      o: '61686.10',
      h: '61686.30',
      l: '61685.70',
      v: '5.240',
      q: '323234.3098',
      p: '-0.40',
      P: '-0.001',
      w: '61685.94',
      O: 1699913601000,
      C: 1700000001000,
      F: 3000001,
      L: 3000009,
      n: 9,
      Q: '0.989',
      x: '61686.00',
      b: '61685.70',
      B: '0.054',
      a: '61686.00',
      A: '0.143',
    },
  })
})
