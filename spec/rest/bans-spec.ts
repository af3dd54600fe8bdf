import * as t from 'io-ts'
import { of } from 'rxjs'
import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import type { Rest, RestConfig } from '../../lib/rest/Rest.js'
import { RestError } from '../../lib/rest/RestError.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { venueInMemory, type Said } from './venueInMemory.js'
import { settled, virtual } from './virtual.js'

/** Of a budget that nobody spends. */
const { usage } = createBudget({ weightPerMinute: 9 })

const NOW = 1_700_000_000_000
const DAY = 86_400_000

type Config = Partial<RestConfig> & {
  readonly venue: Venue
  /** The limit of a budget of its own. */
  readonly own?: number
}

/** Rests that share an address, and what each of their requests met; only the first answer is as said. */
const lab = (said: Said, ...configs: readonly Config[]) => {
  const time = virtual(NOW)
  const { scheduler } = time
  const { fetch, seen } = venueInMemory((_, count) => (count === 1 ? said : {}))
  const rests = configs.map(({ own, ...config }) => {
    const budget = own !== undefined && { budget: createBudget({ weightPerMinute: own, scheduler }) }
    return createRest({ fetch, scheduler, random: () => 0, maxWait: Infinity, ...budget, ...config })
  })
  const errors: RestError[] = []
  const pauses: unknown[] = []
  rests.forEach((rest, i) => rest.pause$.subscribe(({ delay, reason }) => pauses.push([i, delay, reason])))
  const ask = (rest: Rest | undefined, path = '/x', maxWait = 0) =>
    rest?.request('GET', path, {}, t.unknown, { maxWait }).subscribe({
      error: (error: unknown) => error instanceof RestError && errors.push(error),
    })
  return { ...time, rests, seen, errors, pauses, ask, paths: () => seen.map(({ path }) => path) }
}

const bingx = { venue: bingxSpot }
const binance = { venue: binanceSpot }
const until = (ms: number) => NOW + ms

const cases: readonly (readonly [string, Venue, Said, number, number?])[] = [
  [
    '100410 with HTTP 200 and its end',
    bingxSpot,
    {
      text: `{"code":100410,"msg":"The endpoint trigger frequency limit rule is currently in the disabled period and will be unblocked after ${until(480_000)}"}`,
    },
    480_000,
    100410,
  ],
  [
    'another way to say it',
    bingxSpot,
    { text: `{"code":100410,"msg":"rate limited, can retry after time: ${until(30_000)}","timestamp":1}` },
    30_000,
    100410,
  ],
  [
    'its words under another code',
    bingxSpot,
    { text: `{"code":109400,"msg":"UNBLOCKED AFTER ${until(7_000)}"}` },
    7_000,
    109400,
  ],
  ['100410 without an end', bingxSpot, { text: '{"code":100410,"msg":"rate limitation"}' }, 60_000, 100410],
  [
    '-1003 with HTTP 400',
    binanceSpot,
    { status: 400, text: '{"code":-1003,"msg":"Too many requests"}' },
    60_000,
    -1003,
  ],
  [
    'banned until, with HTTP 400',
    asterSpot,
    { status: 400, text: `{"code":-1003,"msg":"Way too much request weight used; IP banned until ${until(90_000)}."}` },
    90_000,
    -1003,
  ],
  [
    '418 whose words know more than its header',
    binanceSpot,
    {
      status: 418,
      headers: { 'retry-after': '5' },
      text: `{"code":-1003,"msg":"IP(1.2.3.4) banned until ${until(900_000)}"}`,
    },
    900_000,
    -1003,
  ],
  ['a page that says so', binanceSpot, { status: 403, text: `<p>banned until ${until(8_000)}</p>` }, 8_000],
  [
    'an end by the clock of the venue, which is an hour ahead',
    bingxSpot,
    {
      headers: { date: new Date(NOW + 3_600_000).toUTCString() },
      text: `{"code":100410,"msg":"unblocked after ${until(3_600_000 + 20_000)}"}`,
    },
    20_000,
    100410,
  ],
  ['an end that is over', bingxSpot, { text: `{"code":100410,"msg":"unblocked after ${until(-5)}"}` }, 0, 100410],
  ['an end in years', bingxSpot, { text: `{"code":100410,"msg":"unblocked after 9999999999999"}` }, 3 * DAY, 100410],
  ['an end in no ms', bingxSpot, { text: `{"code":100410,"msg":"unblocked after 99999999999999999"}` }, 60_000, 100410],
  ['a wait of a century', binanceSpot, { status: 429, headers: { 'retry-after': '3155760000' }, text: '' }, 3 * DAY],
  [
    'until a date in a century',
    binanceSpot,
    { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' }, text: '' },
    3 * DAY,
  ],
]

test.each(cases.map(([title, ...rest]) => [title, rest] as const))(
  'F76 %s: the wait is that, and everybody who shares the address waits',
  async (_, [venue, said, delay, code]) => {
    const { rests, ask, errors, pauses, paths, advance, seen } = lab(said, { venue }, { venue })
    const [one, other] = rests
    ask(one)
    await settled()
    expect(errors.map(({ failure }) => failure.kind)).toEqual(['rateLimited'])
    expect(errors[0]?.failure).toMatchObject({ retryAfter: delay })
    expect([errors[0]?.code, errors[0]?.final]).toEqual([code, false])
    expect(pauses.map((pause) => (pause as readonly unknown[])[1])).toEqual(delay === 0 ? [] : [delay, delay])
    ask(other, '/y', Infinity)
    await advance(Math.max(0, delay - 1))
    if (delay > 0) expect(paths()).toEqual(['/x'])
    await advance(1)
    expect(seen.length).toBe(2)
  },
)

test.each([
  ['a success that mentions it', bingxSpot, { text: '{"code":0,"msg":"unblocked after 9999999999999"}' }],
  ['an error of another kind', bingxSpot, { text: '{"code":100001,"msg":"bad signature"}' }],
  [
    'the words of another venue',
    binanceSpot,
    { status: 400, text: `{"code":-1121,"msg":"unblocked after ${until(9)}"}` },
  ],
])('F76 %s is no ban', async (_, venue, said) => {
  const { rests, ask, pauses, errors } = lab(said, { venue })
  ask(rests[0])
  await settled()
  expect(pauses).toEqual([])
  expect(errors.map(({ failure }) => failure.kind)).not.toContain('rateLimited')
})

describe('F76 who shares an address', () => {
  const banned = { text: `{"code":100410,"msg":"unblocked after ${until(100_000)}"}` }

  test.each<readonly [string, Config]>([
    ['has another limit', { venue: { ...bingxSpot, limits: { ...bingxSpot.limits, weightPerMinute: 99 } } }],
    ['has a budget of its own', { ...bingx, own: 9 }],
    [
      'has a budget that cannot pause',
      {
        ...bingx,
        budget: {
          admit: createBudget({ weightPerMinute: 9 }).admit,
          used: () => undefined,
          pause: () => undefined,
          usage,
        },
      },
    ],
    ['has an apiKey', { ...bingx, apiKey: 'x' }],
  ])('waits, too, though it %s', async (_, config) => {
    const { rests, ask, advance, paths } = lab(banned, bingx, config)
    ask(rests[0], '/banned')
    await settled()
    ask(rests[1], '/other', Infinity)
    await advance(99_999)
    expect(paths()).toEqual(['/banned'])
    await advance(1)
    expect(paths()).toEqual(['/banned', '/other'])
  })

  test('waits where it had been waiting before', async () => {
    const budget = { weightPerMinute: 1 }
    const time = virtual(NOW)
    const { fetch, seen } = venueInMemory((_, count) => (count === 2 ? banned : {}))
    const config = { ...bingx, fetch, scheduler: time.scheduler, maxWait: Infinity }
    const slow = createRest({ ...config, budget: createBudget({ ...budget, scheduler: time.scheduler }) })
    const other = createRest(config)
    const ask = (rest: Rest, path: string) =>
      rest
        .request('GET', path, {}, t.unknown, { idempotent: false, maxWait: Infinity })
        .subscribe({ error: () => undefined })
    ask(slow, '/1')
    ask(slow, '/2')
    await time.advance(1_000)
    ask(other, '/banned')
    await time.advance(99_998)
    expect(seen.map(({ path }) => path)).toEqual(['/1', '/banned'])
    // The ban ends 100 s after the start; what was to leave after a minute may leave then.
    await time.advance(60_000)
    expect(seen.map(({ path }) => path)).toEqual(['/1', '/banned', '/2'])
  })

  test('does not ask again and again: of 200 requests one is told, and none follows', async () => {
    const { rests, ask, advance, seen, pauses } = lab(banned, bingx)
    for (let i = 0; i < 200; i++) await advance(ask(rests[0], `/${i}`, 1_000_000) === undefined ? 0 : 400)
    expect(seen.length).toBe(1)
    expect(pauses).toEqual([[0, 100_000, expect.stringContaining('unblocked after')]])
    await advance(100_000)
    expect(seen.length).toBeGreaterThan(1)
  })

  test('is told once of a pause that goes on', async () => {
    const time = virtual(NOW)
    const { fetch } = venueInMemory(() => banned)
    const rest = createRest({ ...binance, ...bingx, fetch, scheduler: time.scheduler })
    const pauses: number[] = []
    rest.pause$.subscribe(({ delay }) => pauses.push(delay))
    for (let i = 0; i < 9; i++) rest.request('POST', `/${i}`, {}, t.unknown).subscribe({ error: () => undefined })
    await settled()
    expect(pauses).toEqual([100_000])
  })

  test('waits as long as that, though the clock is put back meanwhile', async () => {
    const { rests, ask, advance, scheduler, paths } = lab(banned, bingx, { ...bingx, own: 9 })
    ask(rests[0], '/banned')
    await settled()
    scheduler.frame -= 3_600_000
    ask(rests[1], '/other', Infinity)
    await advance(99_999)
    expect(paths()).toEqual(['/banned'])
    await advance(1)
    expect(paths()).toEqual(['/banned', '/other'])
  })
})

test('F24 whoever shares a budget waits too, whatever address it asks', async () => {
  const paused: number[] = []
  const budget = {
    admit: () => of(undefined),
    used: () => undefined,
    pause: (delay: number) => void paused.push(delay),
    usage,
  }
  const { fetch } = venueInMemory(() => ({ status: 429, headers: { 'retry-after': '7' } }))
  const rest = createRest({ venue: asterSpot, fetch, scheduler: virtual(NOW).scheduler, budget })
  rest.request('GET', '/x', {}, t.unknown, { maxWait: 0 }).subscribe({ error: () => undefined })
  await settled()
  expect(paused).toEqual([7_000])
})
