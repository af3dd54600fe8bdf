import { createFeed, type Said } from '../../lib/nats/feed.js'
import { parseHeading, type Heading } from '../../lib/nats/heading.js'
import type { Signal, Source, Unstamped } from '../../lib/Signal.js'
import { tradeFrame } from './trades.js'

const [one, two] = [{ id: 'a-1' }, { id: 'a-2' }]
const said = (status: Unstamped, source: Source = one): Said => ({
  _tag: 'Signal',
  signal: { ...status, receivedAt: 1, source },
})
const heading = (...connections: Heading): Said => ({
  ...{ _tag: 'Heading', heading: connections, receivedAt: 9, until: 99 },
})
const open = (source: Source, ...streams: readonly string[]) => ({ source, isConnected: true, streams })

const told = (signals: readonly Signal[]) =>
  signals.map((signal) => [signal._tag, signal.source?.id, 'stream' in signal ? signal.stream : ''].join(' ').trimEnd())
const wanting = (...names: readonly string[]) => {
  const feed = createFeed()
  feed.want(new Set(names), 0)
  return feed
}

test('statuses come in order with frames, those of a stream only where it is wanted', () => {
  const feed = wanting('btcusdt@trade')
  const all = [
    said({ _tag: 'Connecting' }),
    said({ _tag: 'Acknowledged', stream: 'ethusdt@trade' }),
    said({ _tag: 'Acknowledged', stream: 'btcusdt@trade' }),
    { _tag: 'Signal', signal: tradeFrame(1) } as const,
  ].flatMap((each) => feed.take(each, 'a'))
  expect(told(all)).toEqual(['Connecting a-1', 'Acknowledged a-1 btcusdt@trade', 'Frame asterFutures-1'])
})

test('a stream that is wanted later is said to be carried, where it is', () => {
  const feed = wanting()
  for (const each of ['btcusdt@trade', 'ethusdt@trade']) feed.take(said({ _tag: 'Acknowledged', stream: each }), 'a')
  expect(told(feed.want(new Set(['ethusdt@trade']), 5))).toEqual(['Acknowledged a-1 ethusdt@trade'])
  expect(told(feed.want(new Set(['ethusdt@trade']), 6))).toEqual([])
})

test('a heading tells a late consumer what is open, and nothing to one who knows', () => {
  const feed = wanting('btcusdt@trade')
  const state = heading(open(one, 'btcusdt@trade'))
  expect(told(feed.take(state, 'a'))).toEqual(['Connecting a-1', 'Connected a-1', 'Acknowledged a-1 btcusdt@trade'])
  expect(told(feed.take(state, 'a'))).toEqual([])
})

test('a heading says what a connection carries no more', () => {
  const feed = wanting('btcusdt@trade', 'ethusdt@trade')
  feed.take(heading(open(one, 'btcusdt@trade')), 'a')
  expect(told(feed.take(heading(open(one, 'ethusdt@trade')), 'a'))).toEqual([
    ...['Unsubscribed a-1 btcusdt@trade', 'Acknowledged a-1 ethusdt@trade'],
  ])
})

test('connections that a connector does not know any more are lost, and those of others are not', () => {
  const feed = wanting()
  feed.take(heading(open(one)), 'a')
  feed.take(heading(open(two)), 'b')
  expect(told(feed.take(heading(), 'a'))).toEqual(['Disconnected a-1'])
  expect(told(feed.restated(9))).toEqual(['Connecting a-2', 'Connected a-2'])
})

test('a connector that says nothing any more is gone once another one speaks after its time', () => {
  const feed = wanting()
  feed.take(heading(open(one)), 'a')
  const later = (receivedAt: number): Said => ({
    ...{ _tag: 'Heading', heading: [open(two)], receivedAt, until: receivedAt + 90 },
  })
  expect(told(feed.take(later(99), 'b'))).toEqual(['Connecting a-2', 'Connected a-2'])
  expect(told(feed.take(later(100), 'b'))).toEqual(['Disconnected a-1'])
  expect(told(feed.take(heading(open(one)), 'a'))).toEqual(['Connecting a-1', 'Connected a-1'])
})

test('messages that are gone lose every connection, and then they are open again', () => {
  const feed = wanting('btcusdt@trade')
  feed.take(heading(open(one, 'btcusdt@trade', 'ethusdt@trade')), 'a')
  expect(told(feed.missed(5, 8, 'gone', 9))).toEqual([
    ...['BrokerGap', 'Disconnected a-1', 'Connecting a-1', 'Connected a-1', 'Acknowledged a-1 btcusdt@trade'],
  ])
  expect(told(feed.restated(9))).toHaveLength(3)
})

test('what was said before is only learnt', () => {
  const feed = wanting()
  feed.learn(heading(open(one)), 'a')
  feed.learn(said({ _tag: 'Disconnected', code: 1006, reason: '' }), 'a')
  feed.learn(said({ _tag: 'Connecting' }, two), 'a')
  expect(told(feed.restated(5))).toEqual(['Connecting a-2'])
})

test.each(['', '{}', '[{}]', '[{"isConnected":1,"streams":[]}]', '[{"isConnected":true,"streams":[],"source":{}}]'])(
  '%j is no heading',
  (text) => expect(parseHeading(text)).toBeUndefined(),
)
