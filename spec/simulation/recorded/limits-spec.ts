import { createClient } from '../../../lib/client/createClient.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { orders } from '../../../lib/rest/orders/orders.js'
import { queueFills, seeded, simulate, touchFills, tradeThroughFills } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { scratch } from '../../communicators/scratch.js'
import { fc, test } from '../../property.js'
import { madeRecording, START } from './madeRecording.js'
import { units } from './units.js'

const { file } = scratch()
const account = { apiKey: 'mine', secret: 'shared' }

/** Twenty seconds, of which the book is lost in the middle. */
const gapAt = START + 8_000
const made = madeRecording({ seconds: 20, gapAt, kinds: ['trade', 'depth'] })
const files = file(made.text)

const trades = made.events.flatMap(({ at, kind, event }) => (kind === 'trade' ? [{ at, ...event }] : []))

interface Placed {
  readonly at: number
  readonly side: 'BUY' | 'SELL'
  /** In ticks, away from the best price of its own side, above 0 towards the other one. */
  readonly offset: number
  readonly lots: number
}

/** All that an account hears of orders that are placed over REST at these times. */
const traded = async (placed: readonly Placed[], latency: number, fills: typeof queueFills) => {
  const simulation = simulate({ venue: asterFutures, accounts: [account], latency, recording: { files, fills } })
  const { transport, fetch, scheduler, controls, finish, unsynced, close } = simulation
  const random = seeded(1)
  const rest = createRest({
    venue: asterFutures,
    fetch,
    scheduler,
    random,
    signer: hmacSigner({ venue: asterFutures, ...account }),
  })
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const client = createClient({
    venue: asterFutures,
    communicator: accountCommunicator(asterFutures, account, config),
    scheduler,
  })
  const { place } = orders(rest, { client, random })
  const sent = new Map<string, Placed & { readonly price: string }>()
  const executions: {
    at: number
    id: string
    time: number
    price: string
    quantity: string
    fee: string
    isMaker: boolean
  }[] = []
  client.orderUpdate$.subscribe(({ order }) => {
    if (order.executionType !== 'TRADE') return
    executions.push({
      ...{ at: scheduler.now(), id: order.clientOrderId, time: order.tradeTime, price: order.lastFilledPrice },
      ...{ quantity: order.lastFilledQuantity, fee: order.commission ?? '0', isMaker: order.isMaker },
    })
  })
  const connection = client.connect()
  placed.forEach((order, i) =>
    scheduler.schedule(() => {
      const { bids = [], asks = [] } = controls.book('BTCUSDT', 1) ?? {}
      const [best] = (order.side === 'BUY' ? [...bids] : [...asks])[0] ?? []
      if (best === undefined) return
      const towards = order.side === 'BUY' ? order.offset : -order.offset
      const price = (Number(best) + towards / 10).toFixed(2)
      sent.set(`own${i}`, { ...order, at: scheduler.now(), price })
      place({
        ...{ symbol: 'BTCUSDT', side: order.side, orderType: 'LIMIT', timeInForce: 'GTC', price },
        ...{ quantity: (order.lots / 1_000).toFixed(3), clientOrderId: `own${i}` },
      }).subscribe()
    }, order.at),
  )
  await finish()
  const own = controls.account()
  const [balance] = own.balances()
  const position = own.positions()[0]?.amount ?? '0'
  const result = { sent, executions, balance, position, unsynced: unsynced() }
  connection.unsubscribe()
  await close()
  return result
}

const anOrder: fc.Arbitrary<Placed> = fc.record({
  at: fc.integer({ min: 500, max: 18_000 }),
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  offset: fc.integer({ min: -3, max: 3 }),
  lots: fc.integer({ min: 100, max: 3_000 }),
})
const models = fc.constantFrom(touchFills, queueFills, tradeThroughFills)

let [waited, taken] = [0, 0]
// It was about fills of both kinds.
afterAll(() => {
  expect(waited).toBeGreaterThan(10)
  expect(taken).toBeGreaterThan(10)
})

test.prop([fc.array(anOrder, { minLength: 1, maxLength: 25, size: 'max' }), fc.nat(400), models], { numRuns: 12 })(
  'never before the latency, never more than traded, nothing without a book; position and cash to the last digit',
  async (placed, latency, fills) => {
    const { sent, executions, balance, position, unsynced } = await traded(placed, latency, fills)
    /** By the moment and the side, what of the recorded trades was filled. */
    const used = new Map<string, bigint>()
    let [held, cash] = [0n, units('1000000')]
    let cost = 0n
    for (const { at, id, time, price, quantity, fee, isMaker } of executions) {
      const order = sent.get(id)
      if (order === undefined) throw new Error(`${id} was not placed`)
      // It arrives a way after it was sent, and is reported a way after it was filled.
      expect(time).toBeGreaterThanOrEqual(Math.floor(order.at + latency))
      expect(at).toBeGreaterThanOrEqual(time + latency)
      const isBuy = order.side === 'BUY'
      const [limit, paid] = [units(order.price), units(price)]
      expect(isBuy ? paid <= limit : paid >= limit).toBe(true)
      for (const { from, to = Infinity } of unsynced) expect(time >= from && time < to).toBe(false)
      if (isMaker) waited += 1
      else taken += 1
      if (isMaker) {
        expect(paid).toBe(limit)
        const key = `${time} ${order.side}`
        used.set(key, (used.get(key) ?? 0n) + units(quantity))
        const there = trades.filter(
          (trade) =>
            trade.at === time &&
            trade.isBuyerMaker === isBuy &&
            (isBuy ? units(trade.price) <= limit : units(trade.price) >= limit),
        )
        expect(there).not.toEqual([])
      }
      const signed = (isBuy ? 1n : -1n) * units(quantity)
      held += signed
      cost += (signed * paid) / 100_000_000n
      cash -= units(fee)
    }
    for (const [key, quantity] of used) {
      const [time, side] = key.split(' ')
      const all = trades.filter(({ at, isBuyerMaker }) => at === Number(time) && isBuyerMaker === (side === 'BUY'))
      expect(quantity <= all.reduce((sum, trade) => sum + units(trade.quantity), 0n)).toBe(true)
    }
    expect(units(position)).toBe(held)
    // Of a contract only profit is cash: that of a position that is open is not there yet.
    const [free, locked] = [balance?.free ?? '0', balance?.locked ?? '0'].map(units)
    if (held === 0n) expect((free ?? 0n) + (locked ?? 0n)).toBe(cash - cost)
    expect(unsynced.some(({ from }) => from >= gapAt && from < gapAt + 1_000)).toBe(true)
  },
)
