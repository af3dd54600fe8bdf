import { VirtualTimeScheduler } from 'rxjs'
import { createBudget } from '../../lib/rest/createBudget.js'

/** A budget of 10, in virtual time, and who left when. */
const lab = () => {
  const scheduler = new VirtualTimeScheduler()
  const budget = createBudget({ weightPerMinute: 10, scheduler })
  const left: string[] = []
  const ask = (name: string, weight: number, place?: 'first' | 'last') =>
    budget.admit(weight, place).subscribe({
      next: () => left.push(`${name} ${scheduler.now()}`),
      complete: () => left.push(`${name} |`),
    })
  const names = () => left.filter((entry) => !entry.endsWith('|'))
  const at = (ms: number, act: () => void) => scheduler.schedule(act, ms)
  const run = () => {
    scheduler.flush()
    return names()
  }
  return { scheduler, budget, left, ask, at, run, names, timers: () => scheduler.actions.length }
}

test('what fits leaves at once, each emitting once and completing', () => {
  const { ask, left, timers } = lab()
  ask('a', 6)
  ask('b', 4)
  expect(left).toEqual(['a 0', 'a |', 'b 0', 'b |'])
  expect(timers()).toBe(0)
})

test('what does not fit leaves when the minute gives enough back', () => {
  const { ask, at, run } = lab()
  ask('a', 3)
  at(10, () => ask('b', 3))
  at(20, () => ask('c', 4))
  at(30, () => ask('d', 6))
  at(40, () => ask('e', 1))
  at(50, () => ask('f', 4))
  expect(run()).toEqual(['a 0', 'b 10', 'c 20', 'd 60010', 'e 60020', 'f 120010'])
})

test('those who wait leave in the order of asking, even where a later one would fit', () => {
  const { ask, run, names } = lab()
  ask('a', 8)
  ask('heavy', 10)
  ask('light', 1)
  expect(names()).toEqual(['a 0'])
  expect(run()).toEqual(['a 0', 'heavy 60000', 'light 120000'])
})

test('F53 those that are last go behind all others, in their order', () => {
  const { ask, run } = lab()
  ask('a', 10)
  ask('last', 6, 'last')
  ask('later', 4, 'last')
  ask('b', 5)
  ask('c', 5)
  ask('first', 5, 'first')
  expect(run()).toEqual(['a 0', 'first 60000', 'b 60000', 'c 120000', 'last 180000', 'later 180000'])
})

test('an urgent one goes before those who wait', () => {
  const { ask, run } = lab()
  ask('a', 10)
  ask('b', 5)
  ask('urgent', 6, 'first')
  expect(run()).toEqual(['a 0', 'urgent 60000', 'b 120000'])
})

test('one that stops waiting holds nobody up, and leaves no timer', () => {
  const { ask, names, timers, run } = lab()
  ask('a', 6)
  const heavy = ask('heavy', 10)
  const last = ask('b', 4)
  expect(names()).toEqual(['a 0'])
  heavy.unsubscribe()
  expect(names()).toEqual(['a 0', 'b 0'])
  const waiting = ask('c', 1)
  expect(timers()).toBe(1)
  waiting.unsubscribe()
  last.unsubscribe()
  expect(timers()).toBe(0)
  expect(run()).toEqual(['a 0', 'b 0'])
})

test('F28 in no minute more than the limit', () => {
  const { scheduler, budget, run } = lab()
  const leftAt: number[] = []
  for (let i = 0; i < 35; i++) budget.admit(1).subscribe(() => leftAt.push(scheduler.now()))
  run()
  expect(leftAt).toEqual([0, 60_000, 120_000, 180_000].flatMap((at, i) => Array<number>(i < 3 ? 10 : 5).fill(at)))
})

test('a weight of nothing waits for nothing but its turn', () => {
  const { ask, names } = lab()
  ask('a', 10)
  ask('b', 0)
  expect(names()).toEqual(['a 0', 'b 0'])
})

test('what the venue says was used by others counts', () => {
  const { ask, budget, at, run } = lab()
  ask('a', 2)
  at(100, () => {
    budget.used(9)
    ask('b', 1)
    ask('c', 2)
    ask('d', 6)
  })
  // 2 are back at 60,000, the others' 7 at 60,100.
  expect(run()).toEqual(['a 0', 'b 100', 'c 60000', 'd 60100'])
})

test('what the venue says counts no less than what is known to have left', () => {
  const { ask, budget, names } = lab()
  ask('a', 9)
  budget.used(1)
  budget.used(9)
  budget.used(NaN)
  ask('b', 1)
  ask('c', 1)
  expect(names()).toEqual(['a 0', 'b 0'])
})

test('a pause holds everybody', () => {
  const { ask, budget, at, run, names } = lab()
  budget.pause(500)
  ask('a', 1)
  ask('urgent', 1, 'first')
  at(499, () => ask('b', 1))
  at(500, () => ask('c', 1))
  expect(names()).toEqual([])
  expect(run()).toEqual(['urgent 500', 'a 500', 'b 500', 'c 500'])
})

test('the longest pause counts', () => {
  const { ask, budget, at, run } = lab()
  budget.pause(500)
  budget.pause(100)
  at(400, () => budget.pause(200))
  at(410, () => budget.pause(190))
  ask('a', 1)
  expect(run()).toEqual(['a 600'])
})

test('a pause that begins while others wait holds them, too', () => {
  const { ask, budget, at, run } = lab()
  ask('a', 10)
  ask('b', 1)
  at(59_999, () => budget.pause(1_000))
  expect(run()).toEqual(['a 0', 'b 60999'])
})

test('where the clock is put back, nobody waits longer than a minute or the pause', () => {
  const { scheduler, ask, budget, run } = lab()
  scheduler.frame = 10_000_000
  ask('a', 10)
  budget.pause(70_000)
  scheduler.frame = 1_000
  ask('b', 1)
  expect(run()).toEqual(['a 10000000', 'b 71000'])
  scheduler.frame = 500
  ask('c', 10)
  expect(run()).toEqual(['a 10000000', 'b 71000', 'c 60500'])
})

test('a pause longer than a timer can be is waited for in parts', () => {
  const { scheduler, ask, budget } = lab()
  const delays: number[] = []
  const schedule = scheduler.schedule.bind(scheduler)
  scheduler.schedule = (work, ms = 0, state) => {
    delays.push(ms)
    return schedule(work, ms, state)
  }
  budget.pause(2 ** 31 + 5)
  ask('a', 1)
  scheduler.flush()
  expect(delays).toEqual([2 ** 31 - 1, 6])
})

test('an observer that asks again when it may leave waits its turn', () => {
  const { budget, scheduler } = lab()
  const left: string[] = []
  const again = () => budget.admit(5).subscribe(() => left.push(`c ${scheduler.now()}`))
  budget.admit(5).subscribe(() => {
    left.push('a')
    again()
  })
  budget.admit(5).subscribe(() => left.push(`b ${scheduler.now()}`))
  scheduler.flush()
  expect(left).toEqual(['a', 'c 0', 'b 60000'])
})

test.each([11, -1, NaN, Infinity])('a weight of %p is refused at once', (weight) => {
  expect(() => lab().budget.admit(weight)).toThrow(
    new TypeError(`Expected a weight from 0 to 10, all that a minute allows; came ${weight}`),
  )
})

test.each([0, -1, NaN])('%p is no budget', (weightPerMinute) => {
  expect(() => createBudget({ weightPerMinute })).toThrow(
    new TypeError(`Budget: expected a weightPerMinute above 0, came ${weightPerMinute}`),
  )
})

test('waits in real time unless told otherwise', () => {
  jest.useFakeTimers()
  try {
    const budget = createBudget({ weightPerMinute: 1 })
    const left: string[] = []
    budget.admit(1).subscribe(() => left.push('a'))
    budget.admit(1).subscribe(() => left.push('b'))
    jest.advanceTimersByTime(59_999)
    expect(left).toEqual(['a'])
    jest.advanceTimersByTime(1)
    expect(left).toEqual(['a', 'b'])
    expect(jest.getTimerCount()).toBe(0)
  } finally {
    jest.useRealTimers()
  }
})

test('what is used, of how much, and how many wait', () => {
  const { budget, ask, at, scheduler } = lab()
  const seen: unknown[] = []
  const look = () => seen.push(budget.usage())
  look()
  ask('a', 6)
  ask('b', 5)
  ask('c', 1)
  look()
  at(59_999, look)
  at(60_001, look)
  at(130_000, look)
  scheduler.flush()
  expect(seen).toEqual([
    { used: 0, limit: 10, waiting: 0 },
    { used: 6, limit: 10, waiting: 2 },
    { used: 6, limit: 10, waiting: 2 },
    { used: 6, limit: 10, waiting: 0 },
    { used: 0, limit: 10, waiting: 0 },
  ])
})
