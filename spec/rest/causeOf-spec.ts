import { causeOf, hostOf, withHost } from '../../lib/rest/causeOf.js'

const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

test.each([
  ['a code and its message', coded('ECONNRESET', 'socket hang up'), 'ECONNRESET: socket hang up'],
  ['a message that has its code', coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'), 'connect ECONNREFUSED ::1:1'],
  ['a code alone', coded('ECONNREFUSED', ''), 'ECONNREFUSED'],
  ['several without a word', new AggregateError([]), 'AggregateError'],
  ['several', new AggregateError([coded('A', 'one'), coded('B', 'two'), coded('A', 'one')]), 'A: one; B: two'],
  ['several in a cause', new Error('x', { cause: new AggregateError([coded('A', 'one')]) }), 'A: one'],
  ['no code', new RangeError('too far'), 'RangeError: too far'],
  ['no name', new Error('too far'), 'too far'],
  ['a message that is none', { code: 'A', message: 7 }, 'A'],
  ['an address', new Error('no wss://host/ws/SECRET?a=SECRET here'), 'no <address> here'],
  ['nothing', undefined, 'no answer'],
])('F83 %s', (_, error, expected) => expect(causeOf(error)).toBe(expected))

test('F83 a cause of itself is looked into for a while', () => {
  const error = new Error('round')
  error.cause = error
  expect(causeOf(error)).toBe('round')
  const several = new AggregateError([], 'round')
  several.errors.push(several)
  expect(causeOf(several)).toBe('AggregateError: round')
})

test.each([
  ['wss://host:9443/ws/SECRET', 'host:9443'],
  ['https://user:SECRET@host/x', 'host'],
  ['http://[::1]:80?a', '[::1]:80'],
  ['nonsense', ''],
])('F83 the host of %s is %s', (url, host) => expect(hostOf(url)).toBe(host))

test('F83 a reason names its host, once', () => {
  expect(withHost('HTTP 503', 'wss://host:1/x')).toBe('host:1: HTTP 503')
  expect(withHost('connect ECONNREFUSED host:1', 'wss://host:1/x')).toBe('connect ECONNREFUSED host:1')
  expect(withHost('HTTP 503', 'nonsense')).toBe('HTTP 503')
})
