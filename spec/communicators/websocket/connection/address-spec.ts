import { address, MAX_URL } from '../../../../lib/communicators/websocket/connection/address.js'
import { binanceStyle } from '../../../../lib/venues/binanceStyle.js'

const at = (names: readonly string[], most = 1_000) => address('wss://host', binanceStyle.dialect, names, most)

describe('address', () => {
  test('the names in their order', () =>
    expect(at(['btcusdt@depth', '!ticker@arr'])).toEqual({
      url: 'wss://host/stream?streams=btcusdt@depth/!ticker@arr',
      carried: ['btcusdt@depth', '!ticker@arr'],
    }))

  test('at most so many', () => {
    expect(at(['a@trade', 'b@trade', 'c@trade'], 2).carried).toEqual(['a@trade', 'b@trade'])
    for (const most of [0, -1]) expect(at(['a@trade'], most)).toEqual({ url: 'wss://host/stream', carried: [] })
  })

  test('none', () => expect(at([])).toEqual({ url: 'wss://host/stream', carried: [] }))

  test('as many as fit, to the last character', () => {
    const head = 'wss://host/stream?streams='.length
    const exact = ['a'.repeat(1_000), 'b'.repeat(MAX_URL - head - 1_001)]
    expect(at(exact)).toMatchObject({ carried: exact })
    expect(at(exact).url.length).toBe(MAX_URL)
    const [first = '', second = ''] = exact
    expect(at([first, `${second}b`]).carried).toEqual([first])
    expect(at(['x'.repeat(MAX_URL)]).carried).toEqual([])
  })

  test('what means something in a query is escaped', () =>
    expect(at(['btcusdt@kline_1m@+08:00', '币@trade']).url).toBe(
      'wss://host/stream?streams=btcusdt@kline_1m@%2B08%3A00/%E5%B8%81@trade',
    ))
})
