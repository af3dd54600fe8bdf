import { parse, type Parsed } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { StreamTable } from '../../lib/venues/Venue.js'
import { streamName } from '../../lib/venues/streamName.js'

const read = (text: string, stream?: string): Parsed =>
  parse(binanceSpot)(frame(text, 5, stream === undefined ? undefined : { id: 'a', stream }))

test('what the venue took away is said so, and still decodes', () => {
  const retired = Object.entries<StreamTable[string]>(binanceSpot.streams).flatMap(([kind, row]) =>
    row.retired === undefined ? [] : [`${kind} ${row.retired}`],
  )
  expect(retired).toEqual(['tickers 2026-03', 'bookTickers 2022'])
})

describe('account events', () => {
  const locked = '{"e":"externalLockUpdate","E":1,"a":"NEO","d":"10","T":2}'
  const wanted = {
    _tag: 'Right',
    right: {
      ...{ kind: 'externalLock', stream: 'account', receivedAt: 5 },
      event: { eventTime: 1, asset: 'NEO', delta: '10', transactionTime: 2 },
    },
  }

  test.each([
    ['of a subscription', `{"subscriptionId":0,"event":${locked}}`],
    ['of a subscription, the keys in the other order', `{"event":${locked},"subscriptionId":7}`],
    ['without its number', `{"event":${locked}}`],
    ['raw', locked],
    ['combined', `{"stream":"pqia91ma19a5s61cv6a81va65sdf19v8a65a1","data":${locked}}`],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(wanted)
  })

  test.each([
    ['{"subscriptionId":0,"event":{"e":"NEWS"}}', { _tag: 'UnknownStream', stream: 'account', event: 'NEWS' }],
    ['{"subscriptionId":0,"event":{}}', { _tag: 'UnknownStream', stream: 'account' }],
    ['{"subscriptionId":0,"event":null}', { _tag: 'UnknownStream' }],
    ['{"subscriptionId":0,"event":[]}', { _tag: 'UnknownStream' }],
    [
      '{"subscriptionId":0,"event":{"e":"balanceUpdate","E":1}}',
      { _tag: 'InvalidEvent', kind: 'balanceUpdate', path: 'a' },
    ],
  ])('%s', (text, left) => {
    expect(read(text)).toMatchObject({ left })
  })

  test('the answer to a subscription is no event', () => {
    expect(read('{"id":"a","status":200,"result":{"subscriptionId":0}}')).toMatchObject({
      right: { _tag: 'Control', type: 'acknowledgement', id: 'a' },
    })
  })

  test('a raw report that has all the keys of a book ticker is a report', () => {
    const text =
      '{"e":"executionReport","E":1,"s":"B","c":"","S":"BUY","o":"LIMIT","f":"GTC","q":"1","p":"1","P":"0","F":"0","g":-1,"C":null,"x":"NEW","X":"NEW","r":"NONE","i":1,"l":"0","z":"0","L":"0","T":1,"t":-1,"I":1,"w":true,"m":false,"O":1,"Z":"0","Y":"0","Q":"0","u":1,"b":"SOR","B":"1","a":1,"A":"1"}'
    expect(read(text)).toMatchObject({
      right: { kind: 'executionReport', event: { tradeGroupId: 1, matchType: 'SOR', allocationId: 1 } },
    })
  })
})

describe('symbols beyond ASCII', () => {
  const trade = (symbol: string) => `{"e":"trade","E":1,"s":"${symbol}","t":2,"p":"3.0","q":"4","T":5,"m":true}`
  const wanted = { right: { kind: 'trade', stream: '币安人生usdt@trade' } }

  test('in names that are written and read', () => {
    expect(streamName(binanceSpot, 'trade', { symbol: '币安人生USDT' })).toBe('币安人生usdt@trade')
    expect(binanceSpot.dialect.path?.(['币安人生usdt@trade'])).toBe(
      '/stream?streams=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9Fusdt@trade',
    )
    expect(binanceSpot.dialect.subscribe(['币安人生usdt@trade'], 1)).toContain('币安人生usdt@trade')
  })

  test.each(['币安人生USDT', '币安人生usdt'])('combined and raw: %s', (symbol) => {
    const event = { symbol, price: '3.0' }
    const combined = `{"stream":"币安人生usdt@trade","data":${trade(symbol)}}`
    expect(read(combined)).toMatchObject({ right: { ...wanted.right, event } })
    expect(read(trade(symbol))).toMatchObject({ right: { ...wanted.right, event } })
    expect(read(trade(symbol), '币安人生usdt@trade')).toMatchObject({ right: { ...wanted.right, event } })
  })

  test('written with escapes they are the same', () => {
    const escaped = `{"stream":"\\u5e01\\u5b89\\u4eba\\u751fusdt@trade","data":${trade('\\u5e01\\u5b89\\u4eba\\u751fUSDT')}}`
    expect(read(escaped)).toMatchObject({ right: { ...wanted.right, event: { symbol: '币安人生USDT' } } })
  })

  test('the stream’s name supplies them', () => {
    const text = '{"stream":"币安人生usdt@depth5","data":{"lastUpdateId":1,"bids":[],"asks":[]}}'
    expect(read(text)).toMatchObject({ right: { kind: 'partialDepth', event: { symbol: '币安人生USDT' } } })
  })
})
