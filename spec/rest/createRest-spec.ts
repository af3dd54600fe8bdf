import * as t from 'io-ts'
import { lastValueFrom, of, type Subscription } from 'rxjs'
import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import type { Rest, RestConfig } from '../../lib/rest/Rest.js'
import { RestError } from '../../lib/rest/RestError.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { failure } from './failure.js'
import { venueInMemory, type Said, type Seen } from './venueInMemory.js'
import { settled, virtual } from './virtual.js'

/** Of a budget that nobody spends. */
const { usage } = createBudget({ weightPerMinute: 9 })

const START = 1_700_000_000_000
const hmac = () => hmacSigner({ venue: asterFutures, apiKey: 'key', secret: 'secret' })
const wallet = () => eip712Signer({ user: `0x${'0'.repeat(40)}`, privateKey: `${'0'.repeat(63)}1` })

/** A rest in virtual time against a venue in memory, and all that was heard. */
const lab = (
  answer: (seen: Seen, count: number) => Said | Promise<Said>,
  config: Partial<RestConfig> | ((time: ReturnType<typeof virtual>) => Partial<RestConfig>) = {},
) => {
  const time = virtual(START)
  const { fetch, seen } = venueInMemory(answer)
  const more = typeof config === 'function' ? config(time) : config
  const rest = createRest({ venue: asterFutures, fetch, scheduler: time.scheduler, random: () => 0, ...more })
  const heard: string[] = []
  const follow = (
    name: string,
    ...[method, path, parameters, codec, options]: Parameters<Rest['request']>
  ): Subscription =>
    rest.request(method, path, parameters, codec, options).subscribe({
      next: (value) => heard.push(`${name} ${JSON.stringify(value)}`),
      error: (error: unknown) => heard.push(`${name} # ${error instanceof Error ? error.message : String(error)}`),
      complete: () => heard.push(`${name} |`),
    })
  const get = (name: string, options = {}) => follow(name, 'GET', `/${name}`, {}, t.unknown, options)
  const order = (name: string, options = {}) =>
    follow(name, 'POST', `/${name}`, { symbol: 'X' }, t.unknown, { authentication: 'signed', ...options })
  return { ...time, rest, seen, heard, follow, get, order, paths: () => seen.map(({ path }) => path) }
}

const never = () => new Promise<Said>(() => undefined)
const valueOf = ({ parameters }: Seen, name: string) => Number(new URLSearchParams(parameters).get(name))

describe('one request', () => {
  test('for each subscription, decoded', async () => {
    const { rest, seen } = lab((_, count) => ({ text: `{"n":${count},"x":0}` }))
    const n$ = rest.request('GET', '/n', { a: 1, b: undefined }, t.type({ n: t.number }))
    await settled()
    expect(seen.length).toBe(0)
    expect([await lastValueFrom(n$), await lastValueFrom(n$)]).toEqual([
      { n: 1, x: 0 },
      { n: 2, x: 0 },
    ])
    expect(seen.map(({ url }) => url)).toEqual(['https://fapi.asterdex.com/n?a=1', 'https://fapi.asterdex.com/n?a=1'])
  })

  test('with its text and times, where asked for', async () => {
    const { rest, scheduler } = lab(() => {
      scheduler.frame += 40
      return { text: ' {"n":1}' }
    })
    expect(await lastValueFrom(rest.response('GET', '/n', {}, t.type({ n: t.number })))).toEqual({
      value: { n: 1 },
      text: ' {"n":1}',
      sentAt: START,
      receivedAt: START + 40,
    })
  })

  test('what the rest is made of', () => {
    const { rest } = lab(never)
    expect([rest.venue, rest.version, rest.paths]).toEqual([asterFutures, 'v3', asterFutures.rest.versions['v3']])
  })

  test('to another address', async () => {
    const { rest, seen } = lab(() => ({}), { endpoint: 'http://127.0.0.1:9/p/' })
    await lastValueFrom(rest.request('GET', '/n', {}, t.unknown))
    expect(seen[0]?.url).toBe('http://127.0.0.1:9/p/n')
  })

  test.each(['n', '', '/n?a=1', '/n#a', '/n a'])('%j is no path', (path) => {
    expect(() => lab(never).rest.request('GET', path, {}, t.unknown)).toThrow(
      new TypeError("path: expected one like '/api/v3/depth'; parameters go into `parameters`"),
    )
  })

  test('misuse is said at once', () => {
    const { rest } = lab(never)
    expect(() => rest.request('GET', '/n', { a: NaN }, t.unknown)).toThrow("Parameter 'a'")
    expect(() => rest.request('GET', '/n', {}, t.unknown, { weight: 2_401 })).toThrow('a weight from 0 to 2400')
    expect(() => rest.request('GET', '/n', {}, t.unknown, { authentication: 'signed' })).toThrow('A signed request')
    expect(() => rest.request('GET', '/n', {}, t.unknown, { authentication: 'apiKey' })).toThrow('with an API key')
    expect(() => createRest({ venue: asterFutures, endpoint: 'nowhere' })).toThrow('endpoint: expected')
    expect(() => createRest({ venue: asterFutures, version: 'v9' })).toThrow("expected was 'v9'")
  })
})

describe('time', () => {
  test('an answer has so long, then the request is aborted', async () => {
    const { follow, advance, seen, heard, pending } = lab(never, { timeout: 100, retry: { count: 0 } })
    follow('a', 'GET', '/a', {}, t.unknown)
    follow('b', 'GET', '/b', {}, t.unknown, { timeout: 50 })
    await advance(49)
    expect(seen.map(({ signal }) => signal.aborted)).toEqual([false, false])
    await advance(1)
    expect(heard).toEqual(['b # GET /b: no answer within 50 ms'])
    expect(seen.map(({ signal }) => signal.aborted)).toEqual([false, true])
    await advance(50)
    expect(heard).toEqual(['b # GET /b: no answer within 50 ms', 'a # GET /a: no answer within 100 ms'])
    expect(seen.map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect(pending()).toBe(0)
  })

  test('ten seconds unless told otherwise, and any time where told so', async () => {
    const { get, advance, heard } = lab(never, { retry: { count: 0 } })
    get('a')
    get('b', { timeout: Infinity })
    await advance(9_999)
    expect(heard).toEqual([])
    await advance(1_000_000)
    expect(heard).toEqual(['a # GET /a: no answer within 10000 ms'])
  })

  test('the time of a failure is told', async () => {
    const { rest, advance } = lab(never, { retry: { count: 0 } })
    const failed = failure(rest.request('GET', '/a', {}, t.unknown))
    await advance(10_000)
    expect((await failed).failure).toEqual({ kind: 'timeout', reason: 'no answer within 10000 ms', after: 10_000 })
  })

  test('unsubscribing aborts, waits for nothing and says nothing', async () => {
    const { get, advance, seen, heard, pending } = lab(never)
    const subscription = get('a')
    await settled()
    subscription.unsubscribe()
    expect(seen[0]?.signal.aborted).toBe(true)
    expect(pending()).toBe(0)
    await advance(1_000_000)
    expect(heard).toEqual([])
  })
})

describe('sending again', () => {
  test('what only asks is sent again, with growing waits', async () => {
    const { get, advance, seen, heard } = lab(() => ({ status: 500, text: 'x' }))
    get('a')
    await advance(499)
    expect(seen.length).toBe(1)
    await advance(1)
    expect(seen.length).toBe(2)
    await advance(1_000)
    expect(seen.length).toBe(3)
    await advance(2_000)
    expect([seen.length, heard]).toEqual([4, ['a # GET /a: 500 x']])
  })

  test('as the config says', async () => {
    const retry = { count: 5, delay: 10, maxDelay: 20 }
    const { get, advance, seen } = lab(() => ({ status: 500 }), { retry, random: () => 0.5 })
    get('a')
    // 7.5 and 15 ms: 20 is the longest, cut by a quarter.
    await advance(7.5)
    expect(seen.length).toBe(2)
    await advance(15)
    expect(seen.length).toBe(3)
    await advance(14.9)
    expect(seen.length).toBe(3)
    await advance(0.1)
    expect(seen.length).toBe(4)
  })

  test('no wait is longer than half a minute', async () => {
    const { get, advance, seen } = lab(() => ({ status: 500 }), { retry: { count: 9 } })
    get('a')
    // 0.5, 1, 2, 4, 8 and 16 seconds, then 30.
    await advance(500)
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000]) await advance(wait)
    expect(seen.length).toBe(7)
    await advance(29_999)
    expect(seen.length).toBe(7)
    await advance(1)
    expect(seen.length).toBe(8)
  })

  test('what a codec throws is passed on, once', async () => {
    const { follow, advance, heard, seen } = lab(() => ({}))
    const throwing = new t.Type<unknown>(
      'throwing',
      (u): u is unknown => u === u,
      () => {
        throw new Error('mine')
      },
      t.identity,
    )
    follow('a', 'GET', '/a', {}, throwing)
    await advance(100_000)
    expect([heard, seen.length]).toEqual([['a # mine'], 1])
  })

  test('an order that the venue refuses for any other reason is not sent again, and the clock is left alone', async () => {
    const { order, advance, heard, paths } = lab(() => ({ status: 400, text: '{"code":-2010,"msg":"funds"}' }), {
      signer: hmac(),
    })
    order('a')
    await advance(100_000)
    expect([heard, paths()]).toEqual([['a # POST /a: -2010 funds (400)'], ['/a']])
  })

  test.each([
    ['a failure', (): Said => ({ status: 500 })],
    ['too many', (): Said => ({ status: 429 })],
    ['cut JSON', (): Said => ({ text: '{' })],
    ['a broken connection', (): Promise<Said> => Promise.reject(new Error('reset'))],
  ])('an order is never sent again: %s', async (_, answer) => {
    const { follow, order, advance, seen, heard } = lab(answer, { signer: hmac() })
    order('a')
    follow('b', 'DELETE', '/b', {}, t.unknown, { authentication: 'signed' })
    follow('c', 'PUT', '/c', {}, t.unknown)
    await advance(10_000_000)
    expect([seen.length, heard.length]).toEqual([3, 3])
  })

  test('nor after a time-out', async () => {
    const { order, advance, seen, heard } = lab(never, { signer: hmac() })
    order('a')
    await advance(10_000_000)
    expect([seen.length, heard]).toEqual([1, ['a # POST /a: no answer within 10000 ms']])
  })

  test('a GET may be told not to, and anything else to', async () => {
    const { follow, advance, seen } = lab(() => ({ status: 500 }))
    follow('a', 'GET', '/a', {}, t.unknown, { idempotent: false })
    await advance(100_000)
    expect(seen.length).toBe(1)
    follow('b', 'POST', '/b', {}, t.unknown, { idempotent: true })
    await advance(100_000)
    expect(seen.length).toBe(5)
  })
})

describe('the budget', () => {
  test('is shared by all callers, who leave in order', async () => {
    const { get, advance, paths } = lab(() => ({}))
    get('a', { weight: 2_000 })
    get('b', { weight: 401 })
    get('c', { weight: 1 })
    await advance(59_999)
    expect(paths()).toEqual(['/a'])
    await advance(1)
    expect(paths()).toEqual(['/a', '/b', '/c'])
  })

  test('hears the venue, in failures, too', async () => {
    const { get, advance, paths } = lab(({ path }) => ({
      ...(path === '/b' && { status: 400 }),
      headers: { 'x-mbx-used-weight-1m': path === '/a' ? '2399' : '2400' },
    }))
    get('a')
    await settled()
    get('b')
    await settled()
    get('c')
    await advance(59_999)
    expect(paths()).toEqual(['/a', '/b'])
    await advance(1)
    expect(paths()).toEqual(['/a', '/b', '/c'])
  })

  test('may be shared by several rests', async () => {
    const time = virtual()
    const budget = createBudget({ weightPerMinute: 1, scheduler: time.scheduler })
    const one = lab(() => ({}), { budget, scheduler: time.scheduler })
    const other = lab(() => ({}), { budget, scheduler: time.scheduler })
    one.get('a')
    other.get('b')
    await time.advance(59_999)
    expect([one.paths(), other.paths()]).toEqual([['/a'], []])
    await time.advance(1)
    expect(other.paths()).toEqual(['/b'])
  })

  test.each([
    ['429 with a time', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['429 without', { status: 429 }, 60_000],
    ['418 with a short time', { status: 418, headers: { 'retry-after': '7' } }, 120_000],
    ['418', { status: 418 }, 120_000],
  ])('F24 %s stops everybody, and the one who heard it asks again', async (_, said, wait) => {
    const { get, advance, paths, heard } = lab((_one, count) => (count === 1 ? said : {}))
    get('a')
    await settled()
    get('b')
    await advance(wait - 1)
    expect([paths(), heard]).toEqual([['/a'], []])
    await advance(1)
    expect(paths().toSorted()).toEqual(['/a', '/a', '/b'])
    expect(heard.length).toBe(4)
  })

  test('a ban longer than anybody waits is an error for all, and still obeyed', async () => {
    const { get, advance, paths, heard } = lab((_, count) =>
      count === 1 ? { status: 418, headers: { 'retry-after': '3600' } } : {},
    )
    get('a')
    await settled()
    expect(heard).toEqual(['a # GET /a: 418 {}'])
    get('b')
    await advance(119_999)
    expect(heard.length).toBe(1)
    await advance(1)
    expect(heard[1]).toBe('b # GET /b: not sent: it waited for more than 120000 ms')
    await advance(3_600_000 - 120_001)
    get('c')
    expect(paths()).toEqual(['/a'])
    await advance(1)
    expect(paths()).toEqual(['/a', '/c'])
  })

  test('an order waits no longer than for an answer, unless told so', async () => {
    const { order, get, advance, paths, heard } = lab((_, count) => (count === 1 ? { status: 429 } : {}), {
      signer: hmac(),
      maxWait: 50_000,
    })
    get('a', { maxWait: 0 })
    await settled()
    order('b')
    order('c', { timeout: 7_000 })
    order('d', { maxWait: 3_000 })
    get('e')
    const late = (name: string, ms: number) => `${name} # POST /${name}: not sent: it waited for more than ${ms} ms`
    await advance(49_999)
    expect(heard).toEqual(['a # GET /a: 429 {}', late('d', 3_000), late('c', 7_000), late('b', 10_000)])
    await advance(1)
    expect(heard[4]).toBe('e # GET /e: not sent: it waited for more than 50000 ms')
    expect(paths()).toEqual(['/a'])
  })

  test('what waits for ever may be told to', async () => {
    const { get, advance, paths } = lab((_, count) =>
      count === 1 ? { status: 418, headers: { 'retry-after': '9999' } } : {},
    )
    get('a')
    await settled()
    get('b', { maxWait: Infinity })
    await advance(9_998_999)
    expect(paths()).toEqual(['/a'])
    await advance(1)
    expect(paths()).toEqual(['/a', '/b'])
  })
})

describe('places', () => {
  test('so many are under way, so many wait, and no more', async () => {
    const { get, heard, seen, paths } = lab(never, { maxInFlight: 2, maxWaiting: 1 })
    const first = get('a')
    get('b')
    get('c')
    get('d')
    await settled()
    expect(heard).toEqual(['d # GET /d: not sent: too many requests are waiting'])
    expect(seen.length).toBe(2)
    first.unsubscribe()
    await settled()
    expect(paths()).toEqual(['/a', '/b', '/c'])
  })

  test('fifty, unless told otherwise', async () => {
    const { get, seen } = lab(never)
    for (let i = 0; i < 60; i++) get('a')
    await settled()
    expect(seen.length).toBe(50)
  })

  test('ten thousand wait, unless told otherwise', async () => {
    const { get, heard } = lab(never, { maxWait: Infinity, timeout: Infinity, maxInFlight: 1 })
    for (let i = 0; i < 10_001; i++) get('a')
    expect(heard).toEqual([])
    get('b')
    await settled()
    expect(heard).toEqual(['b # GET /b: not sent: too many requests are waiting'])
  })

  test('F53 what may wait for ever takes no place from what may not', async () => {
    const { get, advance, paths } = lab(
      () => ({}),
      ({ scheduler }) => ({ maxInFlight: 2, budget: createBudget({ weightPerMinute: 10, scheduler }) }),
    )
    for (let i = 0; i < 4; i++) get(`book${i}`, { weight: 10, maxWait: Infinity })
    get('a')
    get('b')
    await advance(59_999)
    expect(paths()).toEqual(['/book0'])
    await advance(1)
    expect(paths()).toEqual(['/book0', '/a', '/b'])
    await advance(180_000)
    expect(paths().slice(3)).toEqual(['/book1', '/book2', '/book3'])
  })

  test('F53 and is under way no oftener than the rest allows, with all others', async () => {
    const { get, seen } = lab(never, { maxInFlight: 2, maxWaiting: 1 })
    get('a')
    for (let i = 0; i < 2; i++) get('b', { maxWait: Infinity })
    await settled()
    expect(seen.length).toBe(2)
  })

  test('F37 of one signer fewer than a hundred, over all its rests', async () => {
    const signer = hmac()
    const labs = [lab(never, { signer, maxInFlight: 200 }), lab(never, { signer, maxInFlight: 200 })]
    for (const { order, get } of labs) {
      for (let i = 0; i < 60; i++) order('a')
      get('b')
    }
    await settled()
    expect(labs.map(({ paths }) => paths().filter((path) => path === '/a').length)).toEqual([60, 39])
    expect(labs.map(({ paths }) => paths().filter((path) => path === '/b').length)).toEqual([1, 1])
  })
})

describe('the clock', () => {
  /** A venue whose clock differs from ours, and that checks what it is told. */
  const strict = (time: () => number, name: 'timestamp' | 'nonce', code = name === 'nonce' ? -4225 : -1021) => {
    const perMs = name === 'nonce' ? 1_000 : 1
    return (seen: Seen): Said => {
      if (seen.path === asterFutures.rest.versions['v3']?.time || seen.path === '/fapi/v1/time')
        return { text: `{"serverTime":${time()}}` }
      const off = valueOf(seen, name) / perMs - time()
      return off < 1_000 && off >= -5_000 ? { text: '"done"' } : { status: 400, text: `{"code":${code},"msg":"time"}` }
    }
  }

  test.each([
    ['timestamp', 3_000, hmac],
    ['timestamp', -6_000, hmac],
    ['nonce', 3_000, wallet],
    ['nonce', -100_000, wallet],
  ] as const)(
    'F37 off: %s %i ms: it is set, and the order is signed anew and sent once more',
    async (name, ahead, signer) => {
      const { order, seen, heard, paths, scheduler } = lab((one) => strict(() => scheduler.now() - ahead, name)(one), {
        signer: signer(),
      })
      order('a')
      await settled()
      expect(heard).toEqual(['a "done"', 'a |'])
      expect(paths()).toEqual(['/a', name === 'nonce' ? '/fapi/v3/time' : '/fapi/v1/time', '/a'])
      expect(seen.map(({ parameters }) => parameters.split('&').at(0))).toEqual(['symbol=X', '', 'symbol=X'])
      const [first, , second] = seen
      expect(first?.parameters).not.toBe(second?.parameters)
      order('b')
      await settled()
      expect(paths().slice(3)).toEqual(['/b'])
      expect(heard.slice(2)).toEqual(['b "done"', 'b |'])
    },
  )

  test('a nonce that was put back comes only once', async () => {
    let ahead = 10_000
    const { order, seen, heard, scheduler } = lab((one) => strict(() => scheduler.now() - ahead, 'nonce')(one), {
      signer: wallet(),
    })
    for (let i = 0; i < 5; i++) order('a')
    await settled()
    ahead = 0
    for (let i = 0; i < 5; i++) order('b')
    await settled()
    ahead = 10_000
    for (let i = 0; i < 5; i++) order('c')
    await settled()
    const nonces = seen.filter(({ path }) => path.length === 2).map((one) => valueOf(one, 'nonce'))
    expect(new Set(nonces).size).toBe(nonces.length)
    expect(heard.filter((entry) => entry.endsWith('"done"')).length).toBe(15)
  })

  test('F37 a jump: it is set again; all who were refused at once ask once', async () => {
    let ahead = 0
    const { order, heard, paths, scheduler } = lab((one) => strict(() => scheduler.now() - ahead, 'timestamp')(one), {
      signer: hmac(),
    })
    const times = () => paths().filter((path) => path.endsWith('time')).length
    order('a')
    await settled()
    expect(times()).toBe(0)
    for (const jump of [7_000, -7_000]) {
      ahead += jump
      for (let i = 0; i < 20; i++) order('b')
      await settled()
    }
    expect(times()).toBe(2)
    expect(heard.filter((entry) => entry.endsWith('"done"')).length).toBe(41)
  })

  test('one that was signed before the clock was set does not set it again', async () => {
    let release = (): void => undefined
    const slow = new Promise<void>((resolve) => (release = resolve))
    const { order, heard, paths, scheduler } = lab(
      async (one) => {
        const said = strict(() => scheduler.now() - 7_000, 'timestamp')(one)
        if (one.path === '/slow' && said.status !== undefined) await slow
        return said
      },
      { signer: hmac() },
    )
    order('slow')
    order('fast')
    await settled()
    expect(heard).toEqual(['fast "done"', 'fast |'])
    release()
    await settled()
    expect(heard.slice(2)).toEqual(['slow "done"', 'slow |'])
    expect(paths()).toEqual(['/slow', '/fast', '/fapi/v1/time', '/fast', '/slow'])
  })

  test('refused twice is an error, and sent no third time', async () => {
    const { order, heard, paths, advance } = lab(
      ({ path }) =>
        path.endsWith('time') ? { text: '{"serverTime":5}' } : { status: 400, text: '{"code":-1021,"msg":"time"}' },
      { signer: hmac() },
    )
    order('a')
    await advance(1_000_000)
    expect(heard).toEqual(['a # POST /a: -1021 time (400)'])
    expect(paths()).toEqual(['/a', '/fapi/v1/time', '/a'])
  })

  test("where the venue's time is not to be had, the refusal is the error", async () => {
    const { order, heard, paths, advance } = lab(
      ({ path }) => (path.endsWith('time') ? { status: 500 } : { status: 400, text: '{"code":-1021,"msg":"time"}' }),
      { signer: hmac() },
    )
    order('a')
    await advance(1_000_000)
    expect(heard).toEqual(['a # POST /a: -1021 time (400)'])
    expect(paths()).toEqual(['/a', '/fapi/v1/time'])
  })

  test('an order that would leave late, after its clock was refused, does not leave', async () => {
    const { order, get, heard, paths, advance } = lab(
      ({ path }) => {
        if (path.endsWith('time')) return { text: '{"serverTime":5}' }
        return path === '/g' ? { status: 429 } : { status: 400, text: '{"code":-1021,"msg":"time"}' }
      },
      { signer: hmac() },
    )
    get('g', { maxWait: 0 })
    order('a', { maxWait: 500 })
    await advance(1_000_000)
    expect(heard).toEqual(['g # GET /g: 429 {}', 'a # POST /a: not sent: it waited for more than 500 ms'])
    expect(paths()).toEqual(['/g', '/a'])
  })

  test('the question for the time costs 1', async () => {
    const weights: number[] = []
    const admit = (weight: number) => {
      weights.push(weight)
      return of(undefined)
    }
    const budget = { admit, used: () => undefined, pause: () => undefined, usage }
    const { order, scheduler } = lab((one) => strict(() => scheduler.now() - 7_000, 'timestamp')(one), {
      signer: hmac(),
      budget,
    })
    order('a', { weight: 5 })
    await settled()
    expect(weights).toEqual([5, 1])
  })

  test('the question for the time goes before all that wait', async () => {
    const { order, get, paths, advance, scheduler } = lab(
      (one) => strict(() => scheduler.now() - 7_000, 'timestamp')(one),
      (time) => ({ signer: hmac(), budget: createBudget({ weightPerMinute: 2, scheduler: time.scheduler }) }),
    )
    order('a', { maxWait: 1_000_000, weight: 2 })
    get('b', { weight: 2 })
    await advance(60_000)
    expect(paths()).toEqual(['/a', '/fapi/v1/time'])
  })
})

describe('order and nonces', () => {
  test('a thousand at once: unique, rising, in the order of asking, fewer than a hundred under way', async () => {
    let underWay = 0
    let most = 0
    const { order, seen, heard } = lab(
      async () => {
        underWay += 1
        most = Math.max(most, underWay)
        await settled()
        underWay -= 1
        return {}
      },
      { signer: wallet(), maxInFlight: 1_000 },
    )
    for (let i = 0; i < 1_000; i++) order(String(i))
    while (heard.length < 2_000) await settled()
    const nonces = seen.map((one) => valueOf(one, 'nonce'))
    expect(seen.map(({ path }) => path)).toEqual(Array.from({ length: 1_000 }, (_, i) => `/${i}`))
    expect(nonces).toEqual(Array.from({ length: 1_000 }, (_, i) => START * 1_000 + i))
    expect(most).toBe(99)
  })
})

test('nothing secret is in an error', async () => {
  const signer = hmacSigner({ venue: asterFutures, apiKey: 'CANARY-KEY', secret: 'CANARY-SECRET' })
  const kinds: ((seen: Seen) => Said | Promise<Said>)[] = [
    ({ url, parameters, headers }) => ({ status: 500, text: `<html>${url} ${parameters} ${JSON.stringify(headers)}` }),
    ({ parameters }) => ({ status: 400, text: JSON.stringify({ code: -1125, msg: parameters }) }),
    ({ parameters }) => ({ status: 429, text: parameters }),
    ({ parameters }) => ({ text: `{"listenKey":"${parameters}` }),
    ({ parameters }) => ({ text: JSON.stringify({ listenKey: [parameters] }) }),
    ({ url }) => Promise.reject(new Error(`request to ${url} failed`)),
  ]
  const Key = t.type({ listenKey: t.string })
  for (const answer of kinds) {
    for (const method of ['GET', 'PUT'] as const) {
      const { rest, seen } = lab(answer, { signer, retry: { count: 0 } })
      const error = await failure(
        rest.request(method, '/x', { listenKey: 'CANARY-LISTEN' }, Key, { authentication: 'signed' }),
      )
      const signature = new URLSearchParams(seen[0]?.parameters).get('signature') ?? ''
      expect(signature).toHaveLength(64)
      const said = `${JSON.stringify(error)} ${error.message} ${String(error.stack)}`
      expect(error).toBeInstanceOf(RestError)
      expect(said).not.toContain('CANARY')
      expect(said).not.toContain(signature)
    }
  }
})

test('two rests of one address stop together when the venue says that it was asked too much', async () => {
  const time = virtual(START)
  const { scheduler } = time
  const { fetch, seen } = venueInMemory((_, count) =>
    count === 1 ? { status: 429, text: '', headers: { 'retry-after': '7' } } : { text: '{}' },
  )
  const config = { venue: asterFutures, fetch, scheduler, random: () => 0, retry: { count: 0 } }
  const [one, other] = [createRest(config), createRest(config)]
  one.request('GET', '/a', {}, t.unknown).subscribe({ error: () => undefined })
  await time.advance(1_000)
  other.request('GET', '/b', {}, t.unknown).subscribe()
  await time.advance(5_000)
  expect(seen.map(({ path }) => path)).toEqual(['/a'])
  await time.advance(2_000)
  expect(seen.map(({ path }) => path)).toEqual(['/a', '/b'])
})

test('F82 a host without fetch: there is a rest, whose requests say what is missing', async () => {
  const { fetch } = globalThis
  Reflect.deleteProperty(globalThis, 'fetch')
  try {
    const rest = createRest({ venue: asterFutures, retry: { count: 0 } })
    const error = await failure(rest.request('GET', '/fapi/v3/ping', {}, t.unknown))
    expect(error.failure).toEqual({
      kind: 'network',
      reason: 'fapi.asterdex.com: this host has no fetch: give one',
    })
  } finally {
    Object.assign(globalThis, { fetch })
  }
})
