import { binanceStyle } from '../../lib/venues/binanceStyle.js'

const { dialect, control } = binanceStyle

test('the methods of Aster and Binance', () => {
  expect(dialect.subscribe(['btcusdt@aggTrade', 'btcusdt@depth'], 1)).toBe(
    '{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth"],"id":1}',
  )
  expect(dialect.unsubscribe(['btcusdt@depth'], 2)).toBe('{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":2}')
  expect(dialect.list(3)).toBe('{"method":"LIST_SUBSCRIPTIONS","id":3}')
})

test('the path of a connection', () => {
  expect(dialect.path([])).toBe('/stream')
  expect(dialect.path(['btcusdt@depth', '!ticker@arr'])).toBe('/stream?streams=btcusdt@depth/!ticker@arr')
  expect(dialect.path(['a/b@c&d'])).toBe('/stream?streams=a%2Fb@c%26d')
})

test('the path of an account', () => {
  expect(dialect.account('KEY')).toBe('/ws/KEY')
  expect(dialect.account('a/b?c')).toBe('/ws/a%2Fb%3Fc')
})

test('what names a stream is no answer of Aster and Binance', () => {
  expect(control({ stream: 'a@trade', data: {}, code: 0, id: 1, result: null })).toBeUndefined()
  expect(control({ code: 0, msg: 'Unknown property' })).toMatchObject({ type: 'error', code: 0 })
})
