import { splitter, type Raw } from '../../../lib/communicators/replay/splitter.js'
import { fc, test as property } from '../../property.js'

interface Split {
  readonly records: [number, string][]
  readonly bad: [number, string][]
  readonly length: number
}

/** Splits a file that comes in chunks which end where `cuts` say, of each so many bytes at a time. */
const split = (
  file: Buffer,
  delimiter: string,
  cuts: readonly number[],
  maxRecord = 1_000_000,
  atOnce = Infinity,
): Split => {
  const raws: Raw[] = []
  const records: [number, string][] = []
  const bad: [number, string][] = []
  /** Records stay as they are until the next chunk comes. */
  const read = () => {
    for (const raw of raws.splice(0)) records.push([raw.offset, raw.bytes.toString(raw.encoding, raw.start, raw.end)])
  }
  const { load, cut, end, length } = splitter({
    delimiter,
    maxRecord,
    record: (raw) => raws.push(raw),
    bad: (offset, reason) => bad.push([offset, reason]),
  })
  const ends = [...new Set(cuts.map((cut) => Math.min(cut, file.length)))].sort((a, b) => a - b)
  let start = 0
  for (const stop of [...ends, file.length]) {
    const chunk = Buffer.from(file.subarray(start, stop))
    load(chunk)
    while (cut(atOnce));
    read()
    // Who reads a file writes there again.
    chunk.fill('!')
    start = stop
  }
  end()
  read()
  return { records, bad, length: length() }
}

/** The same, written as simply as it can be: the whole text at once. */
const naive = (text: string, delimiter: string) => {
  const records: [number, string][] = []
  let offset = 0
  for (const record of text.split(delimiter)) {
    if (record !== '') records.push([offset, record])
    offset += Buffer.byteLength(record + delimiter)
  }
  return records
}

const delimiters = ['\n', ';;', '\r\r\n', 'aab', '→', 'é→é', '—\n—', '\u{1F600}']
const pieces = ['a', 'b', '\r', '\n', ';', 'é', '→', '—', '\u{1F600}', '{"a":1}', '\r\r', 'aa', 'x'.repeat(70_000)]

const anyFile = fc.tuple(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), fc.constantFrom(...delimiters))
const anyCuts = fc.array(fc.nat({ max: 200 }), { maxLength: 40 })

const anyAtOnce = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant(Infinity))

property.prop([anyFile, fc.array(fc.boolean(), { minLength: 31, maxLength: 31 }), anyCuts, anyAtOnce])(
  'chunks that end anywhere give what the whole file gives',
  ([parts, delimiter], ends, cuts, atOnce) => {
    const text = parts.map((part, i) => (ends[i] === true ? part + delimiter : part)).join('')
    const file = Buffer.from(text)
    expect(split(file, delimiter, cuts, undefined, atOnce)).toEqual({
      records: naive(text, delimiter),
      bad: [],
      length: file.length,
    })
  },
)

test.each(delimiters)('every cut between two bytes, delimiter %j', (delimiter) => {
  const text = ['one', 'zwei→é', 'a\r', 'a', ''].join(delimiter) + 'aaab;'
  const file = Buffer.from(text)
  for (let cut = 0; cut <= file.length; cut += 1)
    expect(split(file, delimiter, [cut]).records).toEqual(naive(text, delimiter))
  expect(split(file, delimiter, [...file.keys()]).records).toEqual(naive(text, delimiter))
})

test('a delimiter that overlaps itself ends at its first occurrence', () => {
  expect(split(Buffer.from('a\r\r\r\nb\r\r\n'), '\r\r\n', [2, 3, 4]).records).toEqual([
    [0, 'a\r'],
    [5, 'b'],
  ])
  expect(split(Buffer.from('a;;;b;;;;c'), ';;', [3]).records).toEqual([
    [0, 'a'],
    [3, ';b'],
    [9, 'c'],
  ])
})

test('a byte order mark at the start is skipped, elsewhere it is text', () => {
  const file = Buffer.from('\uFEFFa\n\uFEFFb\n')
  for (let cut = 0; cut < 6; cut += 1)
    expect(split(file, '\n', [cut]).records).toEqual([
      [3, 'a'],
      [5, '\uFEFFb'],
    ])
  expect(split(Buffer.from('\uFEFF'), '\n', []).records).toEqual([])
  expect(split(Buffer.from('\n\uFEFFa'), '\n', []).records).toEqual([[1, '\uFEFFa']])
})

test('nothing, and nothing but delimiters, hold no records', () => {
  expect(split(Buffer.from(''), '\n', [])).toEqual({ records: [], bad: [], length: 0 })
  expect(split(Buffer.from('\n\n\n'), '\n', [1])).toEqual({ records: [], bad: [], length: 3 })
})

test('bytes that are no UTF-8 make their record bad, and no other', () => {
  const file = Buffer.concat([Buffer.from('é\nx'), Buffer.from([0xff, 0x0a]), Buffer.from('→\ny'), Buffer.from([0xc3])])
  const reason = 'expected UTF-8, came other bytes: the record is skipped, convert the file to keep it'
  expect(split(file, '\n', [])).toEqual({
    records: [
      [0, 'é'],
      [6, '→'],
    ],
    bad: [
      [3, reason],
      [10, reason],
    ],
    length: file.length,
  })
})

describe('a record that is too long', () => {
  const reason =
    'expected at most 5 bytes up to ";;", came more: the record is skipped, raise `maxRecord` to keep it, or name the `delimiter`'

  test.each([[[]], [[3]], [[8, 9, 10, 11]], [[...Array(40).keys()]]])('is skipped, chunks ending at %j', (cuts) => {
    const text = 'ok;;12345;;123456;;12345678901234567890;;ok;;1234567'
    expect(split(Buffer.from(text), ';;', cuts, 5)).toEqual({
      records: [
        [0, 'ok'],
        [4, '12345'],
        [41, 'ok'],
      ],
      bad: [
        [11, reason],
        [19, reason],
        [45, reason],
      ],
      length: text.length,
    })
  })

  test('ends where its delimiter ends, however that is cut', () => {
    expect(split(Buffer.from('1234567;;;ok'), ';;', [8], 5).records).toEqual([[9, ';ok']])
    expect(split(Buffer.from('1234567;8;;ok'), ';;', [8, 9, 10, 11], 5).records).toEqual([[11, 'ok']])
  })

  test('is never kept: memory holds no more than the limit and a chunk', () => {
    const bad: number[] = []
    const { load, cut, end, length } = splitter({
      delimiter: '\n',
      maxRecord: 100_000,
      record: () => undefined,
      bad: (offset) => bad.push(offset),
    })
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 1000; i += 1) {
      load(chunk)
      cut(Infinity)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000)
    end()
    expect(bad).toEqual([0])
    expect(length()).toBe(1000 * 64 * 1024)
  })
})
