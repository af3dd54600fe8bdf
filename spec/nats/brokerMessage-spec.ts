import { headers, MsgHdrsImpl, type MsgHdrs } from '@nats-io/transport-node'
import { bodyOf, headersOf, signalReader, stampsOf } from '../../lib/nats/brokerMessage.js'
import type { Signal } from '../../lib/Signal.js'
import { fc, test as property } from '../property.js'
import { tradeFrame } from './trades.js'

/** A message as it goes over the wire: its text and headers as bytes, and back. */
const carried = (signal: Signal, id = 'id') => {
  const sent = headersOf(signal, id)
  const lines = [...sent].map(([key, values]) => `${key}: ${values.join('')}\r\n`).join('')
  return {
    data: new TextEncoder().encode(bodyOf(signal)),
    headers: MsgHdrsImpl.decode(new TextEncoder().encode(`NATS/1.0\r\n${lines}\r\n`)),
  }
}

const reader = () => {
  const read = signalReader()
  return ({ data, headers: of }: { data: Uint8Array; headers?: MsgHdrs }, sequence: number) =>
    read(data, stampsOf(of), sequence)
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\ud800', '{', '"', '\n', 'é', '😀') }),
  fc.constantFrom('{"_tag":"Closed"}', '\ufeff{}'),
)
const source = fc.record(
  { id: fc.string({ unit: 'binary' }), stream: fc.string(), symbol: fc.string() },
  { requiredKeys: ['id'] },
)
const stamp = {
  receivedAt: fc.double({ min: 0, max: 4e12, noNaN: true, noDefaultInfinity: true }).map((ms) => Math.abs(ms)),
}
const signal: fc.Arbitrary<Signal> = fc
  .oneof(
    fc.record({ _tag: fc.constant('Frame' as const), text, ...stamp }),
    fc.record({ _tag: fc.constant('Reply' as const), symbol: fc.string({ minLength: 1 }), text, ...stamp }),
    fc.record({ _tag: fc.constant('Acknowledged' as const), stream: text, ...stamp }),
    fc.record({ _tag: fc.constant('Disconnected' as const), code: fc.nat(), reason: text, ...stamp }),
    fc.record({ _tag: fc.constant('NotPublished' as const), count: fc.nat(), reason: text, ...stamp }),
  )
  .chain((one) => fc.option(source, { nil: undefined }).map((of) => (of === undefined ? one : { ...one, source: of })))

property.prop([signal])('a signal comes as it was sent, with its place in the stream', (sent) => {
  expect(reader()(carried(sent), 7)).toEqual({ ...sent, sequence: 7 })
})

test('the body of a frame is its exact text, and its headers say when and from where it came', () => {
  const frame = tradeFrame(4)
  const { data, headers: of } = carried(frame, 'btcusdt@trade#4')
  expect(new TextDecoder().decode(data)).toBe(frame.text)
  expect([...of].map(([key, values]) => [key, ...values])).toEqual([
    ['Nats-Msg-Id', 'btcusdt@trade#4'],
    ['Received-At', '1700000000000.5'],
    ['Source', '{"id":"asterFutures-1"}'],
  ])
})

test('all frames of a connection share its source', () => {
  const read = reader()
  const [one, other] = [1, 2].map((id) => read(carried(tradeFrame(id)), id)?.source)
  expect(one).toBe(other)
})

test('what others wrote to the stream is left out', () => {
  const data = new TextEncoder().encode('{}')
  const strange = headers()
  strange.append('Received-At', 'yesterday')
  const read = reader()
  expect(read({ data }, 1)).toBeUndefined()
  expect(read({ data, headers: strange }, 1)).toBeUndefined()
  expect(read({ data, headers: headers() }, 1)).toBeUndefined()
})
