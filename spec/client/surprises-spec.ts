import { Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Surprise } from '../../lib/client/surprises.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import type { Venue } from '../../lib/venues/Venue.js'

const trade = (more: string, symbol = 'btcusdt') =>
  `{"stream":"${symbol}@trade","data":{"e":"trade","E":1,"T":2,"s":"${symbol.toUpperCase()}","t":3,"p":"4","q":"5","m":true${more}}}`
const order = (of: string) =>
  `{"stream":"0123456789abcdefKEY","data":{"e":"ORDER_TRADE_UPDATE","E":1,"T":1,"o":{"s":"B","c":"x","S":"BUY","o":"LIMIT","f":"GTC","q":"1","p":"1","ap":"0","sp":"0","x":"NEW","X":"NEW","i":1,"l":"0","z":"0","L":"0","T":1,"t":0,"b":"0","a":"0","m":false,"R":false,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","rp":"0"${of}}}}`

/** What a client says of frames, and to one who comes late. */
const lab = (venue: Venue = asterFutures) => {
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue, communicator: () => signal$ })
  const told: Surprise[] = []
  client.surprise$.subscribe((surprise) => told.push(surprise))
  client.connect()
  let time = 0
  const put = (...texts: readonly string[]) => {
    for (const text of texts) signal$.next(frame(text, (time += 1)))
  }
  return { client, signal$, told, put }
}

describe('F86 what is counted can be looked into', () => {
  test.each<readonly [string, readonly string[], readonly Partial<Surprise>[]]>([
    [
      'a value that no document lists',
      [trade(',"X":"MARKET"'), trade(',"X":"AUCTION"'), trade(',"X":"AUCTION"', 'ethusdt'), trade(',"X":"OTHER"')],
      [
        {
          _tag: 'UnknownValue',
          kind: 'trade',
          stream: 'btcusdt@trade',
          field: 'tradeType',
          value: 'AUCTION',
          receivedAt: 2,
        },
        { _tag: 'UnknownValue', field: 'tradeType', value: 'OTHER', receivedAt: 4 },
      ],
    ],
    [
      'one within an event, whose frame names no listen key',
      [order(',"X":"LOST"')],
      [{ _tag: 'UnknownValue', kind: 'orderUpdate', stream: 'account', field: 'order.status', value: 'LOST' }],
    ],
    [
      'a field that is not as it should be',
      [trade(',"p":4'), trade(',"p":{}', 'ethusdt'), trade(',"q":1')],
      [
        {
          _tag: 'InvalidEvent',
          kind: 'trade',
          stream: 'btcusdt@trade',
          field: 'p',
          value: 'p: expected Decimal, came 4',
        },
        { _tag: 'InvalidEvent', field: 'q', receivedAt: 3 },
      ],
    ],
    [
      'one in a list, wherever it stands',
      [1, 2, 3].map(
        (n) =>
          `{"stream":"!markPrice@arr","data":[${'{"e":"markPriceUpdate","E":1,"s":"B","p":"1","r":"0"},'.repeat(n)}{"e":"markPriceUpdate","E":1,"s":"B","p":"1","r":0}]}`,
      ),
      [{ _tag: 'InvalidEvent', kind: 'markPrices', field: 'r', receivedAt: 1 }],
    ],
    [
      'streams that nobody knows, by what is new in their names',
      ['{"stream":"btcusdt@news","data":{}}', '{"stream":"ethusdt@news","data":{}}', '{"stream":"a@other","data":{}}'],
      [
        { _tag: 'UnknownStream', stream: 'btcusdt@news', value: 'btcusdt@news' },
        { _tag: 'UnknownStream', stream: 'a@other' },
      ],
    ],
    [
      'events that nobody knows',
      ['{"e":"strange","x":1}', '{"e":"strange","x":2}', '{"stream":"0123456789abcdefKEY","data":{"e":"odd"}}'],
      [
        { _tag: 'UnknownStream', stream: 'strange', value: 'strange', receivedAt: 1 },
        { _tag: 'UnknownStream', stream: 'account', value: 'odd' },
      ],
    ],
    [
      'what is no JSON',
      ['<html>', 'oops', '{'],
      [{ _tag: 'NotJson', stream: '', value: 'expected JSON, came "<html>"', text: '<html>', receivedAt: 1 }],
    ],
    ['nothing, where nothing is odd', [trade(''), trade(',"X":"MARKET"'), '{"result":null,"id":1}'], []],
  ])('%s: once each, with the first frame', (_, texts, expected) => {
    const { told, put } = lab()
    put(...texts)
    expect(told).toMatchObject(expected)
    expect(told).toHaveLength(expected.length)
    for (const { text, receivedAt } of told) {
      expect(text).toBe((texts[receivedAt - 1] ?? '').replace('0123456789abcdefKEY', '<listenKey>'))
      expect(text).not.toContain('KEY')
    }
  })

  test('who comes late is told all of it, and the end', () => {
    const { client, put, signal$ } = lab()
    put(trade(',"X":"A"'), 'oops')
    const late: (Surprise | string)[] = []
    client.surprise$.subscribe({ next: (one) => late.push(one._tag), complete: () => late.push('|') })
    expect(late).toEqual(['UnknownValue', 'NotJson'])
    signal$.complete()
    expect(late).toEqual(['UnknownValue', 'NotJson', '|'])
  })

  test('a venue that always surprises is told a hundred times, in bounds', () => {
    const { told, put, client } = lab()
    let unknown = 0
    client.counters$.subscribe(({ unknownValues }) => (unknown = unknownValues))
    for (let i = 0; i < 1_000; i++) put(trade(`,"X":"${'x'.repeat(9_000)}${i}"`).replace('"X"', `"X":"Y${i}","X"`))
    for (let i = 0; i < 1_000; i++) put(trade(`,"X":"Z${i}","pad":"${'x'.repeat(9_000)}"`))
    expect(told).toHaveLength(100)
    for (const { text, value } of told) expect([text.length <= 4_096, value.length <= 80]).toEqual([true, true])
    expect(unknown).toBe(2_000)
  })
})
