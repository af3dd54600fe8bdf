import { BehaviorSubject, EMPTY, lastValueFrom, take, toArray } from 'rxjs'
import { createTracker, type Named } from '../../../lib/rest/orders/tracker.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import type { OrderReport } from '../../../lib/venues/OrderReport.js'
import { virtual } from '../virtual.js'

const named = (n: number): Named => ({ symbol: 'BTCUSDT', clientOrderId: `o${n}` })

/** An order as somebody says it is. */
const report = (n: number, status: string): OrderReport => ({
  ...{ symbol: 'BTCUSDT', orderId: n, clientOrderId: `o${n}`, side: 'BUY', orderType: 'LIMIT', status },
  ...{ quantity: '1', price: '1', filledQuantity: '0' },
})

const lab = () => {
  const { scheduler } = virtual(0)
  const asked: string[] = []
  const tracker = createTracker({
    client: { venue: asterSpot, scheduler, carried$: new BehaviorSubject(new Set(['account'])) },
    isCarried: ({ size }) => size > 0,
    ask: ({ clientOrderId = '' }) => {
      asked.push(clientOrderId)
      return EMPTY
    },
    ...{ window: 1_000, every: 1_000_000, scheduler, random: () => 0 },
  })
  const say = (n: number, status: string) => tracker.put(named(n), { _tag: 'Reported', report: report(n, status) })
  const stateOf = async (n: number) => (await lastValueFrom(tracker.states(named(n)).pipe(take(1))))._tag
  return { tracker, asked, say, stateOf }
}

test('ten thousand orders are followed that nobody listens to: of more, the oldest is forgotten', async () => {
  const { tracker, say, stateOf, asked } = lab()
  const heard: string[] = []
  tracker.follow(named(0))
  const listening = tracker.states(named(0)).subscribe(({ _tag }) => heard.push(_tag))
  for (let n = 1; n <= 10_000; n++) tracker.follow(named(n))
  for (const n of [0, 1, 2]) say(n, 'NEW')
  // Somebody listens to the first; the second had to go.
  expect(heard).toEqual(['Pending', 'Open'])
  expect(await stateOf(2)).toBe('Open')
  expect(await stateOf(1)).toBe('Pending')
  // One that is not known is asked for.
  expect(asked).toEqual(['o1'])
  listening.unsubscribe()
})

test('a thousand orders that are final are remembered', async () => {
  const { tracker, say, stateOf, asked } = lab()
  for (let n = 0; n <= 1_000; n++) {
    tracker.follow(named(n))
    say(n, 'FILLED')
  }
  expect(await stateOf(1)).toBe('Filled')
  expect(await stateOf(1_000)).toBe('Filled')
  expect(asked).toEqual([])
  expect(await stateOf(0)).toBe('Pending')
  expect(asked).toEqual(['o0'])
})

test('an id that is used again is another order, and the final one is what its own id finds', async () => {
  const { tracker, say, stateOf } = lab()
  tracker.follow(named(0))
  say(0, 'CANCELED')
  expect(await stateOf(0)).toBe('Canceled')
  tracker.follow(named(0))
  expect(await stateOf(0)).toBe('Pending')
})

test('who asks twice hears one life, and it completes for each', async () => {
  const { tracker, say } = lab()
  tracker.follow(named(0))
  const [one, two] = [0, 0].map(() => lastValueFrom(tracker.states(named(0)).pipe(toArray())))
  say(0, 'NEW')
  say(0, 'FILLED')
  const tags = [await one, await two].map((states) => states?.map(({ _tag }) => _tag))
  expect(tags).toEqual([
    ['Pending', 'Open', 'Filled'],
    ['Pending', 'Open', 'Filled'],
  ])
})

test('what has left and is not known when it cannot arrive any more was lost', async () => {
  const { scheduler, advance } = virtual(0)
  const tracker = createTracker({
    client: { venue: asterSpot, scheduler, carried$: new BehaviorSubject(new Set(['account'])) },
    isCarried: ({ size }) => size > 0,
    ask: () => EMPTY,
    ...{ window: 3_000, every: 4_000, scheduler, random: () => 0 },
  })
  tracker.follow(named(0))
  tracker.sent(named(0))
  const tags: string[] = []
  tracker.states(named(0)).subscribe(({ _tag }) => tags.push(_tag))
  await advance(4_000)
  expect(tags).toEqual(['Pending', 'Rejected'])
})
