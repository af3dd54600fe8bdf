import { binanceDialect, bingxDialect, methodDialect } from '../../lib/venues/dialect.js'

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

test('the path of an account', () => {
  expect(methodDialect.account('KEY')).toBe('/ws/KEY')
  expect(methodDialect.account('a/b?c')).toBe('/ws/a%2Fb%3Fc')
  expect(bingxDialect.account('KEY')).toBe('?listenKey=KEY')
  expect(bingxDialect.account('a&b')).toBe('?listenKey=a%26b')
})

test('the requests of BingX, one name each', () => {
  const id = bingxDialect.requestId(255)
  expect(bingxDialect.subscribe(['spot.executionReport'], id)).toBe(
    '{"id":"00000000-0000-4000-8000-0000000000ff","reqType":"sub","dataType":"spot.executionReport"}',
  )
  expect(bingxDialect.unsubscribe(['ACCOUNT_UPDATE'], id)).toBe(
    '{"id":"00000000-0000-4000-8000-0000000000ff","reqType":"unsub","dataType":"ACCOUNT_UPDATE"}',
  )
})

test('every request of BingX has a UUID of its own', () => {
  const ids = Array.from({ length: 300 }, (_, n) => bingxDialect.requestId(n + 1))
  expect(new Set(ids).size).toBe(300)
  for (const id of [...ids, bingxDialect.requestId(2 ** 40)])
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('Binance can be asked for a unit of time, again and again', () => {
  const { inUnit } = binanceDialect
  expect(inUnit('microsecond').path?.([])).toBe('/stream?timeUnit=MICROSECOND')
  expect(inUnit('millisecond').path?.(['a@trade'])).toBe('/stream?streams=a@trade&timeUnit=MILLISECOND')
  expect(inUnit('microsecond').inUnit('millisecond').path?.([])).toBe('/stream?timeUnit=MILLISECOND')
  expect(inUnit('microsecond').list?.(1)).toBe(methodDialect.list(1))
})
