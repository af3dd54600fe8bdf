import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { filter, lastValueFrom, toArray } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { formatNames } from '../../../lib/communicators/replay/formats/formats.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { Message } from '../../../lib/parser/Message.js'
import type { ParseError } from '../../../lib/parser/ParseError.js'
import type { Status } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { scratch } from '../scratch.js'
import { zipOf } from './zips.js'

const { file, path } = scratch()

interface Heard {
  readonly messages: readonly Message[]
  readonly statuses: readonly Status[]
  readonly errors: readonly ParseError[]
}

/** What a client makes of files. */
const heard = async (
  config: ReplayConfig,
  venue: typeof asterFutures | typeof binanceSpot = asterFutures,
): Promise<Heard> => {
  const client = createClient<typeof asterFutures | typeof binanceSpot>({
    venue,
    communicator: replayCommunicator(config),
  })
  const messages = lastValueFrom(client.message$.pipe(toArray()))
  const statuses = lastValueFrom(
    client.status$.pipe(
      filter(({ _tag }) => !['Unfed', 'Missing', 'Closed'].includes(_tag)),
      toArray(),
    ),
  )
  const errors = lastValueFrom(client.parseError$.pipe(toArray()))
  client.connect()
  return { messages: await messages, statuses: await statuses, errors: await errors }
}

/** The paths of the values that stand for what a file does not hold. */
const standIns = (path: string, value: unknown): readonly string[] => {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .flatMap(([name, inner]) => standIns(`${path}.${name}`, inner))
      .sort()
  return value === -1 || value === '-1' || value === '' ? [path] : []
}

const one = async (config: ReplayConfig, venue?: Parameters<typeof heard>[1]) => {
  const { messages, statuses, errors } = await heard(config, venue)
  expect(errors).toEqual([])
  expect(statuses.map(({ _tag }) => _tag)).toEqual(['FileFormat'])
  expect(messages).toHaveLength(1)
  const [{ kind, stream, event, receivedAt } = { kind: '', stream: '', event: undefined, receivedAt: NaN }] = messages
  const [{ lacks, absent = [] } = { lacks: '' }] = statuses.filter((status) => status._tag === 'FileFormat')
  // What the format is said not to hold is what has a value that stands for nothing, and nothing else.
  expect(standIns(kind, event)).toEqual([...absent].sort())
  return { kind, stream, event, receivedAt, lacks }
}

/** What a data set becomes. The files are written by hand, as the documents of who publishes them say. */
describe('public data of Binance', () => {
  const trade = { symbol: 'BTCUSDT', price: '61800.10', isBuyerMaker: true }

  test.each<[string, string, object]>([
    [
      'BTCUSDT-aggTrades-2024-08-08.csv',
      '3071234567,61800.10,0.01500000,3735683335,3735683337,1723075200123,True,True\n',
      {
        ...{ kind: 'aggTrade', stream: 'btcusdt@aggTrade', receivedAt: 1723075200123 },
        event: {
          ...{ ...trade, eventTime: 1723075200123, tradeTime: 1723075200123, aggregateId: 3071234567 },
          ...{ quantity: '0.01500000', firstTradeId: 3735683335, lastTradeId: 3735683337 },
        },
      },
    ],
    [
      'BTCUSDT-aggTrades-2024-08-09.csv',
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n2300000001,61800.10,0.006,5266583935,5266583936,1723161256322,true\n',
      {
        ...{ kind: 'aggTrade', stream: 'btcusdt@aggTrade', receivedAt: 1723161256322 },
        event: {
          ...{ ...trade, eventTime: 1723161256322, tradeTime: 1723161256322, aggregateId: 2300000001 },
          ...{ quantity: '0.006', firstTradeId: 5266583935, lastTradeId: 5266583936 },
        },
      },
    ],
    [
      'BTCUSDT-trades-2025-01-02.csv',
      '4000001,61800.10,0.00100000,61.80010000,1735776000000123,True,True\n',
      {
        ...{ kind: 'trade', stream: 'btcusdt@trade', receivedAt: 1735776000000.123 },
        event: {
          ...{ ...trade, eventTime: 1735776000000.123, tradeTime: 1735776000000.123 },
          ...{ tradeId: 4000001, quantity: '0.00100000' },
        },
      },
    ],
    [
      'BTCUSD_PERP-trades-2024-08-08.csv',
      'id,price,qty,base_qty,time,is_buyer_maker\n876543210,61800.10,5,0.00809060,1723075200456,false\n',
      {
        ...{ kind: 'trade', stream: 'btcusd_perp@trade', receivedAt: 1723075200456 },
        event: {
          ...{ symbol: 'BTCUSD_PERP', price: '61800.10', isBuyerMaker: false, quantity: '5', tradeId: 876543210 },
          ...{ eventTime: 1723075200456, tradeTime: 1723075200456 },
        },
      },
    ],
    [
      'BTCUSDT-1mo-2024-08.csv',
      '1722470400000,64628.0,65659.7,49000.0,58973.9,8400000.5,1725148799999,504000000000.1,99000000,4100000.2,250000000000.3,0\n',
      {
        // It is known when the month is over, and not before.
        ...{ kind: 'kline', stream: 'btcusdt@kline_1M', receivedAt: 1725148800000 },
        event: {
          ...{ eventTime: 1725148800000, symbol: 'BTCUSDT' },
          kline: {
            ...{ openTime: 1722470400000, closeTime: 1725148799999, symbol: 'BTCUSDT', interval: '1M' },
            ...{ open: '64628.0', high: '65659.7', low: '49000.0', close: '58973.9', volume: '8400000.5' },
            ...{ quoteVolume: '504000000000.1', tradeCount: 99000000, isClosed: true },
            ...{ takerBuyVolume: '4100000.2', takerBuyQuoteVolume: '250000000000.3' },
            // The file does not say them.
            ...{ firstTradeId: -1, lastTradeId: -1 },
          },
        },
      },
    ],
    [
      'BTCUSDT-bookTicker-2024-01-01.csv',
      'update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time\n4000,42000.1,1.0,42000.2,2.0,1704067200005,1704067200010\n',
      {
        ...{ kind: 'bookTicker', stream: 'btcusdt@bookTicker', receivedAt: 1704067200010 },
        event: {
          ...{ updateId: 4000, symbol: 'BTCUSDT', bidPrice: '42000.1', bidQuantity: '1.0' },
          ...{ askPrice: '42000.2', askQuantity: '2.0', eventTime: 1704067200010, transactionTime: 1704067200005 },
        },
      },
    ],
    [
      'BTCUSD_PERP-liquidationSnapshot-2024-08-08.csv',
      'time,side,order_type,time_in_force,original_quantity,price,average_price,order_status,last_fill_quantity,accumulated_fill_quantity\n1723075200900,SELL,LIMIT,IOC,5,61700.1,61750.0,FILLED,2,5\n',
      {
        ...{ kind: 'forceOrder', stream: 'btcusd_perp@forceOrder', receivedAt: 1723075200900 },
        event: {
          eventTime: 1723075200900,
          order: {
            ...{ symbol: 'BTCUSD_PERP', side: 'SELL', orderType: 'LIMIT', timeInForce: 'IOC', quantity: '5' },
            ...{ price: '61700.1', averagePrice: '61750.0', status: 'FILLED', lastFilledQuantity: '2' },
            ...{ filledQuantity: '5', tradeTime: 1723075200900 },
          },
        },
      },
    ],
  ])('%s: plain, zip and gzip', async (name, content, message) => {
    const files = [
      file(content, name),
      file(zipOf([{ name, content }]), name.replace('.csv', '.zip')),
      // The name of the archive may say nothing: that of the file in it does.
      file(zipOf([{ name, content }])),
      file(gzipSync(content), `${name}.gz`),
    ]
    for (const files_ of files) {
      const found = await one({ files: files_ })
      expect(found).toMatchObject(message)
      expect(found.event).toEqual('event' in message ? message.event : undefined)
      expect(found.lacks).toContain('times of receipt')
    }
  })

  const depth = [
    'symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu',
    'BTCUSDT,1600000000000,100,100,b,snap,10000.00,1.5,99',
    'BTCUSDT,1600000000000,100,100,a,snap,10001.00,2.5,99',
    'BTCUSDT,1600000000100,101,103,b,set,10000.00,1.0,100',
    'BTCUSDT,1600000000100,101,103,a,set,10001.00,0,100',
    'BTCUSDT,1600000000100,101,103,a,set,10002.00,4,100',
    'BTCUSDT,1600000000200,104,105,a,set,10002.00,5,103',
  ]

  test('T_DEPTH: lines that belong together are a snapshot, or an update, and make a book', async () => {
    const files = file(depth.join('\n'), 'BTCUSDT_T_DEPTH_2020-09-13.csv')
    const { messages, errors } = await heard({ files })
    expect(errors).toEqual([])
    expect(messages).toEqual([
      {
        ...{ kind: 'depthSnapshot', stream: '', receivedAt: 1600000000000 },
        event: { symbol: 'BTCUSDT', lastUpdateId: 100, bids: [['10000.00', '1.5']], asks: [['10001.00', '2.5']] },
      },
      {
        ...{ kind: 'depth', stream: 'btcusdt@depth', receivedAt: 1600000000100 },
        event: {
          ...{ eventTime: 1600000000100, transactionTime: 1600000000100, symbol: 'BTCUSDT' },
          ...{ firstUpdateId: 101, lastUpdateId: 103, previousUpdateId: 100, bids: [['10000.00', '1.0']] },
          asks: [
            ['10001.00', '0'],
            ['10002.00', '4'],
          ],
        },
      },
      {
        kind: 'depth',
        stream: 'btcusdt@depth',
        receivedAt: 1600000000200,
        event: expect.objectContaining({ lastUpdateId: 105 }) as object,
      },
    ])
    const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files }) })
    const last = lastValueFrom(client.book('BTCUSDT'))
    client.connect()
    expect(await last).toMatchObject({
      _tag: 'Synced',
      top: { bid: { price: '10000.00', quantity: '1.0' }, ask: { price: '10002.00', quantity: '5' } },
    })
  })

  test.each([
    ['timestamp,percentage,depth,notional\n2024-01-01 00:00:05,-5,100,1\n', 'came bookDepth'],
    ['create_time,symbol,sum_open_interest,sum_open_interest_value\n2024-01-01 00:05:00,BTCUSDT,1,2\n', 'came metrics'],
  ])('what is no stream is refused by a sentence', async (content, reason) => {
    const { messages, statuses } = await heard({ files: file(content) })
    expect(messages).toEqual([])
    expect(statuses).toMatchObject([{ _tag: 'BadFile', offset: 0, reason: expect.stringContaining(reason) as string }])
  })

  test('a name that says nothing: the config says the stream, or the file is refused by a sentence', async () => {
    const content = '4000001,61800.10,0.00100000,61.80010000,1735776000000123,True,True\n'
    const path = file(content, 'mine.csv')
    const { statuses } = await heard({ files: path, format: 'binanceCsv' })
    expect(statuses).toMatchObject([
      { _tag: 'BadFile', reason: expect.stringContaining('give { path, stream }') as string },
    ])
    const files = { path, stream: 'ethusdt@trade' }
    expect(await one({ files, format: 'binanceCsv' })).toMatchObject({
      ...{ kind: 'trade', stream: 'ethusdt@trade', event: { symbol: 'ETHUSDT', tradeId: 4000001 } },
    })
    const klines = { path, stream: 'ethusdt@kline_3x' }
    expect(
      (await heard({ files: { ...klines, stream: 'ethusdt@kline' }, format: 'binanceCsv' })).statuses,
    ).toMatchObject([{ reason: expect.stringContaining('the interval of klines') as string }])
  })

  test('klines of a mark price are known by their folder, and by their name alone as those of trades', async () => {
    const content = '1722470400000,1,1,1,1,0,1722470459999,0,60,0,0,0\n'
    const folder = path('markPriceKlines')
    mkdirSync(folder)
    expect((await one({ files: file(content, 'BTCUSDT-1m-2024-08.csv') })).stream).toBe('btcusdt@kline_1m')
    const { messages, errors } = await heard({
      files: file(content, join('markPriceKlines', 'BTCUSDT-1m-2024-08.csv')),
    })
    expect(messages).toEqual([])
    expect(errors).toMatchObject([{ _tag: 'UnknownStream', stream: 'btcusdt@markPriceKline_1m' }])
  })

  test('lines that are wrong are told, each, and the others come', async () => {
    const content = [
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
      '1,61800.10,0.006,1,1,1723161256322,true',
      '2,61800.10,0.006,1,1,never,true',
      '3,61800.10',
      '4,"61800.10",0.006,1,1,1723161256322,true',
      '5,abc,0.006,1,1,1723161256323,true',
      '6,61800.10,0.006,x,1,1723161256323,true',
      '7,61800.10,0.006,1,1,1723161256324,yes',
      '8,61800.20,0.006,1,1,1723161256325,false',
    ].join('\r\n')
    const { messages, statuses, errors } = await heard({ files: file(content, 'BTCUSDT-aggTrades-2024-01-01.csv') })
    expect(messages.map(({ event }) => Reflect.get(Object(event), 'aggregateId') as unknown)).toEqual([1, 8])
    expect(statuses.slice(1)).toMatchObject([
      { _tag: 'BadRecord', reason: "expected a time in the column transact_time, came 'never': the line is skipped" },
      { _tag: 'BadRecord', reason: 'expected 7 cells, came 2: the line is skipped' },
      { _tag: 'BadRecord', reason: expect.stringContaining('quotes and control characters') as string },
    ])
    // The codecs of the venue say what is wrong with values, as they do of frames.
    expect(errors).toMatchObject([
      { _tag: 'InvalidEvent', kind: 'aggTrade', reason: 'p: expected Decimal, came "abc"' },
      { _tag: 'InvalidEvent', reason: 'f: expected Integer, came "x"' },
      { _tag: 'InvalidEvent', reason: 'm: expected boolean, came "yes"' },
    ])
  })
})

describe('CSV files of tardis.dev', () => {
  const start = 'exchange,symbol,timestamp,local_timestamp'
  const row = 'binance-futures,BTCUSDT,1723161255900000,1723161256000123'
  const receivedAt = 1723161256000.123

  test.each<[string, string, string, object]>([
    [
      ...([
        'binance-futures_trades_2024-08-08_BTCUSDT.csv',
        'id,side,price,amount',
        '5266583935,sell,61700.1,0.5',
      ] as const),
      {
        ...{ kind: 'trade', stream: 'btcusdt@trade', receivedAt },
        event: {
          ...{ eventTime: 1723161255900, tradeTime: 1723161255900, symbol: 'BTCUSDT', tradeId: 5266583935 },
          ...{ price: '61700.1', quantity: '0.5', isBuyerMaker: true },
        },
      },
    ],
    [
      ...(['binance-futures_liquidations_2024-08-08_BTCUSDT.csv', 'id,side,price,amount', ',buy,61700.1,0.5'] as const),
      {
        ...{ kind: 'forceOrder', stream: 'btcusdt@forceOrder', receivedAt },
        event: {
          eventTime: 1723161255900,
          order: {
            ...{ symbol: 'BTCUSDT', side: 'BUY', price: '61700.1', quantity: '0.5', tradeTime: 1723161255900 },
            // The file does not say them.
            ...{ orderType: '', timeInForce: '', status: '' },
            ...{ averagePrice: '-1', lastFilledQuantity: '-1', filledQuantity: '-1' },
          },
        },
      },
    ],
    [
      ...(['quotes.csv', 'ask_amount,ask_price,bid_price,bid_amount', '0.5,61800.3,61800.2,1'] as const),
      {
        ...{ kind: 'bookTicker', stream: 'btcusdt@bookTicker', receivedAt },
        event: {
          ...{ updateId: 1723161256000123, symbol: 'BTCUSDT', bidPrice: '61800.2', bidQuantity: '1' },
          ...{ askPrice: '61800.3', askQuantity: '0.5', eventTime: 1723161255900, transactionTime: 1723161255900 },
        },
      },
    ],
    [
      ...([
        'derivative_ticker.csv',
        'funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price',
        '1723161600000000,0.0001,,1000,61800.1,,61800.05',
      ] as const),
      {
        ...{ kind: 'markPrice', stream: 'btcusdt@markPrice', receivedAt },
        event: {
          ...{ eventTime: 1723161255900, symbol: 'BTCUSDT', markPrice: '61800.05', fundingRate: '0.0001' },
          nextFundingTime: 1723161600000,
        },
      },
    ],
  ])('%s', async (name, columns, cells, message) => {
    const found = await one({ files: file(gzipSync(`${start},${columns}\n${row},${cells}\n`), `${name}.gz`) })
    expect(found).toMatchObject(message)
    expect(found.event).toEqual('event' in message ? message.event : undefined)
    expect(found.lacks).toContain('losses of connections')
  })

  test('the mark price that is not known yet is no event', async () => {
    const header = `${start},funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price`
    expect((await heard({ files: file(`${header}\n${row},,,,1000,,,\n`) })).messages).toEqual([])
  })

  const levels = (n: number, quantity: (i: number) => string) => ({
    header: Array.from(
      { length: n },
      (_, i) => `asks[${i}].price,asks[${i}].amount,bids[${i}].price,bids[${i}].amount`,
    ),
    cells: Array.from({ length: n }, (_, i) => `${200 + i},${quantity(i)},${199 - i},1`),
  })

  test.each([
    [5, 'btcusdt@depth5', 5],
    [25, 'btcusdt@depth20', 20],
  ])('book_snapshot_%d', async (n, stream, count) => {
    const { header, cells } = levels(n, () => '2')
    const files = file(`${start},${header.join()}\n${row},${cells.join()}\n`)
    for (const venue of [asterFutures, binanceSpot]) {
      const found = await one({ files }, venue)
      expect(found).toMatchObject({ kind: 'partialDepth', stream, receivedAt })
      expect(found.event).toMatchObject({
        ...{ symbol: 'BTCUSDT', lastUpdateId: 1723161256000123 },
        bids: Array.from({ length: count }, (_, i) => [String(199 - i), '1']),
        asks: Array.from({ length: count }, (_, i) => [String(200 + i), '2']),
      })
    }
  })

  test('book_snapshot_5 with fewer levels on one side', async () => {
    const { header, cells } = levels(5, () => '2')
    const few = cells.map((cell, i) => (i < 3 ? cell : `,,${199 - i},1`))
    const found = await one({ files: file(`${start},${header.join()}\n${row},${few.join()}\n`) })
    expect(Reflect.get(Object(found.event), 'asks')).toEqual([
      ['200', '2'],
      ['201', '2'],
      ['202', '2'],
    ])
  })

  const at = (us: number) => `binance-futures,BTCUSDT,${us - 5},${us}`
  const T = 1_723_161_256_000_000
  const changes = [
    `${start},is_snapshot,side,price,amount`,
    `${at(T)},false,bid,1,1`,
    `${at(T + 100)},true,bid,61800.2,1.5`,
    `${at(T + 100)},true,ask,61800.3,2.5`,
    `${at(T + 200)},false,bid,61800.2,1.0`,
    `${at(T + 300)},false,ask,61800.3,0`,
    `${at(T + 300)},false,ask,61800.4,7`,
    // The connection was lost: all is said anew.
    `${at(T + 9_000)},true,bid,61700.0,3`,
    `${at(T + 9_000)},true,ask,61700.1,4`,
    `${at(T + 9_000)},true,ask,61700.2,0`,
    `${at(T + 9_000)},false,ask,61700.1,5`,
    `${at(T + 9_100)},false,bid,61700.0,6`,
  ].join('\n')

  test.each([asterFutures, binanceSpot])(
    'incremental_book_L2 makes the book of $name, with ids that are marked',
    async (venue) => {
      const communicator = replayCommunicator({ files: file(changes) })
      const client = createClient<typeof asterFutures | typeof binanceSpot>({ venue, communicator })
      const states: string[] = []
      client.book('BTCUSDT').subscribe((state) => {
        const { bid, ask } = 'top' in state ? state.top : { bid: undefined, ask: undefined }
        states.push('top' in state ? `${bid?.price}×${bid?.quantity} ${ask?.price}×${ask?.quantity}` : state.reason)
      })
      const statuses = lastValueFrom(client.status$.pipe(toArray()))
      client.connect()
      expect(await statuses).toMatchObject([{ _tag: 'FileFormat', ids: 'synthetic' }])
      expect(states).toEqual([
        'waiting for the stream',
        'start',
        '61800.2×1.0 61800.3×2.5',
        '61800.2×1.0 61800.4×7',
        'gap',
        '61700.0×3 61700.1×5',
        '61700.0×6 61700.1×5',
      ])
    },
  )

  test('F65 from the middle of it, the book is synced there', async () => {
    const from = (T + 250) / 1_000
    const client = createClient({
      venue: asterFutures,
      communicator: replayCommunicator({ files: file(changes), from }),
    })
    const tops: string[] = []
    client.book('BTCUSDT').subscribe((state) => {
      if ('top' in state)
        tops.push(`${client.scheduler.now() - T / 1_000} ${state.top.bid?.price} ${state.top.ask?.price}`)
    })
    const end = lastValueFrom(client.signal$, { defaultValue: undefined })
    client.connect()
    await end
    expect(tops.slice(0, 2).map((text) => text.slice(text.indexOf(' ')))).toEqual([
      ' 61800.2 61800.3',
      ' 61800.2 61800.4',
    ])
    expect(Number(tops[0]?.split(' ')[0])).toBeCloseTo(0.25, 2)
  })

  test('trades and liquidations are told apart by the config where the name says neither', async () => {
    const content = `${start},id,side,price,amount\n${row},1,sell,61700.1,0.5\n`
    const path = file(content, 'neither.csv')
    expect((await heard({ files: path })).statuses).toMatchObject([{ _tag: 'BadFile', offset: 0 }])
    expect(await one({ files: { path, stream: 'btcusdt@trade' } })).toMatchObject({ kind: 'trade' })
    expect(await one({ files: { path, stream: 'btcusdt@forceOrder' } })).toMatchObject({ kind: 'forceOrder' })
  })

  test('a data set that is no stream is refused, with its columns', async () => {
    const { statuses } = await heard({ files: file(`${start},type,strike_price,expiration\n${row},call,1,2\n`) })
    expect(statuses).toMatchObject([
      { _tag: 'BadFile', reason: expect.stringContaining('came exchange,symbol') as string },
    ])
  })
})

describe('raw frames', () => {
  const trade = (id: number) =>
    `{"stream":"btcusdt@trade","data":{"e":"trade","E":${1723161256000 + id},"T":1723161256000,"s":"BTCUSDT","t":${id},"p":"1.0","q":"2.0","m":true}}`
  const ids = ({ messages }: Heard) => messages.map(({ event }) => Reflect.get(Object(event), 'tradeId') as number)

  test.each<[string, string, readonly number[]]>([
    ['dotnet', `${trade(1)};;${trade(2)};;`, [0, 0]],
    [
      'tardis',
      `2024-08-08T23:54:16.1234567Z ${trade(1)}\n2024-08-08T23:54:17.0000000Z ${trade(2)}\n`,
      [1723161256123.4567, 1723161257000],
    ],
    [
      'hftbacktest',
      `1723161256123456789 ${trade(1)}\n1723161257000000000 ${trade(2)}\n`,
      [1723161256123.4568, 1723161257000],
    ],
    [
      'cryptofeed',
      `wss://stream.binance.com/stream <-> 1723161255.5\n1723161256.1234567: ${trade(1)}\n1723161257.0: ${trade(2)}\n`,
      [1723161256123.4567, 1723161257000],
    ],
  ])('%s is known by its first bytes, and said', async (format, content, times) => {
    const guessed = await heard({ files: file(content) })
    expect(guessed.messages.map(({ receivedAt }) => receivedAt)).toEqual(times)
    expect(ids(guessed)).toEqual([1, 2])
    expect(guessed.statuses).toMatchObject([{ _tag: 'FileFormat', format, known: 'guessed' }])
    const given = await heard({ files: file(content), format: formatNames.find((name) => name === format) ?? 'record' })
    expect(given.messages).toEqual(guessed.messages)
    expect(given.statuses.filter((one) => one._tag === 'FileFormat' && one.known === 'given').length).toBe(
      format === 'tardis' ? 0 : 1,
    )
  })

  test('several files of the .NET client follow each other; a stream of its own goes with each', async () => {
    const raw = (id: number) => trade(id).replace(/^.*"data":(.*)}$/, '$1')
    const files = [1, 2].map((id) => ({ path: file(`${raw(id)};;`), stream: 'btcusdt@trade' }))
    expect(ids(await heard({ files }))).toEqual([1, 2])
  })

  test('F68 cryptofeed: the answers of REST are snapshots, another connection tells the loss of the one before', async () => {
    const depth = (u: number) =>
      `{"stream":"nknusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"NKNUSDT","U":${u},"u":${u},"b":[["1.0","${u}"]],"a":[]}}`
    const ws = file(
      `wss://a <-> 10.5\n11.0: ${depth(11)}\n12.5: ${depth(12)}\nwss://a <-> 13.0\nwss://a <- 13.1: {}\n14.0: ${depth(13)}\n`,
    )
    const http = file(
      'https://a/api/v3/exchangeInfo -> 10.9: {"symbols":[]}\nconfiguration: {}\nhttps://a/api/v3/depth?symbol=NKNUSDT&limit=1000 -> 11.5: {"lastUpdateId":11,"bids":[["1.0","3"]],"asks":[["2.0","3"]]}\nnonsense\n',
    )
    const { messages, statuses } = await heard({ files: [ws, http], merge: true }, binanceSpot)
    expect(messages.map(({ kind, receivedAt }) => `${receivedAt} ${kind}`)).toEqual([
      ...['11000 depth', '11500 depthSnapshot', '12500 depth', '14000 depth'],
    ])
    expect(messages[1]?.event).toMatchObject({ symbol: 'NKNUSDT', lastUpdateId: 11 })
    expect(statuses.map(({ _tag, receivedAt }) => `${receivedAt} ${_tag}`)).toEqual([
      ...['11000 FileFormat', '11500 BadRecord', '13000 Disconnected'],
    ])
  })

  test('options that say how records are written leave nothing to guess; our own format is not said', async () => {
    const content = `1723161256123456789 ${trade(1)}\n`
    expect((await heard({ files: file(content), timestamps: 'ns' })).statuses).toEqual([])
    expect((await heard({ files: file(`1723161256123 ${trade(1)}\n`) })).statuses).toEqual([])
  })

  test('what is said of a format is said once, whatever the number of files', async () => {
    const files = [1, 2, 3].map((id) => file(`172316125${id}000000000 ${trade(id)}\n`))
    for (const merge of [false, true])
      expect((await heard({ files, merge })).statuses.map(({ _tag }) => _tag)).toEqual(['FileFormat'])
  })

  test('of files that are read at once the one says it that begins first, whichever is read first', async () => {
    const [late, early] = [5, 1].map((id) => file(`172316125${id}000000000 ${trade(id)}\n`))
    let isRead = (): void => undefined
    const lateWasRead = new Promise<void>((resolve) => {
      isRead = resolve
    })
    const { statuses } = await heard({
      files: [late ?? '', early ?? ''],
      merge: true,
      onRead: ({ path }) => {
        if (path === early) return lateWasRead
        isRead()
        return undefined
      },
    })
    expect(statuses).toMatchObject([{ _tag: 'FileFormat', file: early, receivedAt: 1723161251000 }])
  })

  test('a file whose first line comes in pieces, or is longer than is looked at', async () => {
    const long = trade(1).replace('}}', `,"x":"${'y'.repeat(9000)}"}}`)
    const { messages, statuses } = await heard({
      files: file(`1723161256123456789 ${long}\n1723161257000000000 ${trade(2)}`),
    })
    expect(messages).toHaveLength(2)
    expect(statuses).toMatchObject([{ format: 'hftbacktest' }])
    const blank = await heard({ files: file(`\n\n1723161256123456789 ${trade(1)}\n`) })
    expect(ids(blank)).toEqual([1])
  })
})

test('a tar in a gzip is refused by a sentence that says what to do', async () => {
  const tar = Buffer.alloc(10_240)
  tar.write('day/btcusdt.txt')
  tar.write('ustar', 257)
  tar.write('1000 {}\n', 512)
  const { messages, statuses } = await heard({ files: file(gzipSync(tar), 'day.tar.gz') })
  expect(messages).toEqual([])
  expect(statuses).toMatchObject([
    { _tag: 'BadFile', reason: expect.stringContaining('what tar -xOf writes') as string },
  ])
})

test('every format is in the guide', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/file-formats.md'), 'utf8')
  for (const name of formatNames) expect(guide).toContain(`\`${name}\``)
})
