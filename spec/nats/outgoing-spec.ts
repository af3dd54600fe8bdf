import { header } from '../../lib/nats/brokerMessage.js'
import { createOutbox } from '../../lib/nats/outgoing.js'
import { subjectsOf } from '../../lib/nats/subjects.js'
import type { Signal, Source, Status, Unstamped } from '../../lib/Signal.js'
import { asterFutures, asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { tradeFrame } from './trades.js'

const boxOf = (connector: string, run = '1', exclusive = false) =>
  createOutbox({ venue, subjects: subjectsOf(venue, 'md'), connector, run, every: 60_000, exclusive })
const frame = (value: unknown, source?: Source): Signal => ({
  ...{ _tag: 'Frame', text: JSON.stringify(value), receivedAt: 1 },
  ...(source !== undefined && { source }),
})
const status = (unstamped: Unstamped, source?: Source): Status => ({
  ...{ ...unstamped, receivedAt: 1 },
  ...(source !== undefined && { source }),
})

const KEY = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1'
const [a, b] = [{ id: 'a-1' }, { id: 'b-1' }]

test.each([
  [frame({ stream: 'btcusdt@markPrice@1s', data: { e: 'markPriceUpdate' } }), 'md.asterFutures.$other'],
  [tradeFrame(1), 'md.asterFutures.btcusdt.trade'],
  [frame({ result: null, id: 3 }), 'md.asterFutures.$other'],
  [frame('nobody knows this'), 'md.asterFutures.$other'],
  [status({ _tag: 'Connecting' }), 'md.asterFutures.$status.a.said'],
  [{ _tag: 'Reply', symbol: 'BTCUSDT', text: '{}', receivedAt: 1 } as const, 'md.asterFutures.btcusdt.$snapshot'],
])('%j goes to its subject', (signal, subject) => expect(boxOf('a').of(signal)?.subject).toBe(subject))

test('connections of several connectors are told apart, and the only connector leaves them their names', () => {
  const sourceOf = (connector: string) => boxOf(connector).of(tradeFrame(1))?.headers().get(header.source)
  expect(JSON.parse(sourceOf('b') ?? '')).toEqual({ id: 'b/asterFutures-1' })
  expect(JSON.parse(sourceOf('connector') ?? '')).toEqual({ id: 'asterFutures-1' })
})

test('a publisher that is exclusive gives no message the id of another one', () => {
  const ids = ['a', 'b'].flatMap((connector) => {
    const box = boxOf(connector, '1', true)
    return [1, 2, 3].map((id) => box.of(tradeFrame(id))?.id)
  })
  expect(new Set(ids).size).toBe(6)
})

test.each([
  ['an event of an account', frame({ e: 'ORDER_TRADE_UPDATE', E: 1, T: 1, o: {} })],
  ['a wrapped one', frame({ stream: KEY, data: { e: 'ACCOUNT_UPDATE', E: 1, T: 1, a: {} } })],
  ['one that nobody knows, under a listen key', frame({ stream: KEY, data: { e: 'SOMETHING_NEW' } })],
  ['what concerns this process alone', status({ _tag: 'NotRecorded', reason: '' })],
  ['our own link', status({ _tag: 'BrokerConnected', server: 'x' })],
])('%s is not published', (_, signal) => expect(boxOf('a').of(signal)).toBeUndefined())

test('nothing that is unknown on the connection of an account is published, until it is closed', () => {
  const box = boxOf('a')
  const strange = frame({ e: 'SOMETHING_NEW', secret: 5 }, a)
  expect(box.of(strange)).toBeDefined()
  box.of(status({ _tag: 'Acknowledged', stream: 'account' }, a))
  expect(box.of(strange)).toBeUndefined()
  expect(box.of({ ...tradeFrame(1), source: a })).toBeDefined()
  box.of(status({ _tag: 'Closed' }, a))
  expect(box.of(strange)).toBeDefined()
})

test('listen keys are masked in whatever is published', () => {
  expect(boxOf('a').of(frame({ listenKey: KEY, id: 3 }))?.body).toBe('{"listenKey":"<listenKey>","id":3}')
})

/** What a connector says of some trades. */
const idsOf = (box: ReturnType<typeof boxOf>, source: Source, ...trades: readonly number[]) =>
  trades.map((id) => box.of({ ...tradeFrame(id), source })?.id)

test('an event has one id, whichever connector says it, but for the first that a connection says of a stream', () => {
  const [first, ...rest] = idsOf(boxOf('a'), a, 7, 8, 9)
  const [other, ...others] = idsOf(boxOf('b'), b, 7, 8, 9)
  expect(rest).toEqual(others)
  expect(new Set([first, other, ...rest]).size).toBe(4)
})

test('what a connection says again, or out of order, is not taken for what it said before', () => {
  const ids = idsOf(boxOf('a'), a, 7, 8, 8, 6, 9)
  expect(new Set(ids).size).toBe(5)
})

test('of a stream without a sequence each message has an id of its own connector, in no two runs the same', () => {
  const force = { e: 'forceOrder', E: 1, o: {} }
  const of = (box: ReturnType<typeof boxOf>) => box.of(frame({ stream: 'btcusdt@forceOrder', data: force }, a))?.id
  const [one, two] = [boxOf('a'), boxOf('a', '2')]
  expect(new Set([of(one), of(one), of(two), of(two), of(boxOf('b'))]).size).toBe(5)
})

test('times are shared by events of one text only', () => {
  const price = (p: string) =>
    frame({
      stream: 'btcusdt@markPrice',
      data: { ...{ e: 'markPriceUpdate', E: 5, s: 'BTCUSDT', p, P: '1', i: '1', r: '0', T: 6 } },
    })
  const idOf = (...prices: readonly string[]) => {
    const box = boxOf('a')
    box.of(
      frame({
        stream: 'btcusdt@markPrice',
        data: { e: 'markPriceUpdate', E: 4, s: 'BTCUSDT', p: '1', P: '1', i: '1', r: '0', T: 6 },
      }),
    )
    return prices.map((one) => box.of(price(one))?.id)[0]
  }
  expect(idOf('1')).toBe(idOf('1'))
  expect(idOf('1')).not.toBe(idOf('2'))
})

test('a heading says which connections are open, and how often it comes', () => {
  const box = boxOf('a')
  box.of(status({ _tag: 'Connecting' }, a))
  box.of(status({ _tag: 'Connected' }, a))
  box.of(status({ _tag: 'Acknowledged', stream: 'btcusdt@trade' }, a))
  box.of(status({ _tag: 'Connecting' }, b))
  box.of(status({ _tag: 'Disconnected', code: 1006, reason: '' }, b))
  const { subject, body, headers } = box.heading(5)
  expect(subject).toBe('md.asterFutures.$status.a.heading')
  expect(JSON.parse(body)).toEqual([{ source: { id: 'a/a-1' }, isConnected: true, streams: ['btcusdt@trade'] }])
  expect(headers().get(header.every)).toBe('60000')
})

test('the venue of the spec has the rows that it speaks of', () => {
  expect(asterFutures.streams.forceOrder).not.toHaveProperty('sequence')
  expect(asterFutures.streams.markPrice.sequence).toBe('eventTime')
})
