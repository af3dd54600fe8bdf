import {
  auditTime,
  bufferTime,
  config,
  debounceTime,
  delay,
  interval,
  Observable,
  observeOn,
  Subject,
  take,
  tap,
  timeout,
  timer,
  timestamp,
  type SchedulerLike,
} from 'rxjs'
import { recordedClock, type RecordedClock } from '../../lib/communicators/recordedClock.js'
import { after } from '../../lib/timing/wait.js'

const START = 1_723_161_255_000

/** Frames `[ms after the start, text]` on a clock, through an operator; what came out, and when. */
const through = <T>(
  frames: readonly (readonly [number, string])[],
  operator: (source: Observable<string>, scheduler: SchedulerLike) => Observable<T>,
  drain = 10_000,
) => {
  const clock = recordedClock()
  const source = new Subject<string>()
  const out: [number, T][] = []
  operator(source, clock.scheduler).subscribe((value) => out.push([clock.scheduler.now() - START, value]))
  for (const [at, text] of frames) {
    clock.advance(START + at)
    source.next(text)
  }
  clock.advance(START + drain)
  return out
}

const at = (clock: RecordedClock) => clock.scheduler.now() - START

describe('operators that wait, on the recorded clock', () => {
  test('bufferTime', () => {
    const frames = [
      [0, 'a'],
      [999, 'b'],
      [1000, 'c'],
      [2500, 'd'],
    ] as const
    expect(through(frames, (source, scheduler) => source.pipe(bufferTime(1000, scheduler)), 3000)).toEqual([
      [1000, ['a', 'b']],
      [2000, ['c']],
      [3000, ['d']],
    ])
  })

  test('debounceTime, with fractions of a millisecond', () => {
    const frames = [
      [0, 'a'],
      [0.25, 'b'],
      [100, 'c'],
      [300, 'd'],
    ] as const
    expect(through(frames, (source, scheduler) => source.pipe(debounceTime(150, scheduler)))).toEqual([
      [250, 'c'],
      [450, 'd'],
    ])
    expect(
      through(
        [
          [0, 'a'],
          [0.25, 'b'],
        ],
        (source, scheduler) => source.pipe(debounceTime(10, scheduler)),
      ),
    ).toEqual([[10.25, 'b']])
  })

  test('delay, auditTime', () => {
    const frames = [
      [0, 'a'],
      [10, 'b'],
      [40, 'c'],
    ] as const
    expect(through(frames, (source, scheduler) => source.pipe(delay(30, scheduler)))).toEqual([
      [30, 'a'],
      [40, 'b'],
      [70, 'c'],
    ])
    expect(through(frames, (source, scheduler) => source.pipe(auditTime(30, scheduler)))).toEqual([
      [30, 'b'],
      [70, 'c'],
    ])
  })

  test('timeout', () => {
    const clock = recordedClock()
    const source = new Subject<string>()
    const errors: unknown[] = []
    source
      .pipe(timeout({ each: 1000, scheduler: clock.scheduler }))
      .subscribe({ error: (e: unknown) => errors.push(e) })
    clock.advance(START)
    source.next('a')
    clock.advance(START + 999)
    expect(errors).toEqual([])
    clock.advance(START + 1000)
    expect(errors).toHaveLength(1)
  })

  test('timer and interval set by a frame count from that frame', () => {
    const clock = recordedClock()
    const ticks: string[] = []
    clock.advance(START)
    timer(5, clock.scheduler).subscribe(() => ticks.push(`timer ${at(clock)}`))
    interval(2, clock.scheduler).subscribe((n) => ticks.push(`interval ${n} ${at(clock)}`))
    clock.advance(START + 6)
    expect(ticks).toEqual(['interval 0 2', 'interval 1 4', 'timer 5', 'interval 2 6'])
  })

  test('timestamp reads the recorded time', () => {
    expect(through([[7, 'a']], (source, scheduler) => source.pipe(timestamp(scheduler)))).toEqual([
      [7, { value: 'a', timestamp: START + 7 }],
    ])
  })
})

describe('order', () => {
  test('what is due at t runs before the frame of t', () => {
    const clock = recordedClock()
    const order: string[] = []
    clock.advance(1000)
    clock.scheduler.schedule(() => order.push('timer'), 500)
    clock.advance(1500)
    order.push('frame')
    expect(order).toEqual(['timer', 'frame'])
  })

  test('equal times run in the order in which they were set, each time at its own time', () => {
    const clock = recordedClock()
    const order: string[] = []
    const set = (name: string, wait: number) =>
      clock.scheduler.schedule(() => order.push(`${name} ${clock.scheduler.now()}`), wait)
    clock.advance(1000)
    set('c', 30)
    set('a', 20)
    set('d', 30)
    set('b', 20)
    set('now', 0)
    set('past', -5)
    clock.advance(1030)
    expect(order).toEqual(['now 1000', 'past 1000', 'a 1020', 'b 1020', 'c 1030', 'd 1030'])
  })

  test('what an action sets within the span runs within it', () => {
    const clock = recordedClock()
    const order: string[] = []
    clock.advance(1000)
    clock.scheduler.schedule(() => {
      order.push('first')
      clock.scheduler.schedule(() => order.push(`second ${clock.scheduler.now()}`), 10)
      clock.scheduler.schedule(() => order.push('late'), 11)
    }, 10)
    clock.advance(1020)
    expect(order).toEqual(['first', 'second 1020'])
    expect(clock.due()).toBe(1021)
  })

  test('the clock never goes back, and an earlier frame runs nothing', () => {
    const clock = recordedClock()
    let runs = 0
    clock.advance(1000)
    clock.scheduler.schedule(() => (runs += 1), 1)
    clock.advance(900)
    expect([clock.scheduler.now(), runs]).toEqual([1000, 0])
  })

  test('an action that was set again waits for its new time only', () => {
    const clock = recordedClock()
    const states: unknown[] = []
    clock.advance(1000)
    clock.scheduler.schedule<string>(
      function (state) {
        states.push([state, clock.scheduler.now()])
        if (state !== 'first') return
        this.schedule('old', 10)
        this.schedule('new', 20)
      },
      0,
      'first',
    )
    clock.advance(1010)
    expect(states).toEqual([['first', 1000]])
    clock.advance(1020)
    expect(states).toEqual([
      ['first', 1000],
      ['new', 1020],
    ])
    expect(clock.due()).toBeUndefined()
  })

  test('a million turns of one timer use neither memory nor stack', () => {
    const clock = recordedClock()
    let ticks = 0
    clock.advance(1000)
    const subscription = interval(1, clock.scheduler).subscribe(() => (ticks += 1))
    clock.advance(1_001_000)
    expect(ticks).toBe(1_000_000)
    subscription.unsubscribe()
    expect(clock.due()).toBeUndefined()
  })

  test('a timer without delay takes a millisecond per turn: it cannot stop time', () => {
    const clock = recordedClock()
    let ticks = 0
    clock.advance(1000)
    interval(0, clock.scheduler).subscribe(() => (ticks += 1))
    clock.advance(1010)
    expect(ticks).toBe(11)
  })

  test('observeOn runs before the next frame', () => {
    expect(
      through(
        [
          [0, 'a'],
          [0, 'b'],
          [3, 'c'],
        ],
        (source, scheduler) => source.pipe(observeOn(scheduler)),
      ),
    ).toEqual([
      [0, 'a'],
      [0, 'b'],
      [3, 'c'],
    ])
  })

  test('Infinity never comes', () => {
    const clock = recordedClock()
    clock.scheduler.schedule(() => undefined, Infinity)
    expect(clock.due()).toBeUndefined()
  })
})

describe('unsubscribing', () => {
  test('takes the action away, also among equals', () => {
    const clock = recordedClock()
    const order: string[] = []
    clock.advance(1000)
    const [, b] = ['a', 'b', 'c'].map((name) => clock.scheduler.schedule(() => order.push(name), 5))
    b?.unsubscribe()
    clock.advance(1005)
    expect(order).toEqual(['a', 'c'])
  })

  test('what is closed is not set again', () => {
    const clock = recordedClock()
    clock.advance(1000)
    interval(5, clock.scheduler).pipe(take(2)).subscribe()
    clock.scheduler.schedule(function () {
      this.unsubscribe()
      this.schedule(undefined, 1)
    }, 1)
    clock.advance(2000)
    expect(clock.due()).toBeUndefined()
  })

  test('advance stops between two actions once nobody listens, and the clock stays there', () => {
    const clock = recordedClock()
    let runs = 0
    clock.advance(1000)
    interval(10, clock.scheduler)
      .pipe(tap(() => (runs += 1)))
      .subscribe()
    clock.advance(2000, () => runs < 3)
    expect([runs, clock.scheduler.now()]).toEqual([3, 1030])
  })
})

describe('before the first frame', () => {
  test('the clock shows 0, or where the span begins', () => {
    expect(recordedClock().scheduler.now()).toBe(0)
    expect(recordedClock(START).scheduler.now()).toBe(START)
  })

  test.each([undefined, START - 300])('what is set counts from the first frame (from %p)', (from) => {
    const clock = recordedClock(from)
    const ticks: string[] = []
    interval(1000, clock.scheduler).subscribe(() => ticks.push(`tick ${at(clock)}`))
    clock.scheduler.schedule(() => ticks.push(`now ${at(clock)}`))
    clock.advance(START)
    expect(ticks).toEqual(['now 0'])
    clock.advance(START + 2000)
    expect(ticks).toEqual(['now 0', 'tick 1000', 'tick 2000'])
  })

  test('what is set for a date keeps it; a date that is over comes at once', () => {
    const clock = recordedClock()
    const ticks: string[] = []
    timer(new Date(START + 5), clock.scheduler).subscribe(() => ticks.push(`date ${at(clock)}`))
    timer(new Date(START - 5), clock.scheduler).subscribe(() => ticks.push(`over ${at(clock)}`))
    timer(2 ** 31 - 2, clock.scheduler).subscribe(() => ticks.push(`long ${at(clock)}`))
    timer(2, clock.scheduler).subscribe(() => ticks.push(`wait ${at(clock)}`))
    clock.advance(START + 0)
    clock.advance(START + 2 ** 31)
    expect(ticks).toEqual(['over 0', 'wait 2', 'date 5', `long ${2 ** 31 - 2}`])
  })

  test('F55 a wait in slices for a date, too', () => {
    const clock = recordedClock()
    const ticks: string[] = []
    after(START + 5, clock.scheduler, () => ticks.push(`date ${at(clock)}`))
    after(START - 5, clock.scheduler, () => ticks.push(`over ${at(clock)}`))
    after(START + 2 ** 32, clock.scheduler, () => ticks.push(`long ${at(clock)}`))
    clock.advance(START + 0)
    clock.advance(START + 2 ** 33)
    expect(ticks).toEqual(['over 0', 'date 5', `long ${2 ** 32}`])
  })

  test('with a span the longest wait is a wait, too', () => {
    const clock = recordedClock(START - 10)
    const ticks: number[] = []
    timer(2 ** 31, clock.scheduler).subscribe(() => ticks.push(at(clock)))
    clock.advance(START)
    clock.advance(START + 2 ** 32)
    expect(ticks).toEqual([2 ** 31])
  })

  test('only the first frame moves what waits', () => {
    const clock = recordedClock()
    clock.scheduler.schedule(() => undefined, 10)
    clock.start(1000)
    clock.start(2000)
    expect([clock.due(), clock.scheduler.now()]).toEqual([1010, 1000])
  })
})

test('a reset clock shows the beginning, and what waits keeps the rest of its wait', () => {
  const clock = recordedClock(500)
  const ticks: number[] = []
  clock.advance(1000)
  clock.scheduler.schedule(() => ticks.push(clock.scheduler.now()), 50)
  clock.advance(1020)
  clock.reset()
  expect([clock.scheduler.now(), clock.due()]).toEqual([500, 530])
  clock.advance(2000)
  clock.advance(2029)
  expect(ticks).toEqual([])
  clock.advance(2030)
  expect(ticks).toEqual([2030])
})

test('whoever sets an action is heard, also when it is set again', () => {
  let heard = 0
  const clock = recordedClock(0, () => (heard += 1))
  interval(10, clock.scheduler).pipe(take(3)).subscribe()
  expect(heard).toBe(1)
  clock.advance(0)
  clock.advance(100)
  expect(heard).toBe(3)
})

describe('an action that throws', () => {
  afterEach(() => {
    config.onUnhandledError = null
  })

  test('F45 harms no other; its error goes to config.onUnhandledError, and it is over', async () => {
    const clock = recordedClock()
    const order: string[] = []
    const reported = new Promise((resolve) => {
      config.onUnhandledError = resolve
    })
    clock.advance(1000)
    const action = clock.scheduler.schedule(function () {
      this.schedule(undefined, 1)
      throw new Error('of a listener')
    }, 1)
    clock.scheduler.schedule(() => order.push('the other'), 1)
    clock.advance(1010)
    expect(order).toEqual(['the other'])
    expect(action.closed).toBe(true)
    expect(clock.due()).toBeUndefined()
    expect(await reported).toEqual(new Error('of a listener'))
  })
})
