import { BehaviorSubject, Subject, type Observable } from 'rxjs'
import { createRest } from '../../../lib/rest/createRest.js'
import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { orders } from '../../../lib/rest/orders/orders.js'
import type { OrdersConfig } from '../../../lib/rest/orders/OrderCalls.js'
import type { OrderClient } from '../../../lib/rest/orders/OrderClient.js'
import type { OrderUpdate } from '../../../lib/events/OrderUpdate.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { venueInMemory, type Said, type Seen } from '../venueInMemory.js'
import { virtual } from '../virtual.js'

const START = 1_700_000_000_000
const STEP = 100

/** An order as Aster futures answers it. */
const answered = (of: Readonly<Record<string, unknown>> = {}) => ({
  ...{ symbol: 'BTCUSDT', orderId: 7, clientOrderId: 'mine', side: 'BUY', positionSide: 'BOTH', type: 'LIMIT' },
  ...{ origType: 'LIMIT', status: 'NEW', price: '100', stopPrice: '0', avgPrice: '0', origQty: '10', executedQty: '0' },
  ...{ cumQuote: '0', timeInForce: 'GTC', reduceOnly: false, workingType: 'CONTRACT_PRICE', updateTime: START },
  ...of,
})
const json = (value: unknown, status = 200): Said => ({ status, text: JSON.stringify(value) })
const noOrder = json({ code: -2013, msg: 'Order does not exist.' }, 400)
const bare = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  orderType: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '10',
  price: '100',
} as const
const limit = { ...bare, clientOrderId: 'mine' } as const
const mine = { symbol: 'BTCUSDT', clientOrderId: 'mine' }

const never = () => new Promise<Said>(() => undefined)

/** Orders in virtual time against a venue in memory, and a client that hears what it is told. */
const lab = (answer: (seen: Seen, count: number) => Said | Promise<Said>, config: OrdersConfig = {}) => {
  const time = virtual(START)
  const { scheduler } = time
  /** In short steps: what was asked is answered between them. */
  const advance = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= STEP) await time.advance(Math.min(STEP, left))
    await time.advance(0)
  }
  const { fetch, seen } = venueInMemory(answer)
  const signer = hmacSigner({ venue: asterFutures, apiKey: 'key', secret: 'secret' })
  const rest = createRest({ venue: asterFutures, fetch, scheduler, signer, random: () => 0, retry: { count: 0 } })
  const carried$ = new BehaviorSubject<ReadonlySet<string>>(new Set(['account']))
  const orderUpdate$ = new Subject<OrderUpdate>()
  const client: OrderClient & { readonly orderUpdate$: Observable<OrderUpdate> } = {
    ...{ venue: asterFutures, scheduler, carried$, orderUpdate$ },
  }
  const made = orders(rest, { client, random: () => 0, ...config })
  const heard: string[] = []
  const follow = (name: string, source: Observable<unknown>) =>
    source.subscribe({
      next: (value) => heard.push(`${name} ${textOf(value)}`),
      error: (error: unknown) => heard.push(`${name} # ${String(error)}`),
      complete: () => heard.push(`${name} |`),
    })
  /** The account's stream says how the order is. */
  const report = (of: Partial<OrderUpdate['order']> = {}) =>
    orderUpdate$.next({ eventTime: START, transactionTime: START, order: { ...update, ...of } })
  const asked = () => seen.map(({ method, path }) => `${method} ${path.replace('/fapi/v1/', '')}`)
  return { ...time, advance, ...{ rest, made, seen, heard, follow, report, asked, carried$, orderUpdate$ } }
}

const update: OrderUpdate['order'] = {
  ...{ symbol: 'BTCUSDT', clientOrderId: 'mine', side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity: '10' },
  ...{ price: '100', averagePrice: '0', stopPrice: '0', executionType: 'NEW', status: 'NEW', orderId: 7 },
  ...{ lastFilledQuantity: '0', filledQuantity: '0', lastFilledPrice: '0', tradeTime: START, tradeId: 0 },
  ...{ bidsNotional: '0', asksNotional: '0', isMaker: false, isReduceOnly: false, workingType: 'CONTRACT_PRICE' },
  ...{ originalOrderType: 'LIMIT', positionSide: 'BOTH', realizedProfit: '0' },
}

const textOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const { _tag, order, reason, filledQuantity, status } = value as Readonly<Record<string, unknown>>
  const of = order === undefined ? (reason ?? filledQuantity) : (order as { readonly status: string }).status
  return [_tag ?? status, of]
    .map((word) => (typeof word === 'string' ? ` ${word}` : ''))
    .join('')
    .trim()
}

describe('an order is placed', () => {
  test('by one request, with its parameters as texts and a client order id', async () => {
    const { made, seen, heard, follow, advance } = lab(() => json(answered()))
    follow('p', made.place({ ...limit, isReduceOnly: true }))
    await advance(0)
    expect(heard).toEqual(['p Accepted NEW', 'p |'])
    const [{ method, path, body } = { method: '', path: '', body: '' }] = seen
    expect([method, path]).toEqual(['POST', '/fapi/v1/order'])
    expect(body?.replace(/&timestamp.*/, '')).toBe(
      'symbol=BTCUSDT&side=BUY&quantity=10&price=100&newClientOrderId=mine&type=LIMIT&reduceOnly=true&timeInForce=GTC',
    )
  })

  test('with an id that is made, which comes back with it', async () => {
    let n = 0
    const { made, seen, advance } = lab(
      ({ body }) => json(answered({ clientOrderId: new URLSearchParams(body).get('newClientOrderId') })),
      { random: () => (n++ % 62) / 62 },
    )
    const results: unknown[] = []
    for (const place$ of [made.place(bare), made.place(bare)]) place$.subscribe((result) => results.push(result))
    await advance(0)
    const ids = seen.map(({ body }) => new URLSearchParams(body).get('newClientOrderId') ?? '')
    expect(ids.every((id) => asterFutures.orders.clientOrderId.test(id) && /^[A-Za-z0-9]{22}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(2)
    expect(results).toMatchObject(ids.map((clientOrderId) => ({ _tag: 'Accepted', order: { clientOrderId } })))
  })

  test('and refused, in words of ours with the words of the venue', async () => {
    const { made, advance } = lab(() => json({ code: -2019, msg: 'Margin is insufficient.' }, 400))
    const results: unknown[] = []
    made.place(limit).subscribe((result) => results.push(result))
    await advance(0)
    expect(results).toEqual([
      { _tag: 'Refused', reason: 'insufficient', code: -2_019, text: 'Margin is insufficient.' },
    ])
  })

  test('what is wrong with it is said at once, and nothing is sent', () => {
    const { made, seen } = lab(never)
    const place = made.place as (order: unknown) => unknown
    expect(() => place({ ...limit, quantity: 10 })).toThrow(
      new TypeError("place: expected quantity to be a decimal in a text, as '0.010', came 10"),
    )
    expect(() => place({ ...limit, reduceOnly: true })).toThrow(
      /^place: there is no 'reduceOnly'; expected are symbol, /,
    )
    expect(() => place({ ...limit, side: 'BUYY' })).toThrow(
      new TypeError('place: expected side to be BUY or SELL, came "BUYY"'),
    )
    expect(() => place({ ...limit, orderType: 'LIMITS' })).toThrow(
      /orderType to be an order type of futures \(LIMIT, MARKET, .*\), came "LIMITS"$/,
    )
    expect(() => place({ ...limit, quantity: 'k'.repeat(64) })).toThrow(/as '0.010', came a text$/)
    expect(() => place({ ...limit, clientOrderId: 'with space' })).toThrow(
      /expected clientOrderId to be like .*, came a/,
    )
    expect(() => place(undefined)).toThrow(
      new TypeError('place: expected an order, as { symbol, side, orderType, quantity }, came nothing'),
    )
    for (const name of ['cancel', 'replace', 'status', 'filled'] as const)
      for (const [given, came] of [
        [undefined, 'nothing'],
        ['BTCUSDT', 'a text'],
        [{ symbol: 'BTCUSDT' }, 'an object { symbol }'],
        [{ orderId: 3 }, 'an object { orderId }'],
      ] as const)
        expect(() => (made[name] as (order: unknown) => unknown)(given)).toThrow(
          new TypeError(`${name}: expected an order by its symbol and its orderId or clientOrderId, came ${came}`),
        )
    expect(seen).toEqual([])
  })
})

test('what became of each is counted once, whoever asks for it again', async () => {
  const noMargin = json({ code: -2019, msg: 'Margin is insufficient.' }, 400)
  const { made, carried$, advance } = lab(
    ({ method }, count) => (method === 'DELETE' ? noOrder : count === 1 ? json(answered()) : noMargin),
    { maxWait: 1_000 },
  )
  expect(made.counts()).toEqual([])
  const accepted$ = made.place(limit)
  for (const result$ of [accepted$, made.place(bare), made.place(bare), made.cancel(mine)]) {
    result$.subscribe()
    await advance(0)
  }
  accepted$.subscribe()
  await advance(0)
  carried$.next(new Set())
  made.place(bare).subscribe()
  await advance(1_000)
  expect(made.counts()).toEqual([
    { call: 'place', result: 'Accepted', count: 1 },
    { call: 'place', result: 'insufficient', count: 2 },
    { call: 'cancel', result: 'unknownOrder', count: 1 },
    { call: 'place', result: 'notSent', count: 1 },
  ])
})

/** What may come back where it may have been placed all the same. */
const unknowns: readonly (readonly [string, Said | 'never'])[] = [
  ['no answer in time', 'never'],
  ['503', { status: 503, text: '<html>' }],
  ['an answer that is cut', { text: '{"orderId":' }],
  ['an answer that lacks a field', json({ orderId: 7 })],
  ['-1007', json({ code: -1007, msg: 'Send status unknown; execution status unknown.' }, 400)],
  ['-1006', json({ code: -1006, msg: 'Execution status unknown.' }, 400)],
  ['-1000', json({ code: -1000, msg: 'An unknown error occured.' }, 500)],
]

describe.each(unknowns)('%s: nothing is sent twice', (_, said) => {
  const first = (rest: (seen: Seen, count: number) => Said) => (seen: Seen, count: number) =>
    count > 1 ? rest(seen, count) : said === 'never' ? never() : said

  test('and the venue is asked by the client order id, until it knows the order', async () => {
    const { made, asked, heard, follow, advance, seen } = lab(
      first((_seen, count) => (count < 4 ? noOrder : json(answered({ status: 'PARTIALLY_FILLED', executedQty: '4' })))),
    )
    follow('p', made.place(limit))
    await advance(15_000)
    expect(heard).toEqual(['p Accepted PARTIALLY_FILLED', 'p |'])
    expect(asked()).toEqual(['POST order', 'GET order', 'GET order', 'GET order'])
    expect(seen.slice(1).every(({ url }) => url.includes('origClientOrderId=mine&'))).toBe(true)
  })

  test('and it was never placed, where the venue does not know it when it cannot arrive any more', async () => {
    const { made, asked, heard, follow, advance, pending } = lab(first(() => noOrder))
    follow('p', made.place(limit))
    await advance(29_000)
    expect(heard).toEqual([])
    await advance(12_000)
    expect(heard).toEqual(['p Refused lost', 'p |'])
    expect(asked().filter((one) => one.startsWith('POST'))).toEqual(['POST order'])
    expect(pending()).toBe(0)
  })

  test('and nobody knows, where the venue cannot be asked', async () => {
    const { made, asked, heard, follow, advance } = lab(first(() => ({ status: 502 })))
    follow('p', made.place(limit))
    await advance(60_000)
    expect(heard).toEqual(['p Unknown', 'p |'])
    expect(asked().filter((one) => one.startsWith('POST'))).toEqual(['POST order'])
  })

  test('and what was to be cancelled is cancelled, once it is final', async () => {
    const { made, asked, heard, follow, advance } = lab(
      first((_seen, count) => json(answered(count < 3 ? {} : { status: 'CANCELED' }))),
    )
    follow('c', made.cancel(mine))
    await advance(15_000)
    expect(heard).toEqual(['c Accepted CANCELED', 'c |'])
    expect(asked()).toEqual(['DELETE order', 'GET order', 'GET order'])
  })

  test('and it was not cancelled, where it is open when nothing can arrive any more', async () => {
    const { made, heard, follow, advance } = lab(first(() => json(answered())))
    follow('c', made.cancel(mine))
    await advance(41_000)
    expect(heard).toEqual(['c Refused lost', 'c |'])
  })
})

test('who subscribes again, as a retry does, sends nothing again: the venue is asked', async () => {
  const { made, asked, heard, follow, advance } = lab((seen) => (seen.method === 'POST' ? never() : json(answered())))
  const place$ = made.place(limit)
  const first = follow('1', place$)
  await advance(100)
  first.unsubscribe()
  follow('2', place$)
  await advance(100)
  follow('3', place$)
  await advance(100)
  expect(heard).toEqual(['2 Accepted NEW', '2 |', '3 Accepted NEW', '3 |'])
  expect(asked()).toEqual(['POST order', 'GET order'])
})

test('what never left may leave when somebody subscribes again', async () => {
  const { made, asked, heard, follow, advance, carried$ } = lab(() => json(answered()), { maxWait: 500 })
  carried$.next(new Set())
  const place$ = made.place(limit)
  follow('1', place$)
  await advance(600)
  carried$.next(new Set(['account']))
  follow('2', place$)
  await advance(0)
  expect(heard).toEqual(['1 Refused notSent', '1 |', '2 Accepted NEW', '2 |'])
  expect(asked()).toEqual(['POST order'])
})

describe('an order is placed when its report can be heard', () => {
  test('it waits until the account is carried', async () => {
    const { made, asked, follow, advance, carried$, heard } = lab(() => json(answered()))
    carried$.next(new Set())
    follow('p', made.place(limit))
    await advance(5_000)
    expect(asked()).toEqual([])
    carried$.next(new Set(['account']))
    await advance(0)
    expect([asked(), heard]).toEqual([['POST order'], ['p Accepted NEW', 'p |']])
  })

  test('of several accounts, its own', async () => {
    const { made, asked, follow, advance, carried$ } = lab(() => json(answered()), { account: 'other' })
    follow('p', made.place(limit))
    await advance(1)
    expect(asked()).toEqual([])
    carried$.next(new Set(['account', 'other']))
    await advance(1)
    expect(asked()).toEqual(['POST order'])
  })

  test('not where the client ends', async () => {
    const { made, asked, follow, advance, carried$, heard } = lab(() => json(answered()))
    carried$.next(new Set())
    follow('p', made.place(limit))
    carried$.complete()
    await advance(0)
    expect([asked(), heard]).toEqual([[], ['p Refused notSent', 'p |']])
    const results: unknown[] = []
    made.place(limit).subscribe((result) => results.push(result))
    expect(results).toEqual([
      {
        ...{ _tag: 'Refused', reason: 'notSent' },
        text: 'nothing carries the account any more: the statuses of the client say why',
      },
    ])
  })

  test('without a client it leaves at once, and nothing is followed', async () => {
    const { rest, advance, seen } = lab(() => json(answered()))
    const bare = orders(rest)
    bare.place(limit).subscribe()
    await advance(0)
    expect(seen.length).toBe(1)
    expect(() => (bare as { filled?: (order: typeof mine) => unknown }).filled?.(mine)).toThrow(
      new TypeError('filled: expected orders(rest, { client }), came no client'),
    )
  })
})

describe('filled', () => {
  test('tells the life of an order, from its answer and the account, in whatever order they come', async () => {
    const { made, heard, follow, advance, report, pending } = lab(() => json(answered()))
    made.place(limit).subscribe()
    // The account is quicker than the answer.
    report()
    report({ status: 'PARTIALLY_FILLED', filledQuantity: '4' })
    follow('f', made.filled(mine))
    await advance(0)
    report({ status: 'PARTIALLY_FILLED', filledQuantity: '4' })
    report({ status: 'FILLED', filledQuantity: '10' })
    expect(heard).toEqual(['f Open 4', 'f Filled 10', 'f |'])
    expect(pending()).toBe(0)
  })

  test('a late listener hears how it ended', async () => {
    const { made, heard, follow, advance, report } = lab(() => json(answered()))
    made.place(limit).subscribe()
    await advance(0)
    report({ status: 'FILLED', filledQuantity: '10' })
    follow('f', made.filled({ symbol: 'BTCUSDT', orderId: 7 }))
    expect(heard).toEqual(['f Filled 10', 'f |'])
  })

  test('an order that was not placed here is asked for', async () => {
    const { made, heard, follow, advance, asked, report } = lab(() => json(answered({ executedQty: '1' })))
    follow('f', made.filled({ symbol: 'BTCUSDT', orderId: 7 }))
    await advance(0)
    report({ status: 'CANCELED', filledQuantity: '1' })
    expect([asked(), heard]).toEqual([['GET order'], ['f Pending', 'f Open 1', 'f Canceled 1', 'f |']])
  })

  test('a refusal ends it', async () => {
    const { made, heard, follow, advance } = lab(() => json({ code: -2019, msg: 'Margin is insufficient.' }, 400))
    follow('p', made.place(limit))
    follow('f', made.filled(mine))
    await advance(0)
    expect(heard).toEqual(['f Pending', 'f Rejected', 'f |', 'p Refused insufficient', 'p |'])
  })

  test('the answer to a cancelling ends it', async () => {
    const { made, heard, follow, advance } = lab(({ method }) =>
      json(answered(method === 'DELETE' ? { status: 'CANCELED', avgPrice: undefined } : {})),
    )
    made.place(limit).subscribe()
    follow('f', made.filled(mine))
    await advance(0)
    made.cancel(mine).subscribe()
    await advance(0)
    expect(heard).toEqual(['f Pending', 'f Open 0', 'f Canceled 0', 'f |'])
  })

  test('F36 after a loss of the account the venue is asked for what was missed', async () => {
    const { made, heard, follow, advance, asked, carried$ } = lab(({ method }) =>
      json(answered(method === 'GET' ? { status: 'FILLED', executedQty: '10' } : {})),
    )
    made.place(limit).subscribe()
    follow('f', made.filled(mine))
    await advance(0)
    carried$.next(new Set())
    await advance(5_000)
    expect(asked()).toEqual(['POST order'])
    carried$.next(new Set(['account']))
    await advance(0)
    expect(asked()).toEqual(['POST order', 'GET order'])
    expect(heard).toEqual(['f Pending', 'f Open 0', 'f Filled 10', 'f |'])
  })

  test('F36 a loss while nobody listens is made good when somebody does', async () => {
    const { made, heard, follow, advance, carried$ } = lab(({ method }) =>
      json(answered(method === 'GET' ? { status: 'FILLED', executedQty: '10' } : {})),
    )
    made.place(limit).subscribe()
    await advance(0)
    carried$.next(new Set())
    carried$.next(new Set(['account']))
    follow('f', made.filled(mine))
    await advance(0)
    expect(heard).toEqual(['f Open 0', 'f Filled 10', 'f |'])
  })

  test('a question that fails is asked again', async () => {
    const { made, heard, follow, advance } = lab((_seen, count) =>
      count < 4 ? { status: 502 } : json(answered({ status: 'EXPIRED' })),
    )
    follow('f', made.filled(mine))
    await advance(10_000)
    expect(heard).toEqual(['f Pending', 'f Expired 0', 'f |'])
  })

  test('an order of which nothing is heard is asked for', async () => {
    const { made, follow, advance, asked } = lab(() => json(answered()), { every: 1_000 })
    made.place(limit).subscribe()
    const following = follow('f', made.filled(mine))
    await advance(900)
    expect(asked()).toEqual(['POST order'])
    await advance(1_200)
    expect(asked()).toEqual(['POST order', 'GET order', 'GET order'])
    following.unsubscribe()
    await advance(60_000)
    expect(asked().length).toBe(3)
  })

  test('an order whose placing nobody waited for: it never was, once it cannot arrive any more', async () => {
    const { made, heard, follow, advance } = lab(({ method }) => (method === 'POST' ? never() : noOrder), {
      every: 7_000,
    })
    const placing = made.place(limit).subscribe()
    follow('f', made.filled(mine))
    await advance(1)
    placing.unsubscribe()
    await advance(29_000)
    expect(heard).toEqual(['f Pending'])
    await advance(7_000)
    expect(heard).toEqual(['f Pending', 'f Rejected', 'f |'])
  })

  test('one that nobody waited for before it left is none', async () => {
    const { made, heard, follow, advance, carried$, asked } = lab(() => json(answered()))
    carried$.next(new Set())
    const placing = made.place(limit).subscribe()
    follow('f', made.filled(mine))
    placing.unsubscribe()
    await advance(0)
    expect([heard, asked()]).toEqual([['f Pending', 'f Rejected', 'f |'], []])
  })

  test('an id that is used again is another order', async () => {
    let orderId = 6
    const { made, heard, follow, advance, report } = lab(() => json(answered({ orderId: (orderId += 1) })))
    made.place(limit).subscribe()
    await advance(0)
    report({ status: 'FILLED', filledQuantity: '10' })
    made.place(limit).subscribe()
    follow('f', made.filled(mine))
    await advance(0)
    report({ orderId: 8, status: 'PARTIALLY_FILLED', filledQuantity: '1' })
    expect(heard).toEqual(['f Pending', 'f Open 0', 'f Open 1'])
  })

  test('orders of other markets with the same id are others', () => {
    const { made, heard, follow, report } = lab(never)
    made.place(limit).subscribe()
    follow('f', made.filled(mine))
    report({ symbol: 'ETHUSDT', status: 'FILLED', filledQuantity: '10' })
    expect(heard).toEqual(['f Pending'])
  })

  test('what a listener does when it is told something comes after that', async () => {
    const { made, advance, report } = lab(() => json(answered()))
    made.place(limit).subscribe()
    const told: string[] = []
    made.filled(mine).subscribe((state) => {
      told.push(`1 ${textOf(state)}`)
      if (state._tag === 'Open' && state.filledQuantity === '1') report({ status: 'FILLED', filledQuantity: '10' })
    })
    made.filled(mine).subscribe((state) => told.push(`2 ${textOf(state)}`))
    await advance(0)
    report({ status: 'PARTIALLY_FILLED', filledQuantity: '1' })
    expect(told.slice(-4)).toEqual(['1 Open 1', '2 Open 1', '1 Filled 10', '2 Filled 10'])
  })

  test.each(['complete', 'error'] as const)('when the client ends (%s), it is complete', async (end) => {
    const { made, heard, follow, advance, carried$, pending } = lab(() => json(answered()))
    made.place(limit).subscribe()
    follow('f', made.filled(mine))
    await advance(0)
    carried$[end](new Error('x'))
    expect(heard.at(-1)).toBe('f |')
    expect(pending()).toBe(0)
  })

  test('nothing is heard of, and no timer runs, before somebody subscribes and after all left', async () => {
    const { made, orderUpdate$, follow, pending, advance } = lab(never)
    made.place(limit)
    const filled$ = made.filled(mine)
    expect([orderUpdate$.observed, pending()]).toEqual([false, 0])
    const [one, other] = [follow('1', filled$), follow('2', filled$)]
    expect(orderUpdate$.observed).toBe(true)
    one.unsubscribe()
    other.unsubscribe()
    await advance(0)
    expect([orderUpdate$.observed, pending()]).toEqual([false, 0])
  })
})

describe('an order is replaced', () => {
  const terms = { ...mine, quantity: '12', price: '99' }
  const wallet = eip712Signer({ user: `0x${'0'.repeat(40)}`, privateKey: `${'0'.repeat(63)}1` })
  /** By v3: the first call is answered so, and every question with the order at this price. */
  const replacing = (said: Said, price: string) => {
    const { scheduler, advance } = virtual(START)
    const { fetch, seen } = venueInMemory(({ method }) =>
      method === 'PUT' ? said : json(answered({ price, origQty: '12.0' })),
    )
    const rest = createRest({ venue: asterFutures, fetch, scheduler, signer: wallet, random: () => 0 })
    const results: unknown[] = []
    orders(rest, { scheduler, random: () => 0 })
      .replace(terms)
      .subscribe((result) => results.push(result))
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= STEP) await advance(STEP)
    }
    return { results, pass, seen }
  }

  test('by its new terms, once', async () => {
    const { results, pass, seen } = replacing(json(answered({ price: '99', origQty: '12' })), '100')
    await pass(STEP)
    expect(results).toMatchObject([{ _tag: 'Accepted', order: { price: '99', quantity: '12' } }])
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['PUT /fapi/v3/order'])
    expect(seen[0]?.body?.replace(/&nonce.*/, '')).toBe('symbol=BTCUSDT&origClientOrderId=mine&quantity=12&price=99')
  })

  test('and where no answer came, it was, once it has them', async () => {
    const { results, pass, seen } = replacing({ status: 503 }, '99.00')
    await pass(STEP)
    expect(results).toMatchObject([{ _tag: 'Accepted', order: { price: '99.00' } }])
    expect(seen.map(({ method }) => method)).toEqual(['PUT', 'GET'])
  })

  test('and it was not, where it has not when nothing can arrive any more', async () => {
    const { results, pass, seen } = replacing({ status: 503 }, '100')
    await pass(36_000)
    expect(results).toMatchObject([{ _tag: 'Refused', reason: 'lost' }])
    expect(seen.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  test('not in a version that has no such call', () => {
    const { rest } = lab(never)
    expect(() => orders(rest).replace(terms)).toThrow(
      new TypeError("asterFutures has no call 'replace' in its REST v1, but in v3"),
    )
  })

  test('by a new order, with an id of its own, where the venue does it so', async () => {
    const { scheduler, advance } = virtual(START)
    const said = { cancelResult: 'SUCCESS', newOrderResult: 'SUCCESS', cancelResponse: {} }
    const order = {
      ...{ symbol: 'BTCUSDT', orderId: 9, orderListId: -1, transactTime: START, price: '99', origQty: '12' },
      ...{ executedQty: '0', cummulativeQuoteQty: '0', status: 'NEW', timeInForce: 'GTC', type: 'LIMIT', side: 'BUY' },
    }
    const { fetch, seen } = venueInMemory(({ body }) =>
      json({
        ...said,
        newOrderResponse: { ...order, clientOrderId: new URLSearchParams(body).get('newClientOrderId') },
      }),
    )
    const signer = hmacSigner({ venue: binanceSpot, apiKey: 'key', secret: 'secret' })
    const rest = createRest({ venue: binanceSpot, fetch, scheduler, signer })
    const results: unknown[] = []
    orders(rest, { scheduler })
      .replace({ ...bare, replacedClientOrderId: 'mine' })
      .subscribe((result) => results.push(result))
    await advance(0)
    const sent = new URLSearchParams(seen[0]?.body)
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v3/order/cancelReplace'])
    expect([sent.get('cancelOrigClientOrderId'), sent.get('cancelReplaceMode')]).toEqual(['mine', 'STOP_ON_FAILURE'])
    const clientOrderId = sent.get('newClientOrderId')
    expect(clientOrderId).toMatch(/^[A-Za-z0-9]{22}$/)
    expect(results).toMatchObject([{ _tag: 'Accepted', order: { orderId: 9, clientOrderId } }])
  })
})

test('the orders that are open, of one market or of all', async () => {
  const { made, advance, asked, rest, follow, heard } = lab(() => json([answered()]))
  const lists: unknown[] = []
  made.open('BTCUSDT').subscribe((list) => lists.push(list.length))
  made.open().subscribe((list) => lists.push(list.length))
  await advance(0)
  expect([asked(), lists, rest.usage().used]).toEqual([['GET openOrders', 'GET openOrders'], [1, 1], 41])
  follow('s', made.status(mine))
  await advance(0)
  expect(heard).toHaveLength(1)
})

test('an order that the venue does not know is undefined, and any other failure is an error', async () => {
  const { made, follow, heard, advance } = lab((_seen, count) => (count === 1 ? noOrder : { status: 502 }))
  follow('1', made.status(mine))
  await advance(0)
  follow('2', made.status(mine))
  await advance(0)
  expect(heard).toEqual(['1 undefined', '1 |', '2 # RestError: GET /fapi/v1/order: 502 2 characters, not shown'])
})

test('a rest that takes no orders, or that nobody signs for, a client of another venue, and what is neither', () => {
  const { rest } = lab(never)
  const { place, cancel } = orders(createRest({ venue: asterFutures }))
  const unsigned = 'A signed request: expected createRest to get a signer, came none'
  expect(() => place(limit)).toThrow(new TypeError(unsigned))
  expect(() => cancel(mine)).toThrow(new TypeError(unsigned))
  expect(() => orders(rest, { client: {} as OrderClient })).toThrow(
    new TypeError('orders: expected client to be a client, as createClient makes one, came an object {  }'),
  )
  const venue = { ...asterSpot, calls: undefined, orders: undefined }
  expect(() => orders({ ...rest, venue } as never)).toThrow(
    new TypeError('orders: expected a rest of a venue that takes orders; asterSpot has no calls for them'),
  )
  const client = { venue: asterSpot, scheduler: virtual().scheduler, carried$: new BehaviorSubject(new Set<string>()) }
  expect(() => orders(rest, { client })).toThrow(
    new TypeError('orders: expected a client of asterFutures, came one of asterSpot'),
  )
  expect(() => orders({} as never)).toThrow(/^orders: expected a rest/)
})
