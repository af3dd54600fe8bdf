import { methodDialect } from '../../lib/venues/dialect.js'

test('the methods of Aster and Binance', () => {
  expect(methodDialect.subscribe(['btcusdt@aggTrade', 'btcusdt@depth'], 1)).toBe(
    '{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth"],"id":1}',
  )
  expect(methodDialect.unsubscribe(['btcusdt@depth'], 2)).toBe(
    '{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":2}',
  )
  expect(methodDialect.list(3)).toBe('{"method":"LIST_SUBSCRIPTIONS","id":3}')
})

test('the path of a connection', () => {
  expect(methodDialect.path([])).toBe('/stream')
  expect(methodDialect.path(['btcusdt@depth', '!ticker@arr'])).toBe('/stream?streams=btcusdt@depth/!ticker@arr')
  expect(methodDialect.path(['a/b@c&d'])).toBe('/stream?streams=a%2Fb@c%26d')
})
