import { publishWindow, type PublishWindow } from '../../lib/nats/publishWindow.js'
import { fc, test as property } from '../property.js'

type Sent = number | { readonly dropped: number }

const windowOf = (inFlight: number, most: number, mostSize = Infinity): PublishWindow<Sent> =>
  publishWindow<Sent>({ inFlight, most, mostSize, notice: (dropped) => ({ dropped }) })

/** All that it gives now. */
const taken = (window: PublishWindow<Sent>) => {
  const all: (readonly [number, Sent])[] = []
  for (let one = window.next(); one !== undefined; one = window.next()) all.push(one)
  return all
}

test('no more than the window are on their way, and each acknowledgement makes room', () => {
  const window = windowOf(2, 10)
  for (const message of [1, 2, 3, 4]) window.add(message, 1)
  expect(taken(window)).toEqual([
    [0, 1],
    [1, 2],
  ])
  window.settle(1)
  expect(taken(window)).toEqual([[2, 3]])
  window.settle(1)
  expect(taken(window)).toEqual([])
})

test('what is not acknowledged comes again, in order, and nothing else', () => {
  const window = windowOf(3, 10)
  for (const message of [1, 2, 3, 4]) window.add(message, 1)
  taken(window)
  window.settle(1)
  window.rewind()
  expect(taken(window).map(([, message]) => message)).toEqual([1, 3, 4])
})

test('of too many that wait the oldest are dropped, and one notice stands in their place', () => {
  const window = windowOf(1, 2)
  for (const message of [1, 2, 3, 4, 5]) window.add(message, 1)
  expect(taken(window)).toEqual([[0, { dropped: 3 }]])
  window.settle(0)
  expect(taken(window)).toEqual([[3, 4]])
})

test('what was sent is never dropped, though it is not acknowledged', () => {
  const window = windowOf(2, 1)
  for (const message of [1, 2]) {
    window.add(message, 1)
    taken(window)
  }
  window.rewind()
  expect([3, 4, 5].map((message) => window.add(message, 1))).toEqual([0, 1, 1])
  expect(taken(window).map(([, message]) => message)).toEqual([1, 2])
})

test('a late acknowledgement settles what is to be sent again', () => {
  const window = windowOf(2, 10)
  for (const message of [1, 2]) window.add(message, 1)
  taken(window)
  window.rewind()
  window.settle(0)
  expect(taken(window)).toEqual([[1, 2]])
  window.settle(1)
  expect(window.isEmpty()).toBe(true)
})

const step = fc.oneof(
  fc.record({ add: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ settle: fc.nat(1_000) }),
  fc.constant({ rewind: true as const }),
)

property.prop([fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })])(
  'whatever happens, each is sent in order and settled, or counted as dropped, and the bounds hold',
  (steps, inFlight, most) => {
    const window = windowOf(inFlight, most, 30)
    const open = new Set<number>()
    const first = new Map<number, Sent>()
    let added = 0
    const send = () => {
      for (const [number, message] of taken(window)) {
        expect(open.has(number)).toBe(false)
        open.add(number)
        // Sent again, a message is what it was.
        expect(first.get(number) ?? message).toEqual(message)
        first.set(number, message)
      }
      expect(open.size).toBeLessThanOrEqual(inFlight)
      expect(window.waiting()).toBeLessThanOrEqual(most + 1)
    }
    for (const one of steps) {
      if ('add' in one) window.add(added++, one.add)
      else if ('settle' in one) {
        const number = [...open][one.settle % Math.max(1, open.size)]
        if (number !== undefined && open.delete(number)) window.settle(number)
      } else {
        window.rewind()
        open.clear()
      }
      send()
    }
    for (let turn = 0; turn <= added && !window.isEmpty(); turn++) {
      for (const number of open) window.settle(number)
      open.clear()
      send()
    }
    const sent = [...first].toSorted(([a], [b]) => a - b).map(([, message]) => message)
    const messages = sent.filter((message) => typeof message === 'number')
    const dropped = sent.reduce<number>((sum, one) => sum + (typeof one === 'number' ? 0 : one.dropped), 0)
    expect(messages).toEqual([...messages].sort((a, b) => a - b))
    expect(messages.length + dropped).toBe(added)
    expect(window.isEmpty()).toBe(true)
  },
)
