import { bufferTime, interval, lastValueFrom, NEVER, take, tap, toArray } from 'rxjs'
import { recordedClock } from '../../../lib/communicators/recordedClock.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { played, scratch, told } from '../scratch.js'

const { file } = scratch()

const T = 1_723_161_631_500

const lines = (times: readonly number[]) => times.map((time, i) => `${time} f${i}`).join('\n')

describe('F67 one wrong digit in a time', () => {
  // Each digit of the third of five times becomes a 9, or where it is one an 8.
  test.each(Array.from({ length: 13 }, (_, i) => i))('the digit at %i', async (place) => {
    const times = [0, 20, 40, 60, 80].map((ms) => T + ms)
    const text = String(times[2])
    const digit = text[place] === '9' ? '8' : '9'
    const wrong = Number(text.slice(0, place) + digit + text.slice(place + 1))
    const at = file(lines(times.with(2, wrong)))
    const communicator = replayCommunicator({ files: at })
    let bursts = 0
    const signals = await lastValueFrom(
      communicator(NEVER).pipe(
        tap({
          subscribe: () =>
            communicator.scheduler.schedule(function () {
              bursts += 1
              this.schedule(undefined, 1_000)
            }, 1_000),
        }),
        toArray(),
      ),
    )
    const frames = signals.filter(({ _tag }) => _tag === 'Frame')
    expect(frames.length).toBe(5)
    const isFar = wrong - T > 10_000
    if (isFar) {
      expect(told(signals)).toEqual([
        ...[`${T} f0`, `${T + 20} f1`, `${T + 20} BadRecord`, `${T + 20} f2`, `${T + 60} f3`, `${T + 80} f4`],
      ])
    }
    // All times stay within ten seconds of what they were, and the clock ran through no more than the drain.
    for (const { receivedAt } of frames) expect(Math.abs(receivedAt - T)).toBeLessThan(10_200)
    expect(bursts).toBeLessThan(100)
  })

  test('in the first record, and in the last one', async () => {
    const far = T + 1e11
    expect(told(await played({ files: file(lines([far, T, T + 1])) }))).toEqual([
      ...[`0 BadRecord`, `${T} f0`, `${T} f1`, `${T + 1} f2`],
    ])
    expect(told(await played({ files: file(lines([T, T + 1, far])) }))).toEqual([
      ...[`${T} f0`, `${T + 1} f1`, `${T + 1} BadRecord`, `${T + 1} f2`],
    ])
  })

  test('a gap that the next record confirms is one, however long; so is a short one at the end', async () => {
    const times = [T, T + 11_000, T + 11_001, T + 1e11, T + 1e11 + 60_000]
    expect(told(await played({ files: file(lines(times)) }))).toEqual(times.map((time, i) => `${time} f${i}`))
  })

  test('what waits while the clock passes a gap of years is run for a day and then late, not for minutes', async () => {
    const communicator = replayCommunicator({ files: file(lines([T, T + 1, T + 1e11, T + 1e11 + 1])), drain: 0 })
    const { scheduler } = communicator
    let buffers = 0
    const frames = communicator(NEVER).pipe(
      bufferTime(1_000, scheduler),
      tap(() => (buffers += 1)),
    )
    const all = await lastValueFrom(frames.pipe(toArray()))
    expect(all.flat().length).toBe(4)
    expect(buffers).toBeGreaterThan(86_400)
    expect(buffers).toBeLessThan(300_000)
  })
})

describe('F67 a gap that the clock passes', () => {
  /** When an interval runs on a clock that goes on by so many ms at once. */
  const turnsIn = (gap: number, every: number) => {
    const clock = recordedClock()
    const turns: number[] = []
    clock.advance(T)
    const ticking = interval(every, clock.scheduler).subscribe(() => turns.push(clock.scheduler.now() - T))
    clock.advance(T + gap)
    ticking.unsubscribe()
    return turns
  }
  const DAY = 86_400_000

  test('of a day runs all that is due at its time, however much that is', () => {
    const turns = turnsIn(DAY, 500)
    expect(turns.length).toBe(172_800)
    expect(turns.at(-1)).toBe(DAY)
  })

  test('of months runs what is due at its time, where that is not too much', () => {
    const turns = turnsIn(90 * DAY, DAY)
    expect(turns).toEqual(Array.from({ length: 90 }, (_, i) => (i + 1) * DAY))
  })
})

describe('F67 units mistaken', () => {
  test.each([
    ['ms', '1723161631', 'in ms', 'in s'],
    ['us', '1723161631500', 'in µs', 'in ms'],
    ['ns', '1723161631500000', 'in ns', 'in µs'],
    ['ns', '1723161631', 'in ns', 'in s'],
    ['s', '1723161631500', 'in s', 'in ms'],
    ['ms', '1723161631500000000', 'in ms', 'in ns'],
    ['ms', '2024-08-08T23:54:13Z', 'in ms', 'in ISO 8601'],
    ['iso', '1723161631500', 'in ISO 8601', 'in ms'],
  ] as const)('%s of %s: said with the first record', async (timestamps, time, expected, found) => {
    const communicator = replayCommunicator({ files: file(`${time} a\n${time} b\n`), timestamps })
    const [first] = await lastValueFrom(communicator(NEVER).pipe(take(1), toArray()))
    expect(first).toMatchObject({
      _tag: 'BadRecord',
      offset: 0,
      reason: `expected a time ${expected} before ' ', came '${time}', which looks like one ${found}: name the format with \`timestamps\`, or skip first lines with \`headers\``,
    })
  })

  test.each(['1000 a', '10000000000000 a', '123456789 a'])('not of %j', async (text) => {
    expect((await played({ files: file(text) })).map(({ _tag }) => _tag)).toEqual(['Frame'])
  })
})

describe('F68 an empty line of a tardis file is a lost connection', () => {
  const iso = (second: number) => `2024-08-08T23:54:${String(second).padStart(2, '0')}.1234567Z`
  const text = [`${iso(1)} a`, `${iso(2)} b`, '', '', `${iso(3)} c`, '', ''].join('\n')

  test('said once, at the time of the last frame, in the name of its source', async () => {
    const at = file(text)
    const signals = await played({ files: at, format: 'tardis' })
    expect(signals.map((signal) => (signal._tag === 'Frame' ? signal.text : signal._tag))).toEqual([
      ...['a', 'b', 'Disconnected', 'c', 'Disconnected'],
    ])
    expect(signals[2]).toEqual({
      ...{ _tag: 'Disconnected', code: 1006, reason: 'an empty record says so' },
      ...{ receivedAt: Date.parse('2024-08-08T23:54:02.123Z') + 0.4567, source: { id: at } },
    })
  })

  test('in other formats it says nothing; options say otherwise', async () => {
    const tags = async (config: object) => (await played({ files: file(text), ...config })).map(({ _tag }) => _tag)
    expect(await tags({ timestamps: 'iso' })).toEqual(['Frame', 'Frame', 'Frame'])
    expect(await tags({ timestamps: 'iso', empty: 'disconnected' })).toContain('Disconnected')
    expect(await tags({ format: 'tardis', empty: 'nothing' })).toEqual(['Frame', 'Frame', 'Frame'])
  })

  test('before the span, and at the beginning, nothing is lost', async () => {
    const from = Date.parse('2024-08-08T23:54:03Z')
    const signals = await played({ files: file(`\n${text}`), format: 'tardis', from })
    expect(signals.map(({ _tag }) => _tag)).toEqual(['Frame', 'Disconnected'])
  })
})
