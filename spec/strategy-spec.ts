import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { defer, map, of } from 'rxjs'
import { AsterFuturesOrder } from '../lib/calls/AsterFuturesOrder.js'
import type { BookState } from '../lib/operators/BookState.js'
import { eventOf, marbles } from '../lib/testing/index.js'
import { asterFutures } from '../lib/venues/asterFutures.js'
import { quote, type Market, type Quotes } from '../samples/strategy/quote.js'
import { bundled } from './helpers/bundled.js'

/** What the venue answers of an order. */
const answered = AsterFuturesOrder.decode({
  ...{ orderId: 1, symbol: 'BTCUSDT', status: 'NEW', clientOrderId: '', price: '100', avgPrice: '0', origQty: '0.002' },
  ...{ executedQty: '0', cumQuote: '0', timeInForce: 'GTX', type: 'LIMIT', origType: 'LIMIT', side: 'BUY' },
  ...{ stopPrice: '0', positionSide: 'BOTH', reduceOnly: false, closePosition: false, workingType: 'CONTRACT_PRICE' },
  ...{ priceProtect: false, updateTime: 1 },
})

const top = (bid: string, ask: string): BookState =>
  ({
    ...{ _tag: 'Synced', update: undefined },
    top: { bid: { price: bid, quantity: '3' }, ask: { price: ask, quantity: '1' } },
  }) as BookState

test('the strategy in a marble diagram: it quotes once the book is synced, and counts what was filled', () => {
  const sent: string[] = []
  const answer = (said: string, order: AsterFuturesOrder) =>
    defer(() => {
      sent.push(said)
      return of({ _tag: 'Accepted', order } as const)
    })
  const accepted = (clientOrderId: string) => {
    if (answered._tag === 'Left') throw new Error(JSON.stringify(answered.left))
    return { ...answered.right, clientOrderId }
  }
  const orders: Quotes = {
    place: ({ side, price }) => answer(`${side} ${price}`, accepted(`${side} ${price}`)),
    cancel: ({ clientOrderId = '' }) => answer(`cancel ${clientOrderId}`, accepted(clientOrderId)),
  }
  const filled = eventOf(asterFutures, 'orderUpdate', {
    order: {
      ...eventOf(asterFutures, 'orderUpdate').order,
      ...{ executionType: 'TRADE', side: 'BUY', lastFilledPrice: '100', lastFilledQuantity: '2', commission: '0.5' },
    },
  })
  marbles(({ cold, expectObservable, scheduler }) => {
    const market: Market = {
      book: () =>
        cold<BookState>('a 1499ms b', { a: { _tag: 'Syncing', reason: 'start', attempt: 1 }, b: top('100', '102') }),
      orderUpdate$: cold('2500ms f', { f: filled }),
      scheduler,
    }
    const row$ = quote(market, orders).pipe(
      map(({ position, pnl, spread, imbalance }) => [position, pnl, spread, imbalance]),
    )
    expectObservable(row$, '^ 3499ms !').toBe('2s a 999ms b', { a: [0, 0, 2, 0.5], b: [2, 1.5, 2, 0.5] })
  })()
  expect(sent).toEqual(['BUY 100', 'SELL 102', 'cancel BUY 100', 'cancel SELL 102', 'SELL 102'])
})

test('samples/strategy writes what a trader looks at, over a recording and over sockets', async () => {
  const root = join(__dirname, '..')
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bundled('samples/strategy/main.ts')], {
    cwd: root,
  })
  expect(stderr).toBe('')
  expect(stdout).toMatch(
    /^touch 150 seconds, [^]*\nqueue 150 [^]*\ntradeThrough 150 [^]*\nsockets \d+ seconds, [^]*\.svg\n$/,
  )
  const svg = stdout.trim().split('\n').at(-1) ?? ''
  expect(readFileSync(svg, 'utf8').match(/<polyline /g)).toHaveLength(3)
  const [head, ...rows] = readFileSync(join(dirname(svg), 'queue.csv'), 'utf8')
    .trim()
    .split('\n')
  expect(head).toBe('time,mid,spread,imbalance,position,pnl')
  expect(rows).toHaveLength(150)
})
