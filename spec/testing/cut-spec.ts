import { from } from 'rxjs'
import { frame, type Signal, type Status } from '../../lib/Signal.js'
import { cut } from '../../lib/testing/cut.js'
import { marbles } from '../../lib/testing/marbles.js'
import { seeded } from '../../lib/simulation/market/seeded.js'
import { itIsAnOperator } from './itIsAnOperator.js'

itIsAnOperator<Signal>(
  frame('a', 1),
  () => cut({ when: () => false, outage: 1 }),
  (error) =>
    cut({
      when: () => {
        throw error
      },
      outage: 1,
    }),
)

const disconnected = (receivedAt: number): Status => ({ _tag: 'Disconnected', code: 1006, reason: 'cut', receivedAt })
const connecting = (receivedAt: number): Status => ({ _tag: 'Connecting', receivedAt })
const connected = (receivedAt: number): Status => ({ _tag: 'Connected', receivedAt })

const isB = (signal: { readonly text: string }) => signal.text === 'b'

const run = (signals: readonly Signal[], config: Parameters<typeof cut>[0]): readonly Signal[] => {
  const seen: Signal[] = []
  from(signals)
    .pipe(cut(config))
    .subscribe((signal) => seen.push(signal))
  return seen
}

describe('in the time of the signals', () => {
  test('the frame and those of the outage are lost, and statuses tell', () => {
    const signals = [frame('a', 10), frame('b', 12), frame('c', 14.9), frame('d', 15), frame('e', 20)]
    expect(run(signals, { when: isB, outage: 3 })).toEqual([
      frame('a', 10),
      disconnected(12),
      connecting(15),
      connected(15),
      frame('d', 15),
      frame('e', 20),
    ])
  })

  test('a code and a reason of your own', () => {
    expect(run([frame('b', 1)], { when: isB, outage: 3, code: 1008, reason: 'policy' })).toEqual([
      { _tag: 'Disconnected', code: 1008, reason: 'policy', receivedAt: 1 },
    ])
  })

  test('replies and statuses pass, and end the outage when they are late enough', () => {
    const reply: Signal = { _tag: 'Reply', symbol: 'BTCUSDT', text: '{}', receivedAt: 2 }
    const late: Signal = { ...reply, receivedAt: 9 }
    const status: Signal = { _tag: 'Silent', stream: 'x', quiet: 1, receivedAt: 3 }
    expect(run([frame('b', 1), reply, status, late, frame('c', 10)], { when: isB, outage: 3 })).toEqual([
      disconnected(1),
      reply,
      status,
      connecting(4),
      connected(4),
      late,
      frame('c', 10),
    ])
  })

  test('only frames of that source are lost', () => {
    const [one, two] = [{ id: 'one' }, { id: 'two' }]
    const signals = [frame('b', 1, one), frame('c', 2, two), frame('d', 3, one), frame('b', 3, two), frame('e', 9, two)]
    expect(run(signals, { when: isB, outage: 4 })).toEqual([
      { ...disconnected(1), source: one },
      frame('c', 2, two),
      { ...disconnected(3), source: two },
      { ...connecting(5), source: one },
      { ...connected(5), source: one },
      { ...connecting(7), source: two },
      { ...connected(7), source: two },
      frame('e', 9, two),
    ])
  })

  test('the first frame after an outage can be cut again', () => {
    expect(run([frame('b', 1), frame('b', 2), frame('b', 5), frame('c', 9)], { when: isB, outage: 3 })).toEqual([
      disconnected(1),
      connecting(4),
      connected(4),
      disconnected(5),
      connecting(8),
      connected(8),
      frame('c', 9),
    ])
  })

  test('frames of an outage are not counted', () => {
    const indices: number[] = []
    const when = (_: unknown, index: number) => {
      indices.push(index)
      return index === 1
    }
    run([frame('a', 1), frame('b', 2), frame('c', 3), frame('d', 9)], { when, outage: 3 })
    expect(indices).toEqual([0, 1, 2])
  })

  test(
    'an outage that is not over stays one',
    marbles(({ cold, expectObservable }) => {
      const b = frame('b', 1)
      expectObservable(cold<Signal>('-b-|', { b }).pipe(cut({ when: isB, outage: 9 }))).toBe('-x-|', {
        x: disconnected(1),
      })
    }),
  )

  test('each subscription has its own outages', () => {
    const config = { when: (_: unknown, index: number) => index === 0, outage: 5 }
    const source = from([frame('a', 1), frame('b', 2)]).pipe(cut(config))
    const seen: Signal[] = []
    source.subscribe((signal) => seen.push(signal))
    source.subscribe((signal) => seen.push(signal))
    expect(seen).toEqual([disconnected(1), disconnected(1)])
  })
})

describe('in the time of a scheduler', () => {
  const a = frame('a', 0)
  const b = frame('b', 2)
  const c = frame('c', 4)
  const d = frame('d', 10)
  const statuses = { x: disconnected(2), y: connecting(5), z: connected(5) }

  test(
    'the connection is back by itself',
    marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const source = cold<Signal>('a-b-c-----d-|', { a, b, c, d })
      expectObservable(source.pipe(cut({ when: isB, outage: 3, scheduler }))).toBe('a-x--(yz)-d-|', {
        a,
        d,
        ...statuses,
      })
      expectSubscriptions(source.subscriptions).toBe('^-----------!')
    }),
  )

  test(
    'an outage that is not over is waited for',
    marbles(({ cold, expectObservable, scheduler }) => {
      const source = cold<Signal>('a-b-|', { a, b })
      expectObservable(source.pipe(cut({ when: isB, outage: 3, scheduler }))).toBe('a-x--(yz|)', { a, ...statuses })
    }),
  )

  test(
    'stamps do not end it before its time',
    marbles(({ cold, expectObservable, scheduler }) => {
      const late = frame('c', 99)
      const source = cold<Signal>('a-bc-----d-|', { a, b, c: late, d })
      expectObservable(source.pipe(cut({ when: isB, outage: 3, scheduler }))).toBe('a-x--(yz)d-|', {
        a,
        d,
        ...statuses,
      })
    }),
  )

  test(
    'an error does not wait, and unsubscribing leaves no timer',
    marbles(({ cold, expectObservable, flush, scheduler }) => {
      const config = { when: isB, outage: 300, scheduler }
      expectObservable(cold<Signal>('a-b-#', { a, b }).pipe(cut(config))).toBe('a-x-#', { a, ...statuses })
      expectObservable(cold<Signal>('a-b-|', { a, b }).pipe(cut(config)), '^---!').toBe('a-x--', { a, ...statuses })
      flush()
      expect(scheduler.frame).toBeLessThan(100)
    }),
  )
})

test('a rate that is none is refused at once', () => {
  expect(() => cut({ rate: 2, random: seeded(1), outage: 1 })).toThrow(RangeError)
})
