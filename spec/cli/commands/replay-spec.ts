import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { of, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { scratch } from '../../communicators/scratch.js'
import { objects, ran, runProgram } from '../runProgram.js'

const recording = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')
const records = gunzipSync(readFileSync(recording)).toString('utf8').trimEnd().split('\n')
const { file, path } = scratch()

/** What the records of one `e` say, read here without the library. */
const payloads = (e: string) =>
  records.flatMap((record) => {
    const { data } = JSON.parse(record.slice(record.indexOf('{'))) as { data?: Record<string, unknown> }
    return data?.['e'] === e ? [data] : []
  })

test('prints a line for each event, and says at the end how many there were', async () => {
  const { code, stdout, stderr } = await ran(['replay', recording])
  const lines = stdout.split('\n')
  expect(code).toBe(0)
  expect(lines).toHaveLength(records.length + 1)
  expect(lines[0]).toBe('00:00:30.002 BTCUSDT    bookTicker    61685.90 × 1.558 | 61686.10 × 0.052')
  expect(lines[1]).toBe('00:00:30.043 BTCUSDT    trade         61686.10 × 0.018 bought')
  expect(stderr).toMatch(/^8880 events of 8880 frames in \d+\.\d s\n$/)
})

test('--json prints an object a line, with what the frames say, and nothing else on the standard output', async () => {
  const { code, stdout, stderr } = await ran(['replay', recording, '--json', '--streams', 'trade'])
  const events = objects(stdout)
  expect(code).toBe(0)
  expect(
    events.map(({ kind, stream, event }) => ({ kind, stream, price: (event as { price: string }).price })),
  ).toEqual(payloads('trade').map(({ p }) => ({ kind: 'trade', stream: 'btcusdt@trade', price: p })))
  expect(objects(stderr)).toEqual([
    { events: 3096, frames: 8880, unknown: 0, invalid: 0, seconds: expect.any(Number) as number },
  ])
})

test('--from and --to are a span, and names of streams and kinds choose', async () => {
  const [from, to] = [1_723_161_650_000, 1_723_161_660_000]
  const { stdout } = await ran([
    ...['replay', recording, '--json', '--from', String(from), '--to', '2024-08-09T00:01:00Z'],
    ...['--streams', 'btcusdt@aggTrade,kline'],
  ])
  const chosen = records.filter((record) => {
    const time = Number(record.slice(0, record.indexOf(' ')))
    return time >= from && time < to && /"stream":"btcusdt@(aggTrade|kline_1m)"/.test(record)
  })
  expect(objects(stdout).map(({ receivedAt }) => receivedAt)).toEqual(
    chosen.map((record) => Number(record.slice(0, record.indexOf(' ')))),
  )
})

test('what is named and does not come is said', async () => {
  const { code, stdout, stderr } = await ran(['replay', recording, '--streams', 'ethusdt@trade'])
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr).toContain('The recording holds nothing of ethusdt@trade.\n')
})

test('several files come one after the other, or with --merge by time', async () => {
  const trade = (time: number, id: number) =>
    `${time} {"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":${id},"p":"1","q":"1","T":1,"m":true}}\n`
  const one = file(trade(1000, 1) + trade(3000, 3), 'binanceSpot-a.txt')
  const other = file(trade(2000, 2) + trade(4000, 4), 'binanceSpot-b.txt')
  const times = async (...more: readonly string[]) =>
    objects((await ran(['replay', one, other, '--json', '--streams', 'trade', ...more])).stdout).map(
      ({ event }) => (event as { tradeId: number }).tradeId,
    )
  expect(await times('--merge')).toEqual([1, 2, 3, 4])
  expect(await times()).toEqual([1, 3, 2, 4])
})

test('the venue is the one that the sources of a recording are called by', async () => {
  const source = '1000 {"_tag":"Source","id":"binanceSpot-1"}\n'
  const frame =
    '1001 {"stream":"btcusdt@avgPrice","data":{"e":"avgPrice","E":1,"s":"BTCUSDT","i":"5m","w":"25","T":1}}\n'
  const { code, stdout } = await ran(['replay', file(source + frame)])
  expect([code, stdout]).toEqual([0, '00:00:01.001 BTCUSDT    avgPrice      interval 5m  price 25  lastTradeTime 1\n'])
})

test('a recording that does not say its venue needs to be told', async () => {
  const { code, stdout, stderr } = await ran(['replay', file('1000 {}\n')])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    'aster-rx: expected the venue of the recording, which neither its name nor its first records say: give --venue, one of asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot, bingxSpot\n',
  )
})

test('a file that is not there, a damaged one and a frame that is none are said, the rest comes, and it ends with 1', async () => {
  const missing = path('missing')
  const notThere = await ran(['replay', '--venue', 'asterFutures', missing, recording])
  expect(notThere.code).toBe(1)
  expect(notThere.stdout.split('\n')).toHaveLength(records.length + 1)
  expect(notThere.stderr).toContain(`${missing}, byte 0: expected a file to read, came 'ENOENT`)
  const bytes = readFileSync(recording)
  const cut = path('asterFutures-cut.gz')
  writeFileSync(cut, bytes.subarray(0, bytes.length - 20))
  expect(await ran(['replay', cut])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('unexpected end of file') as string,
  })
  const nonsense = await ran(['replay', '--venue', 'asterFutures', '--json', file('1000 {"a":\n')])
  expect(nonsense.code).toBe(1)
  expect(objects(nonsense.stderr)[0]).toMatchObject({ _tag: 'NotJson', offset: 0, receivedAt: 1000 })
  expect(nonsense.stderr).not.toContain('    at ')
})

test('a stream that nobody knows is said once, and is no failure', async () => {
  const frames = '1000 {"stream":"btcusdt@new","data":{}}\n'.repeat(3)
  const { code, stderr } = await ran(['replay', '--venue', 'asterFutures', file(frames)])
  expect(code).toBe(0)
  expect(stderr.match(/the venue has no stream btcusdt@new/g)).toHaveLength(1)
  expect(stderr).toContain('0 events of 3 frames')
  expect(stderr).toContain(', 3 unknown, 0 not as they should be')
})

test('on a terminal lines are cut to its width, what they hold moves no cursor, and colours can be switched off', async () => {
  const event = `{"stream":"btcusdt@markPrice","data":{"e":"markPriceUpdate","E":1,"s":"BTC\\u001b[2J","p":"1","r":"${'1'.repeat(80)}"}}`
  const one = ['replay', '--venue', 'asterFutures', file(`1000 ${event}\n`)]
  const plain = await ran(one, { stdout: 60, env: { NO_COLOR: '1' } })
  expect(plain.stdout).toMatch(/^00:00:01\.000 BTC \[2J {4}markPrice {5}1 funding 1+…\n$/)
  expect(plain.stdout).toHaveLength(61)
  expect((await ran(one, { stdout: 60 })).stdout).toMatch(/^\u001b\[2m00:00:01\.000\u001b\[22m BTC \[2J/)
  expect((await ran(one)).stdout).not.toContain('\u001b')
})

test('a signal ends it in the middle, with its own code and without a summary', async () => {
  const signal$ = new Subject<EndSignal>()
  const { code, out, err, listeners } = runProgram(['replay', recording, '--speed', 'recorded'], { signal$ })
  out.text$.subscribe(() => signal$.next('SIGTERM'))
  expect(await code).toBe(143)
  expect(out.text().split('\n').length).toBeLessThan(records.length)
  expect([err.text(), signal$.observed, listeners()]).toEqual(['', false, [0, 0]])
})

test('a signal that came before it began ends it at once', async () => {
  expect(await ran(['replay', recording], { signal$: of('SIGINT') })).toEqual({ code: 130, stdout: '', stderr: '' })
})

test('one who reads slowly holds it back', async () => {
  const { code, out } = runProgram(['replay', recording])
  const { output } = out
  const held: (() => void)[] = []
  // The first write does not return, until much more would have come by itself.
  await new Promise<void>((resolve) => {
    output._write = (_: unknown, __, done) => {
      held.push(() => done())
      resolve()
    }
  })
  for (let i = 0; i < 400; i++) await new Promise(setImmediate)
  expect(output.writableLength).toBeLessThan(200_000)
  output._write = (_: unknown, __, done) => done()
  held.forEach((go) => go())
  expect(await code).toBe(0)
})

test.each([
  ['EPIPE', 0, ''],
  ['ENOSPC', 1, 'The output could not be written: no space\n'],
])('an output that fails by %s ends it with %d', async (name, expected, said) => {
  const { code, out, err } = runProgram(['replay', recording])
  out.output._write = (_: unknown, __, done) => done(Object.assign(new Error('no space'), { code: name }))
  expect([await code, err.text()]).toEqual([expected, said])
})

test('a terminal is shown how far it is, and the line is taken away at the end', async () => {
  const { err, code } = runProgram(['replay', recording, '--speed', '100'], { stderr: 80 })
  expect(await code).toBe(0)
  const drawn = err.text().split('\r\u001b[K')
  expect(drawn.length).toBeGreaterThan(2)
  for (const line of drawn.slice(1, -1)) {
    expect(line).toMatch(/^\[[█░]{20}\] +\d+ % {2}[\d,]+ events/)
    expect(line.length).toBeLessThan(80)
  }
  expect(drawn.at(-1)).toMatch(/^(\u001b\[\d+m)?8880 events/)
})

test('of a recording of many gzip members, the bar is as far as the events are', async () => {
  const members = Array.from({ length: 222 }, (_, i) => gzipSync(`${records.slice(i * 40, i * 40 + 40).join('\n')}\n`))
  const { err, code } = runProgram(
    ['replay', file(Buffer.concat(members), 'asterFutures-members.txt.gz'), '--speed', '100'],
    { stderr: 80 },
  )
  expect(await code).toBe(0)
  const drawn = [...err.text().matchAll(/ (\d+) % {2}([\d,]+) events/g)].map(([, percent, events = '']) => ({
    bar: Number(percent),
    events: (Number(events.replace(',', '')) / records.length) * 100,
  }))
  expect(drawn.length).toBeGreaterThan(2)
  for (const { bar, events } of drawn) expect(Math.abs(bar - events)).toBeLessThan(10)
})

test('a path that leads to no file is said, whatever its venue would be', async () => {
  for (const [name, what] of [
    ['missing.txt', 'is not there'],
    ['.', 'is a folder'],
  ] as const)
    expect(await ran(['replay', name])).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: `aster-rx: FILE: expected a recording, came '${name}', which ${what}\n`,
    })
})

test('--headers leaves out the first records of each file, and what is advised are options of the program', async () => {
  const name = file(`a header\n${records.slice(0, 3).join('\n')}\n`, 'asterFutures-headed.txt')
  expect((await ran(['replay', name, '--headers', '1'])).stdout.trimEnd().split('\n')).toHaveLength(3)
  const { code, stderr } = await ran(['replay', recording, '--timestamps', 'iso'])
  expect(code).toBe(1)
  expect(stderr).toContain('name the format with --timestamps, or skip first lines with --headers\n')
})

test('a terminal that does not know its width is taken for a usual one', async () => {
  const { stdout } = await ran(['replay', recording, '--streams', 'trade'], { stdout: 0, env: { NO_COLOR: '1' } })
  expect(stdout.slice(0, stdout.indexOf('\n'))).toBe('00:00:30.043 BTCUSDT    trade         61686.10 × 0.018 bought')
})
