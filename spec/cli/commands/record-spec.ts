import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { filter, firstValueFrom, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { objects, ran, runProgram } from '../runProgram.js'
import { simulated } from '../simulated.js'

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
afterAll(() => rmSync(folder, { recursive: true }))
let names = 0
const fresh = () => join(folder, String((names += 1)))

const listening = (pid = process.pid) => readdirSync(`/proc/${pid}/fd`).length

interface Sent {
  readonly stream: string
  readonly text: string
}

test('what is recorded is what the venue sent, byte for byte, and Ctrl-C closes it in order', async () => {
  const { places, controls } = await simulated({ venue: asterFutures, pause: 5 })
  const file = `${fresh()}.txt.gz`
  const signal$ = new Subject<EndSignal>()
  const streams = ['btcusdt@trade', 'btcusdt@bookTicker']
  const { code, out, err } = runProgram(['record', 'asterFutures', ...streams, '--file', file, ...places], { signal$ })
  const ofStream = () =>
    controls
      .log()
      .flatMap((entry): readonly Sent[] =>
        entry.type === 'sent' && entry.stream !== undefined ? [{ stream: entry.stream, text: entry.text }] : [],
      )
  await firstValueFrom(controls.log$.pipe(filter(() => ofStream().length > 200)))
  signal$.next('SIGINT')
  expect(await code).toBe(130)
  const frames = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .map((record) => record.slice(record.indexOf(' ') + 1))
    .filter((text) => text.startsWith('{"stream":'))
  const sent = ofStream().map(({ text }) => text)
  expect(frames.length).toBeGreaterThan(50)
  expect(frames).toEqual(sent.slice(0, frames.length))
  expect(out.text()).toBe(`${frames.length} frames in ${/in (\d+\.\d) s/.exec(out.text())?.[1] ?? ''} s to ${file}\n`)
  expect(err.text()).toContain('asterFutures-1: connected\n')
  expect(existsSync(`${file}.lock`)).toBe(false)
})

test('what was recorded is replayed, and names its venue', async () => {
  const { places } = await simulated({ venue: asterFutures, pause: 5 })
  const file = `${fresh()}.txt`
  const recorded = await ran([
    ...['record', 'asterFutures', 'btcusdt@trade', '--file', file, '--for', '1s', '--json', ...places],
  ])
  expect(recorded.code).toBe(0)
  const [{ frames } = {}] = objects(recorded.stdout)
  const replayed = await ran(['replay', file, '--json'])
  expect([replayed.code, objects(replayed.stdout).length > 5]).toEqual([0, true])
  expect(objects(replayed.stderr).at(-1)).toMatchObject({ frames })
})

test('files follow each other by size and by time, in folders that are made, and --with-books lets each stand alone', async () => {
  const { places, controls } = await simulated({ venue: asterFutures, pause: 2 })
  const place = fresh()
  const signal$ = new Subject<EndSignal>()
  const { code, err } = runProgram(
    [
      ...['record', 'asterFutures', 'btcusdt@depth@100ms', 'btcusdt@trade', '--with-books', '--flush', '100ms'],
      ...['--file', `${place}/{period}/part-{index}.txt`, '--every', 'day', '--bytes', '40k', ...places],
    ],
    { signal$ },
  )
  const periods = () => (existsSync(place) ? readdirSync(place) : [])
  const parts = () =>
    periods().flatMap((period) => readdirSync(join(place, period)).map((name) => join(place, period, name)))
  await firstValueFrom(controls.log$.pipe(filter(() => parts().some((path) => path.endsWith('part-0003.txt')))))
  signal$.next('SIGINT')
  expect([await code, err.text().includes('not recorded')]).toEqual([130, false])
  expect(periods()[0]).toMatch(/^\d{4}-\d\d-\d\d$/)
  const second = parts().find((path) => path.endsWith('part-0002.txt')) ?? ''
  expect(statSync(second).size).toBeLessThanOrEqual(40_000)
  const { stdout } = await ran(['replay', second, '--json', '--streams', 'depthSnapshot'])
  expect(objects(stdout)[0]).toMatchObject({ kind: 'depthSnapshot', event: { symbol: 'BTCUSDT' } })
})

test('--simulated records a venue of its own, whose books it begins with', async () => {
  const file = `${fresh()}.txt`
  const streams = ['ethusdt@trade', 'ethusdt@depth@100ms', '!miniTicker@arr']
  const { code, stdout } = await ran([
    ...['record', 'asterFutures', ...streams, '--with-books', '--simulated', '--for', '2s', '--file', file],
  ])
  expect([code, /^\d+ frames in 2\.\d s to /.test(stdout)]).toEqual([0, true])
  const text = readFileSync(file, 'utf8')
  expect([...new Set([...text.matchAll(/"s":"(\w+)"/g)].map(([, symbol]) => symbol))]).toEqual(['ETHUSDT'])
  for (const name of streams) expect(text).toContain(`{"stream":"${name}"`)
  expect(text).toMatch(/ \{"_tag":"Reply","symbol":"ETHUSDT"/)
})

test('of files that follow each other it says that they are parts', async () => {
  const args = ['record', 'asterFutures', 'btcusdt@trade', '--simulated', '--for', '300ms', '--every', 'day']
  const file = `${fresh()}.txt`
  expect((await ran([...args, '--file', file])).stdout).toMatch(/^\d+ frames? in 0\.\d s to parts of .*\.txt\n$/)
})

test('a recording that exists is not written over, --append writes on', async () => {
  const { places } = await simulated({ venue: asterFutures, pause: 5 })
  const file = `${fresh()}.txt`
  const once = ['record', 'asterFutures', 'btcusdt@trade', '--file', file, '--for', '500ms', ...places]
  expect((await ran(once)).code).toBe(0)
  const before = readFileSync(file, 'utf8')
  const again = await ran(once)
  expect([again.code, again.stdout]).toEqual([1, ''])
  expect(again.stderr).toMatch(
    /expected a new file, came '.+', which exists: choose another name, or say --append to write on at its end/,
  )
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect((await ran([...once, '--append'])).code).toBe(0)
  expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true)
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(before.length)
})

test('a disk that refuses ends it with 1, and leaves nothing open', async () => {
  const { places } = await simulated({ venue: asterFutures, pause: 5 })
  const before = listening()
  const { code, stderr } = await ran([
    ...['record', 'asterFutures', 'btcusdt@trade', '--file', '/dev/full', '--append', '--flush', '10ms', ...places],
  ])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^aster-rx: .*ENOSPC/m)
  expect(stderr).not.toContain('    at ')
  expect(process.listenerCount('SIGTERM')).toBe(0)
  expect(listening()).toBeLessThanOrEqual(before + 1)
})

test.each([
  [
    ['record', 'asterFutures', 'btcusdt@depht'],
    "'btcusdt@depht' is no stream of asterFutures; expected one like <symbol>@depth",
  ],
  [['record', 'asterFutures', 'BTCUSDT@trade'], "'BTCUSDT@trade': expected 'btcusdt@trade'"],
  [
    ['record', 'bingxSpot', 'a'],
    "VENUE: expected asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot, came 'bingxSpot'",
  ],
  [
    ['record', 'asterFutures', 'btcusdt@trade', '--file', 'a-{day}.txt', '--every', 'day'],
    "--file: expected {period} or {index} between braces, came '{day}'",
  ],
  [['record', 'asterFutures', 'btcusdt@trade', '--file', 'a-{period}.txt'], '--file: expected a name without braces'],
  [
    ['record', 'asterFutures', 'btcusdt@trade', '--file', 'a-{period}.txt', '--every', 'day', '--bytes', '1M'],
    '--file: expected {index} in the name',
  ],
  [
    ['record', 'asterFutures', 'btcusdt@depht', '--simulated'],
    "'btcusdt@depht' is no stream of asterFutures; expected one like <symbol>@depth",
  ],
  [
    ['record', 'asterFutures', 'btcusdt@trade', '--simulated', '--endpoint', 'ws://127.0.0.1:1'],
    '--simulated: expected no --endpoint and no --rest',
  ],
  [
    ['record', 'asterFutures', 'btcusdt@trade', '--bytes', '1T'],
    "--bytes: expected bytes, as 500000, 500k, 100M or 2Gi, came '1T'",
  ],
])('%j is said to be wrong', async (args, reason) => {
  const { code, stdout, stderr } = await ran(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`aster-rx: ${reason}`)
})
