import { LiveBook } from '../../lib/book/LiveBook.js'
import type { OrderBook } from '../../lib/book/OrderBook.js'
import type { Level } from '../../lib/codecs/Levels.js'

const update = (lastUpdateId: number, bids: Iterable<Level>, asks: Iterable<Level>, eventTime?: number) => ({
  lastUpdateId,
  bids: { [Symbol.iterator]: () => bids[Symbol.iterator](), length: [...bids].length },
  asks: { [Symbol.iterator]: () => asks[Symbol.iterator](), length: [...asks].length },
  eventTime,
})

const example = () =>
  new LiveBook('BTCUSDT', {
    lastUpdateId: 100,
    bids: [
      ['99.5', '1'],
      ['99.00', '2'],
      ['98', '0.000'],
    ],
    asks: [
      ['100.5', '3'],
      ['101', '4'],
    ],
  })

test('F29 is the snapshot at first, less its levels of quantity zero', () => {
  const book = example()
  expect(book.reader.symbol).toBe('BTCUSDT')
  expect(book.reader.lastUpdateId).toBe(100)
  expect(book.reader.eventTime).toBeUndefined()
  expect(book.reader.bestBid).toEqual({ price: '99.5', quantity: '1' })
  expect(book.reader.bestAsk).toEqual({ price: '100.5', quantity: '3' })
  expect(book.reader.bids()).toEqual([
    { price: '99.5', quantity: '1' },
    { price: '99.00', quantity: '2' },
  ])
  expect(book.reader.bids(1)).toEqual([{ price: '99.5', quantity: '1' }])
  expect(book.reader.asks()).toEqual([
    { price: '100.5', quantity: '3' },
    { price: '101', quantity: '4' },
  ])
  expect(book.reader.asks(1)).toEqual([{ price: '100.5', quantity: '3' }])
  expect(book.reader.size).toEqual({ bids: 2, asks: 2 })
  expect(book.reader.mid).toBe(100)
  expect(book.reader.spread).toBe(1)
})

test('takes over updates, from any iterable of levels', () => {
  const book = example()
  book.apply(
    update(
      101,
      new Set<Level>([
        ['99.5', '0'],
        ['97', '5'],
      ]),
      new Set<Level>([['100.50', '9']]),
      1234,
    ),
  )
  expect(book.reader.toSnapshot()).toEqual({
    symbol: 'BTCUSDT',
    lastUpdateId: 101,
    eventTime: 1234,
    bids: [
      ['99.00', '2'],
      ['97', '5'],
    ],
    asks: [
      ['100.50', '9'],
      ['101', '4'],
    ],
  })
})

test('its snapshot is a copy, and leaves out a time that is not known', () => {
  const book = example()
  const before = book.reader.toSnapshot()
  expect(Object.keys(before)).toEqual(['symbol', 'lastUpdateId', 'bids', 'asks'])
  book.apply(update(101, [['99.5', '7']], []))
  expect(before.bids).toEqual([
    ['99.5', '1'],
    ['99.00', '2'],
  ])
})

test('looks up a price on both sides, however it is written', () => {
  const book = example()
  expect(book.reader.quantityAt('99')).toBe('2')
  expect(book.reader.quantityAt(99)).toBe('2')
  expect(book.reader.quantityAt(100.5)).toBe('3')
  expect(book.reader.quantityAt('101.000')).toBe('4')
  expect(book.reader.quantityAt('100')).toBeUndefined()
})

test('a side without levels leaves best, mid and spread undefined', () => {
  const book = example()
  book.apply(
    update(
      101,
      [
        ['99.5', '0'],
        ['99', '0'],
      ],
      [],
    ),
  )
  expect([book.reader.bestBid, book.reader.mid, book.reader.spread, book.isCrossed]).toEqual([
    undefined,
    undefined,
    undefined,
    false,
  ])
  expect(book.reader.bestAsk).toEqual({ price: '100.5', quantity: '3' })
  book.apply(
    update(
      102,
      [['99', '1']],
      [
        ['100.5', '0'],
        ['101', '0'],
      ],
    ),
  )
  expect([book.reader.bestAsk, book.reader.mid, book.reader.spread, book.isCrossed]).toEqual([
    undefined,
    undefined,
    undefined,
    false,
  ])
  expect(book.reader.size).toEqual({ bids: 1, asks: 0 })
})

test.each([
  ['100.4', false],
  ['100.5', true],
  ['100.50', true],
  ['100.6', true],
  ['100.49999999999999999999', false],
  ['100.50000000000000000001', true],
])('with a bid of %s against an ask of 100.5, crossed: %s', (price, expected) => {
  const book = example()
  book.apply(update(101, [[price, '1']], []))
  expect(book.isCrossed).toBe(expected)
})

test('every reader throws once its episode was lost', () => {
  const book = example()
  book.end('gap')
  const readers: readonly ((book: OrderBook) => unknown)[] = [
    (b) => b.symbol,
    (b) => b.lastUpdateId,
    (b) => b.eventTime,
    (b) => b.bestBid,
    (b) => b.bestAsk,
    (b) => b.size,
    (b) => b.mid,
    (b) => b.spread,
    (b) => b.bids(),
    (b) => b.asks(1),
    (b) => b.quantityAt('99'),
    (b) => b.toSnapshot(),
  ]
  for (const read of readers)
    expect(() => read(book.reader)).toThrow(
      new Error("this book of BTCUSDT was lost (gap): read the next Synced state's"),
    )
})

test('its reader cannot change it', () => {
  const { reader } = example()
  expect(Object.isFrozen(reader)).toBe(true)
  const members = [reader, Object.getPrototypeOf(reader) as object].flatMap((one) => Reflect.ownKeys(one))
  expect(new Set(members)).toEqual(
    new Set([
      'constructor',
      ...['symbol', 'lastUpdateId', 'eventTime', 'age', 'bestBid', 'bestAsk', 'size', 'mid', 'spread'],
      ...['bids', 'asks', 'quantityAt', 'toSnapshot'],
    ]),
  )
  for (const part of [reader.size, reader.bids()[0], reader.toSnapshot().bids])
    Object.assign(part ?? {}, { price: '0', 0: 0 })
  expect(reader.bids(1)).toEqual([{ price: '99.5', quantity: '1' }])
})
