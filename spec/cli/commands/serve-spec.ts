import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { filter, firstValueFrom, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { scratch } from '../../communicators/scratch.js'
import { bareClient } from '../../simulation/host/bareClient.js'
import { objects, ran, runProgram } from '../runProgram.js'
import { simulated } from '../simulated.js'

const recording = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')
const { file, path } = scratch()

const textsIn = (at: string): readonly string[] => {
  const bytes = readFileSync(at)
  const text = (at.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.split('\n').flatMap((record) => /^\S+ (\{"stream":.*)$/.exec(record)?.[1] ?? [])
}
const of = (...streams: readonly string[]) =>
  textsIn(recording).filter((text) => streams.some((stream) => text.startsWith(`{"stream":"${stream}"`)))

/** The program, when it has said its addresses. */
const serving = async (...args: readonly string[]) => {
  const signal$ = new Subject<EndSignal>()
  const program = runProgram(['serve', ...args, '--json'], { signal$ })
  const text = await Promise.race([firstValueFrom(program.out.text$), program.code.then(() => program.err.text())])
  const [{ websocket = text, rest = text } = {}] = objects(text)
  return { ...program, signal$, websocket: String(websocket), rest: String(rest) }
}

test('prints its addresses, serves the frames byte for byte, and with --once ends behind the last', async () => {
  const { websocket, rest, out, err, code } = await serving(recording, '--speed', 'instant', '--once')
  expect(objects(out.text())).toEqual([{ venue: 'asterFutures', websocket, rest }])
  expect(websocket).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
  const client = await bareClient(`${websocket}/stream?streams=btcusdt@trade/ethusdt@trade`)
  expect(await client.closed).toEqual({ code: 1000, reason: 'The recording has ended' })
  expect(client.texts).toEqual(of('btcusdt@trade'))
  expect(await code).toBe(0)
  expect(objects(err.text())).toEqual([
    { type: 'opened', connection: 1 },
    { type: 'started', connections: 1, streams: ['btcusdt@trade', 'ethusdt@trade'] },
    { missing: 'ethusdt@trade' },
    { type: 'ended', isWhole: true, frames: 8_879, sent: 3_096, missing: ['ethusdt@trade'] },
  ])
})

test('our own program records from it what was recorded', async () => {
  const { websocket, rest, code } = await serving(recording, '--speed', 'instant', '--once', '--clients', '1')
  const copy = path('copy.txt')
  const streams = ['btcusdt@depth@100ms', 'btcusdt@bookTicker', 'btcusdt@kline_1m']
  const signal$ = new Subject<EndSignal>()
  const recorder = runProgram(
    ['record', 'asterFutures', ...streams, '--file', copy, '--endpoint', websocket, '--rest', rest],
    { signal$ },
  )
  expect(await code).toBe(0)
  signal$.next('SIGINT')
  expect(await recorder.code).toBe(130)
  expect(textsIn(copy)).toEqual(of(...streams))
})

test('for people it says what happens in sentences; a signal ends it, and its clients are told', async () => {
  const signal$ = new Subject<EndSignal>()
  const program = runProgram(['serve', recording, '--speed', '100'], { signal$ })
  const text = await firstValueFrom(program.out.text$)
  const [, websocket = ''] =
    /^websocket {2}(ws:\/\/127\.0\.0\.1:(\d+))\nrest {7}http:\/\/127\.0\.0\.1:\2\n$/.exec(text) ?? []
  const first = await bareClient(`${websocket}/ws/btcusdt@trade`)
  await first.until(1)
  first.socket.close()
  await firstValueFrom(program.err.text$.pipe(filter((said) => said.includes('ended early'))))
  const client = await bareClient(`${websocket}/ws/btcusdt@trade`)
  await client.until(1)
  signal$.next('SIGTERM')
  expect(await program.code).toBe(143)
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
  expect(program.err.text()).toMatch(
    /^connection 1 opened\nbegins for 1 connection: btcusdt@trade\nconnection 1 closed\nended early: \d+ frames read, \d+ sent\nconnection 2 opened\nbegins for 1 connection: btcusdt@trade\n$/,
  )
  expect(program.listeners()).toEqual([0, 0])
})

test('--from and --to are a span, and a terminal has its own output', async () => {
  const [from, to] = [1_723_161_650_000, 1_723_161_660_000]
  const program = runProgram(
    ['serve', recording, '--speed', 'instant', '--once', '--from', String(from), '--to', String(to)],
    { stderr: 80 },
  )
  const text = await firstValueFrom(program.out.text$)
  const client = await bareClient(
    `${text.slice('websocket  '.length, text.indexOf('\n'))}/stream?streams=btcusdt@aggTrade`,
  )
  await client.closed
  const records = gunzipSync(readFileSync(recording)).toString('utf8').split('\n')
  const expected = records.flatMap((record) => {
    const [, time, found] = /^(\d+) (\{"stream":"btcusdt@aggTrade".*)$/.exec(record) ?? []
    return Number(time) >= from && Number(time) < to ? [found] : []
  })
  expect(client.texts).toEqual(expected)
  expect(await program.code).toBe(0)
})

test('what is wrong with a recording is said, and the program ends with 1', async () => {
  const bad = file(`nonsense\n1723161630043 ${of('btcusdt@trade')[0] ?? ''}\n`)
  const { websocket, err, code } = await serving(bad, '--venue', 'asterFutures', '--speed', 'instant', '--once')
  const client = await bareClient(`${websocket}/ws/btcusdt@trade`)
  await client.closed
  expect(client.texts).toHaveLength(1)
  expect(await code).toBe(1)
  expect(objects(err.text())).toContainEqual(expect.objectContaining({ _tag: 'BadRecord', offset: 0 }))
})

test('a file that is not there is said at once, and the program ends with 1', async () => {
  const { code, stdout, stderr } = await ran(['serve', path('asterFutures-none.txt')])
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(
    /^aster-rx: FILE\|VENUE: expected files, or a venue, came '.*asterFutures-none\.txt', which is neither\n$/,
  )
})

test('a venue: one connection for all who connect, and its REST', async () => {
  const { controls, places } = await simulated({ venue: asterFutures, pause: 5 })
  const { websocket, rest, code, err } = await serving('asterFutures', ...places, '--for', '5s')
  const clients = [1, 2, 3].map(() => bareClient(`${websocket}/stream?streams=btcusdt@trade`))
  const [one, two, three] = await Promise.all(clients)
  const frames = await one?.until(3)
  expect((await two?.until(3))?.every((text) => text.startsWith('{"stream":"btcusdt@trade"'))).toBe(true)
  expect(await three?.until(3)).toHaveLength(3)
  expect(frames).toHaveLength(3)
  expect(controls.connections()).toHaveLength(1)
  const book = await fetch(`${rest}/fapi/v1/depth?symbol=BTCUSDT&limit=5`)
  expect(await book.json()).toMatchObject({ lastUpdateId: expect.any(Number) as number })
  expect(await one?.closed).toMatchObject({ code: 1001 })
  expect(await code).toBe(0)
  expect(objects(err.text())).toContainEqual(expect.objectContaining({ _tag: 'Connected' }))
})

test('another address is listened on where it is told; one that this machine has not is said', async () => {
  const { websocket, signal$, code } = await serving(recording, '--host', 'localhost')
  expect(websocket).toMatch(/^ws:\/\/localhost:\d+$/)
  signal$.next('SIGINT')
  expect(await code).toBe(130)
  const { code: failed, stderr, stdout } = await ran(['serve', recording, '--host', '192.0.2.1', '--port', '8080'])
  expect([failed, stdout]).toEqual([1, ''])
  expect(stderr).toBe('aster-rx: --host: expected an address of this machine, came 192.0.2.1\n')
})

test('a port that is taken is said', async () => {
  const { websocket, signal$, code } = await serving(recording)
  const { port } = new URL(websocket)
  const second = await ran(['serve', recording, '--port', port])
  expect([second.code, second.stdout]).toEqual([1, ''])
  expect(second.stderr).toBe(
    `aster-rx: --port: expected a free one, came ${port}, which is in use: name another one, or none\n`,
  )
  signal$.next('SIGINT')
  expect(await code).toBe(130)
})

test.each([
  [[], 'serve: expected FILE|VENUE…, came no FILE|VENUE'],
  [
    [recording, 'asterSpot'],
    "expected files, or one venue, came 'asterSpot' among several: write ./asterSpot for a file",
  ],
  [
    ['bingxSpot'],
    "FILE|VENUE: expected files, or one of asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot, came 'bingxSpot'",
  ],
  [['-'], "expected files, which are read anew for each session, came '-'"],
  [['/dev/stdin'], 'expected files, which are read anew for each session'],
  [['/dev/null'], 'expected files, which are read anew for each session'],
  [['asterSpot', '--speed', '10'], '--speed: expected a recording, came the venue asterSpot, which is live'],
  [['asterSpot', '--format', 'tardis'], '--format: expected a recording'],
  [['asterSpot', '--once'], '--once: expected a recording'],
  [['asterSpot', '--merge'], '--merge: expected a recording'],
  [['asterSpot', '--endpoint', 'ws://127.0.0.1:1'], '--rest: expected the REST address of the same server'],
  [[recording, '--endpoint', 'ws://127.0.0.1:1'], '--endpoint: expected a venue, came a recording'],
  [[__filename], 'expected the venue of the recording'],
  [[recording, '--host', 'a b'], "--host: expected an address as 127.0.0.1, 0.0.0.0, ::1 or localhost, came 'a b'"],
  [[recording, '--host', 'http://x'], '--host: expected an address'],
  [[recording, '--port', '0'], '--port: expected a whole number of at least 1'],
  [[recording, '--clients', '0'], '--clients: expected a whole number of at least 1'],
  [[recording, '--settle', 'soon'], '--settle: expected a time with its unit'],
  [[recording, '--speed', 'fast'], '--speed: expected instant, recorded, or a factor above 0'],
  [[recording, '--from', '2', '--to', '1'], '--to: expected a time after --from'],
])('serve %j is said to be wrong', async (args, reason) => {
  const { code, stdout, stderr } = await ran(['serve', ...args])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(reason)
  expect(stderr).toMatch(/^aster-rx: [^\n]+\n$/)
})
