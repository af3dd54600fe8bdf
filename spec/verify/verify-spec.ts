import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { lastValueFrom } from 'rxjs'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { RecordingReport } from '../../lib/verify/RecordingReport.js'
import { reportText } from '../../lib/verify/reportText.js'
import { verify, type VerifyConfig } from '../../lib/verify/verify.js'
import { shared } from '../helpers/shared.js'
import { scratch } from '../communicators/scratch.js'

const { file, path } = scratch()

const sample = join(__dirname, '../../samples/recordings/asterFutures-btcusdt.txt.gz')
const records = gunzipSync(readFileSync(sample)).toString('utf8').trimEnd().split('\n')

const checked = (files: VerifyConfig['files'], more: Partial<VerifyConfig> = {}): Promise<RecordingReport> =>
  lastValueFrom(verify({ venue: asterFutures, files, ...more }))
const ofLines = (lines: readonly string[]) => checked(file(`${lines.join('\n')}\n`))

/** Where the nth record of a stream stands. */
const placeOf = (stream: string, n: number) =>
  records.flatMap((record, i) => (record.includes(`"stream":"${stream}"`) ? [i] : []))[n] ?? NaN
const numberIn = (record: string | undefined, key: string) =>
  Number(new RegExp(`"${key}":(\\d+)`).exec(record ?? '')?.[1])
const timeOf = (record: string | undefined) => Number(record?.slice(0, record.indexOf(' ')))
const streamOf = ({ streams }: RecordingReport, name: string) => streams.find(({ stream }) => stream === name)

test('a recording that is whole: what it holds, by its own records, and nothing that is wrong', async () => {
  const report = await checked(sample)
  expect(report).toMatchObject({
    ...{ frames: records.length, control: 0, unknown: 0, invalid: 0, losses: 0, formats: [], problems: [] },
    ...{ from: timeOf(records[0]), to: timeOf(records.at(-1)) },
    files: [{ path: sample, damage: { count: 0 }, badRecords: { count: 0 } }],
  })
  for (const { stream, events, from, to } of report.streams) {
    const own = records.filter((record) => record.includes(`"stream":"${stream}"`))
    if (stream === 'depthSnapshot') continue
    expect([events, from, to]).toEqual([own.length, timeOf(own[0]), timeOf(own.at(-1))])
  }
  expect(report.books).toMatchObject([
    { symbol: 'BTCUSDT', isSynced: true, syncs: 1, crossed: 0, mismatches: { count: 0, first: [] } },
  ])
  expect(report.books[0]?.comparisons).toBeGreaterThan(500)
  expect(reportText(report)).toContain('Nothing is wrong.')
})

test('trades that are missing: each gap, between which ids and when', async () => {
  const places = [50, 51, 900].map((n) => placeOf('btcusdt@trade', n))
  const report = await ofLines(records.filter((_, i) => !places.includes(i)))
  const [before, behind] = [49, 52].map((n) => records[placeOf('btcusdt@trade', n)])
  expect(streamOf(report, 'btcusdt@trade')).toMatchObject({ isNumbered: true, backwards: 0, gaps: { count: 2 } })
  expect(streamOf(report, 'btcusdt@trade')?.gaps.first[0]).toEqual({
    ...{ at: timeOf(behind), after: numberIn(before, 't'), before: numberIn(behind, 't'), isLoss: false },
  })
  expect(report.problems).toEqual([expect.stringMatching(/^btcusdt@trade has 2 gaps, the first at 2024-08-09T/)])
})

test('a depth update that is missing: the gap, and the book is lost', async () => {
  const place = placeOf('btcusdt@depth@100ms', 100)
  const report = await ofLines(records.filter((_, i) => i !== place))
  expect(streamOf(report, 'btcusdt@depth@100ms')?.gaps.count).toBe(1)
  expect(report.books).toMatchObject([{ isSynced: false, syncs: 1 }])
  expect(report.books[0]?.unsynced).toBeGreaterThan(1_000)
  expect(report.problems.join('\n')).toMatch(
    /btcusdt@depth@100ms has 1 gap[^]*The book of BTCUSDT is not synced at the end/,
  )
})

test('a book that is not what the venue says it is', async () => {
  const place = placeOf('btcusdt@bookTicker', 1_500)
  const wrong = records.map((record, i) =>
    i < place ? record : record.replace(/("stream":"btcusdt@bookTicker".*"b":")(\d)/, '$19'),
  )
  const report = await ofLines(wrong)
  const { comparisons = 0, mismatches } = report.books[0] ?? {}
  expect(mismatches?.count).toBeGreaterThan(10)
  expect(mismatches?.count).toBeLessThan(comparisons)
  expect(mismatches?.first[0]?.ticker[0]).toMatch(/^9/)
  expect(report.problems).toEqual([expect.stringContaining('differs from the venue’s ticker')])
})

test('times that go back, a time that is far ahead, and silence', async () => {
  const shifted = records.map((record, i) => {
    const ms = i === 100 ? -500 : i === 200 ? 9_000_000 : i > 5_000 ? 20_000 : 0
    return `${timeOf(record) + ms}${record.slice(record.indexOf(' '))}`
  })
  const report = await ofLines(shifted)
  expect(report.stepsBack).toMatchObject({ count: 1, first: [{ came: timeOf(records[100]) - 500 }] })
  expect(report.jumps).toMatchObject({ count: 1, first: [{ came: timeOf(records[200]) + 9_000_000 }] })
  expect(report.silences).toEqual({
    count: 1,
    first: [{ from: timeOf(records[5_000]), to: timeOf(records[5_001]) + 20_000 }],
  })
  expect(report.problems.join('\n')).toMatch(
    /Time goes back 1 time[^]*1 time is far ahead[^]*Nothing comes at all 1 time/,
  )
})

test('a stream that is silent for longer than is usual for it', async () => {
  const late = records.map((record, i) =>
    i < 4_000 ? record : `${timeOf(record) + 400_000}${record.slice(record.indexOf(' '))}`,
  )
  const report = await ofLines(late)
  expect(streamOf(report, 'btcusdt@trade')?.silences.count).toBe(1)
  expect(report.problems.join('\n')).toContain('btcusdt@trade is silent 1 time for longer than usual')
})

test('a loss of the connection is told with the gap that it made', async () => {
  const [start, end] = [placeOf('btcusdt@trade', 100), placeOf('btcusdt@trade', 110)]
  const lost = `${timeOf(records[start])} {"_tag":"Disconnected","code":1006,"reason":"cut"}`
  const report = await ofLines([...records.slice(0, start), lost, ...records.slice(end)])
  expect(report.losses).toBe(1)
  expect(streamOf(report, 'btcusdt@trade')?.gaps.first[0]?.isLoss).toBe(true)
  expect(report.books[0]?.mismatches.count).toBe(0)
})

describe('damaged files', () => {
  test('a byte that is wrong', async () => {
    const bytes = gzipSync(records.join('\n'))
    bytes.writeUInt8(bytes.readUInt8(5_000) ^ 0x55, 5_000)
    const at = file(bytes)
    const report = await checked(at)
    expect(report.files).toMatchObject([{ path: at, damage: { count: expect.any(Number) as number } }])
    expect(report.problems[0]).toContain(`${at} is damaged in `)
  })

  test('a file that is missing, and records that are none', async () => {
    const report = await checked([path('missing'), file(`${records[0]}\nnonsense\n`)])
    expect(report.files.map(({ damage, badRecords }) => [damage.count, badRecords.count])).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect((await checked(path('missing'))).problems[0]).toBe('There is not one frame.')
  })

  test('checksums beside files', async () => {
    const content = '1,61800.10,0.006,1,1,1723161256322,True,True\n'
    const right = file(content, 'BTCUSDT-aggTrades-2024-08-08.csv')
    const wrong = file(content, 'BTCUSDT-aggTrades-2024-08-09.csv')
    const hash = createHash('sha256').update(content).digest('hex')
    file(`${hash}  BTCUSDT-aggTrades-2024-08-08.csv\n`, 'BTCUSDT-aggTrades-2024-08-08.csv.CHECKSUM')
    file(
      `${hash.replace(/^./, 'x').replace('x', hash.startsWith('0') ? '1' : '0')}  x\n`,
      'BTCUSDT-aggTrades-2024-08-09.csv.CHECKSUM',
    )
    const report = await checked([right, wrong], { venue: binanceSpot })
    expect(report.files.map(({ checksum }) => checksum)).toEqual(['right', 'wrong'])
    expect(report.formats).toMatchObject([{ format: 'binanceCsv', known: 'guessed' }])
    expect(report.problems).toContain(`${wrong} is not what the checksum beside it says.`)
    expect(reportText(report)).toContain(`${right}: its checksum is right`)
  })
})

test('klines that are missing', async () => {
  const kline = (minute: number) =>
    `${1723161240000 + 60_000 * minute},1,1,1,1,0,${1723161299999 + 60_000 * minute},0,60,0,0,0`
  const at = file([0, 1, 2, 5, 6].map(kline).join('\n'), 'BTCUSDT-1m-2024-08-09.csv')
  const report = await checked(at, { venue: binanceSpot })
  expect(report.streams[0]?.gaps).toMatchObject({
    ...{ count: 1, first: [{ after: 1723161299999 + 120_000, before: 1723161240000 + 300_000 }] },
  })
})

test('ids that are made up are compared with nothing', async () => {
  const start = 'exchange,symbol,timestamp,local_timestamp'
  const T = 1_723_161_256_000_000
  const book = [
    `${start},is_snapshot,side,price,amount`,
    `x,BTCUSDT,${T},${T},true,bid,1,1`,
    `x,BTCUSDT,${T},${T},true,ask,2,1`,
    `x,BTCUSDT,${T},${T + 5},false,bid,1,2`,
  ]
  const quotes = [
    `${start},ask_amount,ask_price,bid_price,bid_amount`,
    `x,BTCUSDT,${T},${T + 5},7,8,6,5`,
    `x,BTCUSDT,${T},${T + 9},7,8,6,5`,
  ]
  const report = await checked([file(book.join('\n')), file(quotes.join('\n'))], { merge: true })
  expect(report.books).toMatchObject([{ isSynced: true, comparisons: 0, mismatches: { count: 0 } }])
})

test('a venue without order books, and a recording of another venue', async () => {
  const report = await checked(sample, { venue: bingxSpot })
  expect(report.books).toEqual([])
  expect(report.unknown + report.invalid).toBeGreaterThan(0)
  expect(reportText(report)).toContain('of streams that the venue does not have')
})

test('several files are one recording; unsubscribing stops it', async () => {
  const halves = [records.slice(0, 4_000), records.slice(4_000)].map((lines) => file(`${lines.join('\n')}\n`))
  const report = await checked(halves)
  expect([report.frames, report.problems]).toEqual([records.length, []])
  let isOver = false
  const subscription = verify({ venue: asterFutures, files: sample }).subscribe({ complete: () => (isOver = true) })
  subscription.unsubscribe()
  await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
})

test('misuse is thrown at once', () => {
  expect(() => verify({ venue: asterFutures, files: [] })).toThrow(
    new TypeError('verify: expected at least one file in `files`, came []: name the recording'),
  )
})

test.each([
  ['recordings/binance-spot-btcusdt-20240808.txt.gz', binanceSpot, 41_249, 3_448],
  ['recordings/binance-usdm-btcusdt-20240808.txt.gz', asterFutures, 93_954, 6_545],
] as const)('%s is whole, and its book is the venue’s', async (name, venue, frames, comparisons) => {
  const found = shared(name)
  if (found === undefined) return void process.stdout.write(`skipped: ${name} is not there\n`)
  const report = await checked(found, { venue })
  expect(report).toMatchObject({ frames, unknown: 0, invalid: 0, problems: [], formats: [{ format: 'hftbacktest' }] })
  expect(report.books).toMatchObject([{ isSynced: true, syncs: 1, mismatches: { count: 0 }, crossed: 0 }])
  expect(report.books[0]?.comparisons).toBeGreaterThanOrEqual(comparisons)
})

test('the recording of cryptofeed: four books, from the answers beside the frames', async () => {
  const names = ['ws', 'http'].map((name) => shared(`recordings/binance-spot-30s.${name}.txt`))
  const files = names.filter((name) => name !== undefined)
  if (files.length < names.length) return void process.stdout.write('skipped: the recording is not there\n')
  const report = await checked(files, { venue: binanceSpot, merge: true })
  expect(report).toMatchObject({
    frames: 265 + 4,
    unknown: 0,
    invalid: 0,
    problems: [],
    formats: [{ format: 'cryptofeed' }],
  })
  expect(report.books.map(({ symbol, isSynced }) => [symbol, isSynced]).toSorted()).toEqual(
    ['BLZETH', 'LRCBTC', 'NKNUSDT', 'RUNEEUR'].map((symbol) => [symbol, true]),
  )
})
