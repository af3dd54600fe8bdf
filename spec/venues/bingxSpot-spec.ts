import { lastValueFrom, of } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { parse, type Parsed } from '../../lib/parser/parse.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

const read = (text: string): Parsed => parse(bingxSpot)(frame(text, 5))

const order = (parts: string) =>
  `{"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport","E":1,"s":"BTC-USDT","S":"BUY","o":"LIMIT","q":"1","p":"2","x":"NEW","X":"NEW","i":3,"l":"0","z":"0","L":"0","n":"0","N":"",${parts}"zz":0}}`

const eventOf = (text: string): unknown => {
  const parsed = read(text)
  if (parsed._tag === 'Left' || !('kind' in parsed.right)) throw new Error(JSON.stringify(parsed))
  return parsed.right.event
}

describe('an id beyond 2^53, bare', () => {
  const BIG = '1812112568701845504'

  test.each([
    ['first', order('').replace('"e":"executionReport"', `"i":${BIG},"e":"executionReport"`).replace('"i":3,', '')],
    ['in the middle', order('').replace('"i":3', `"i":${BIG}`)],
    ['last', order('').replace('"i":3,', '').replace('"zz":0', `"i":${BIG}`)],
    ['among white space', order('').replace('"i":3', `"i" : ${BIG} `)],
    ['behind texts with quotes and escapes', order(`"C":"a\\"i\\":1\\\\",`).replace('"i":3', `"i":${BIG}`)],
    ['as a text', order('').replace('"i":3', `"i":"${BIG}"`)],
  ])('%s: digit for digit', (_, text) => {
    expect(eventOf(text)).toMatchObject({ orderId: BIG })
  })

  test('a negative one, and one of a trade', () => {
    expect(eventOf(order(`"t":-${BIG},`))).toMatchObject({ tradeId: `-${BIG}` })
  })

  test('a text that looks like a number stays as it is', () => {
    expect(eventOf(order(`"C":"${BIG}",`))).toMatchObject({ clientOrderId: BIG })
    expect(eventOf(order(`"C":"id: ${BIG}, [${BIG}]",`).replace('"i":3', `"i":${BIG}`))).toMatchObject({
      clientOrderId: `id: ${BIG}, [${BIG}]`,
      orderId: BIG,
    })
  })

  test('the same id is the same value, however it came', () => {
    expect(eventOf(order('').replace('"i":3', '"i":"3"'))).toEqual(eventOf(order('')))
  })
})

test.each(['q', 'p', 'l', 'z', 'L', 'n', 'Z', 'Y', 'Q'])('%s is the digits of a number, as of a text', (key) => {
  const withValue = (value: string) =>
    order('"Z":"9","Y":"9","Q":"9",').replace(new RegExp(`"${key}":"[^"]*"`), `"${key}":${value}`)
  for (const digits of ['0.10', '-8.02e-05', '12345678901234567890.123456789', '1E5', '7', '0.00000001'])
    expect(eventOf(withValue(digits))).toEqual(eventOf(withValue(`"${digits}"`)))
})

test('a state that nobody listed passes as it came, and is counted; PENDING is listed', async () => {
  const texts = [order('').replace('"X":"NEW"', '"X":"PENDING"'), order('').replace('"X":"NEW"', '"X":"ASLEEP"')]
  expect(texts.map(eventOf)).toMatchObject([{ status: 'PENDING' }, { status: 'ASLEEP' }])
  const signals: readonly Signal[] = texts.map((text, i) => frame(text, i))
  const client = createClient({ venue: bingxSpot, communicator: () => of(...signals) })
  const counters = lastValueFrom(client.counters$)
  client.connect()
  expect(await counters).toMatchObject({ received: 2, routed: 2, unknownValues: 1 })
})

describe('frames that are no events', () => {
  const control = (rest: object) => ({ _tag: 'Right', right: { _tag: 'Control', ...rest } })

  test.each([
    [
      '{"id":"a-1","code":0,"msg":"SUCCESS","timestamp":1662123456789}',
      { type: 'acknowledgement', id: 'a-1', result: null },
    ],
    ['{"id":"a-1","code":0,"msg":"","dataType":"","data":null}', { type: 'acknowledgement', id: 'a-1', result: null }],
    [
      '{"id":"a-1","code":0,"msg":"","dataType":"spot.executionReport","data":null}',
      { type: 'acknowledgement', id: 'a-1', result: null },
    ],
    ['{"id":"a-1","code":100400,"msg":"no such"}', { type: 'error', id: 'a-1', code: 100400, message: 'no such' }],
    ['{"code":100410,"msg":"rate"}', { type: 'error', code: 100410, message: 'rate' }],
    [
      '{"id":"","code":100421,"msg":"timestamp","dataType":"spot.executionReport"}',
      { type: 'error', id: '', code: 100421, message: 'timestamp' },
    ],
    ['{"code":100500}', { type: 'error', code: 100500, message: '' }],
  ])('%s', (text, wanted) => {
    expect(read(text)).toEqual(control(wanted))
  })

  test.each([
    ['Ping', 'Pong'],
    ['ping', 'Pong'],
    [
      '{"ping":"2177c68e4d0e45679965f482929b59c2","time":"2022-06-07T16:27:36.323+0800"}',
      '{"pong":"2177c68e4d0e45679965f482929b59c2","time":"2022-06-07T16:27:36.323+0800"}',
    ],
  ])('a heartbeat: %s', (text, answer) => {
    expect(read(text)).toEqual(control({ type: 'heartbeat' }))
    expect(bingxSpot.heartbeat?.(text)).toBe(answer)
  })

  test.each([
    '{"code":0}',
    '{"code":0,"msg":"SUCCESS"}',
    '{"id":"a"}',
    '{"code":"0","id":"a"}',
    '{"dataType":"","data":null}',
  ])('%s says nothing that we know', (text) => {
    expect(read(text)).toMatchObject({ left: { _tag: 'UnknownStream' } })
  })
})

describe('envelopes', () => {
  const data = '{"e":"ACCOUNT_UPDATE","E":1,"a":{"m":"ORDER","B":[]}}'
  const wanted = {
    right: { kind: 'accountUpdate', stream: 'ACCOUNT_UPDATE', event: { eventTime: 1, account: { balances: [] } } },
  }

  test.each([
    ['unwrapped', data],
    ['wrapped', `{"code":0,"dataType":"ACCOUNT_UPDATE","data":${data}}`],
    ['wrapped without a code', `{"dataType":"ACCOUNT_UPDATE","data":${data}}`],
    ['under the name of another one', `{"code":0,"dataType":"spot.executionReport","data":${data}}`],
    ['under an empty name', `{"code":0,"dataType":"","data":${data}}`],
  ])('%s', (_, text) => {
    expect(read(text)).toMatchObject(wanted)
  })

  test('unwrapped, on a connection that was asked for another one', () => {
    const source = { id: 'a', stream: 'spot.executionReport' }
    expect(parse(bingxSpot)(frame(data, 5, source))).toMatchObject(wanted)
    expect(parse(bingxSpot)(frame(data.replace('"E":1', '"E":"1"'), 5, source))).toMatchObject({
      left: { _tag: 'InvalidEvent', kind: 'accountUpdate', stream: 'ACCOUNT_UPDATE', path: 'E' },
    })
  })

  test('market data is not ours', () => {
    expect(read('{"code":0,"dataType":"BTC-USDT@trade","data":{"e":"trade"}}')).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'BTC-USDT@trade' },
    })
    expect(read('{"code":0,"dataType":"spot.executionReport","data":{"e":"NEWS"}}')).toMatchObject({
      left: { _tag: 'UnknownStream', stream: 'account', event: 'NEWS' },
    })
    expect(read('{"lastUpdateId":1,"bids":[],"asks":[]}')).toMatchObject({ left: { _tag: 'UnknownStream' } })
  })

  test('a reply is no snapshot here', () => {
    const reply = { _tag: 'Reply', symbol: 'BTC-USDT', text: '{"lastUpdateId":1}', receivedAt: 1 } as const
    expect(parse(bingxSpot)(reply)).toMatchObject({ left: { _tag: 'UnknownStream' } })
  })
})

describe('a client', () => {
  const signals = [order(''), '{"e":"ACCOUNT_UPDATE","E":1,"a":{"m":"ORDER","B":[]}}', order('')].map((text, i) =>
    frame(text, i),
  )
  const client = () => createClient({ venue: bingxSpot, communicator: () => of(...signals) })

  test('has its streams by name and by kind', () => {
    const { stream, executionReport$, accountUpdate$, connect } = client()
    const seen: string[] = []
    stream('spot.executionReport').subscribe(({ symbol }) => seen.push(`stream ${symbol}`))
    executionReport$.subscribe(({ orderId }) => seen.push(`kind ${orderId}`))
    stream('ACCOUNT_UPDATE').subscribe(({ account }) => seen.push(`balances ${account.balances.length}`))
    accountUpdate$.subscribe(({ account }) => seen.push(`reason ${account.reason}`))
    connect()
    expect(seen).toEqual(['kind 3', 'stream BTC-USDT', 'reason ORDER', 'balances 0', 'kind 3', 'stream BTC-USDT'])
  })

  test('has no other streams, and no books', () => {
    const wrong = 'spot.executionReports' as 'spot.executionReport'
    expect(() => client().stream(wrong)).toThrow(
      new TypeError(
        "'spot.executionReports' is no stream of bingxSpot; expected one like spot.executionReport, ACCOUNT_UPDATE",
      ),
    )
    expect(() => client().book('BTC-USDT')).toThrow(new TypeError('bingxSpot has no order books'))
    expect(() => client().snapshot('BTC-USDT')).toThrow(new TypeError('bingxSpot has no order books'))
    expect('depthSnapshot$' in client()).toBe(false)
  })
})

const { dialect, control, heartbeat } = bingxSpot
const requestId = (n: number) => dialect.requestId?.(n) ?? ''

test('the path of an account', () => {
  expect(dialect.account('KEY')).toBe('?listenKey=KEY')
  expect(dialect.account('a&b')).toBe('?listenKey=a%26b')
})

test('the requests of BingX, one name each', () => {
  const id = requestId(255)
  expect(dialect.subscribe(['spot.executionReport'], id)).toBe(
    '{"id":"00000000-0000-4000-8000-0000000000ff","reqType":"sub","dataType":"spot.executionReport"}',
  )
  expect(dialect.unsubscribe(['ACCOUNT_UPDATE'], id)).toBe(
    '{"id":"00000000-0000-4000-8000-0000000000ff","reqType":"unsub","dataType":"ACCOUNT_UPDATE"}',
  )
})

test('every request of BingX has a UUID of its own', () => {
  const ids = Array.from({ length: 300 }, (_, n) => requestId(n + 1))
  expect(new Set(ids).size).toBe(300)
  for (const id of [...ids, requestId(2 ** 40)])
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('on BingX code 0 is no error', () => {
  expect(control({ code: 0, msg: 'SUCCESS', id: 'a' })).toMatchObject({ type: 'acknowledgement', id: 'a' })
  expect(control({ code: 0, dataType: 'x', data: {}, id: 'a' })).toBeUndefined()
  expect(control({ code: 0, msg: 'SUCCESS' })).toBeUndefined()
  expect(control({ code: '100400', msg: 'text' })).toBeUndefined()
})

test('and every other code is, whatever stands beside it', () => {
  for (const code of [100400, 100410, 100421, 100500, -1])
    expect(control({ code, msg: 'no', dataType: 'spot.executionReport', data: {} })).toEqual({
      ...{ _tag: 'Control', type: 'error', code, message: 'no' },
    })
})

test.each([
  ['Ping', 'Pong'],
  ['ping', 'Pong'],
  ['{"ping":"ab12","time":"2022-06-07T16:27:36.323+0800"}', '{"pong":"ab12","time":"2022-06-07T16:27:36.323+0800"}'],
  ['{ "ping" : "ab12" , "time" : "t" }\n', '{"pong":"ab12","time":"t"}'],
  ['{"ping":12,"time":34}', '{"pong":12,"time":34}'],
])('%j is answered %j', (text, answer) => {
  expect(heartbeat?.(text)).toBe(answer)
})

test.each([
  '',
  'Pong',
  'PING',
  'Ping ',
  '{"ping":"a"}',
  '{"time":"a"}',
  '{"ping":"a","time":"b","x":1}',
  '{"ping":{},"time":"b"}',
  '{"pong":"a","time":"b"}',
  '[]',
])('%j is no heartbeat', (text) => {
  expect(heartbeat?.(text)).toBeUndefined()
})
