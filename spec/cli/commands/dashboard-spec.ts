import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { firstValueFrom, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { scratch } from '../../communicators/scratch.js'
import { bareClient } from '../../simulation/host/bareClient.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { objects, ran, runProgram } from '../runProgram.js'
import { simulated } from '../simulated.js'

const recording = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')
const { file, path } = scratch()

/** A package that holds something where the page is. */
const root = () => {
  const folder = path('package/dist/dashboard')
  mkdirSync(folder, { recursive: true })
  for (const name of ['index.html', 'page.js', 'page.css', 'licences.txt']) writeFileSync(join(folder, name), name)
  return pathToFileURL(path('package/'))
}

/** The program, when it has said its address; it is ended by its signal. */
const serving = async (...args: readonly string[]) => {
  const signal$ = new Subject<EndSignal>()
  const program = runProgram(['dashboard', ...args, '--json'], { signal$, root: root() })
  const text = await Promise.race([firstValueFrom(program.out.text$), program.code.then(() => program.err.text())])
  const [{ page = text } = {}] = objects(text)
  const get = async (target: string, init?: RequestInit) => fetch(new URL(target, String(page)), init)
  const setup = (await (await get('setup.json')).json()) as Record<string, unknown>
  return { ...program, signal$, page: String(page), get, setup }
}

const end = async ({ signal$, code }: Awaited<ReturnType<typeof serving>>) => {
  signal$.next('SIGINT')
  expect(await code).toBe(130)
}

test('a simulated venue is shown with what can be broken', async () => {
  const program = await serving('asterFutures', '--simulated', '--symbols', 'btcusdt,ETHUSDT,btcusdt')
  const { controls, ...setup } = program.setup
  expect(setup).toEqual({
    ...{ venue: 'asterFutures', symbols: ['BTCUSDT', 'ETHUSDT'], source: 'simulated' },
    ...{ path: '', trades: 'trade', hasAccount: true },
  })
  const names = (controls as readonly { readonly name: string }[]).map(({ name }) => name)
  expect(names).toEqual(['cut', 'gap', 'silence', 'mute', 'expire'])
  const client = await bareClient(`${program.page.replace('http', 'ws')}ws/ethusdt@trade`)
  await client.until(1)
  for (const name of names.toReversed())
    expect((await program.get(`control/${name}`, { method: 'POST' })).status).toBe(204)
  // What has fallen silent is not cut.
  const next = await bareClient(`${program.page.replace('http', 'ws')}ws/ethusdt@trade`)
  await next.until(1)
  await program.get('control/cut', { method: 'POST' })
  expect((await next.closed).code).toBe(1006)
  await end(program)
})

test('a venue without listen keys by a key alone has no account to expire one of', async () => {
  const program = await serving('binanceSpot', '--simulated')
  expect(program.setup).toMatchObject({ symbols: ['BTCUSDT'], hasAccount: false })
  expect(JSON.stringify(program.setup['controls'])).not.toContain('expire')
  await end(program)
})

test('a recording is shown by the markets and streams that it holds, and has no controls', async () => {
  const program = await serving(recording, '--speed', '100')
  expect(program.setup).toEqual({
    ...{ venue: 'asterFutures', symbols: ['BTCUSDT'], source: 'recorded', path: '', trades: 'trade' },
    ...{ hasAccount: false, controls: [], bookStream: '<symbol>@depth@100ms' },
  })
  expect((await program.get('control/cut', { method: 'POST' })).status).toBe(404)
  await end(program)
})

const aggTrade = (symbol: string) =>
  `1723161630043 {"stream":"${symbol}@aggTrade","data":{"e":"aggTrade","E":1723161630001,"s":"${symbol.toUpperCase()}","a":5933015,"p":"61686.1","q":"100","f":200,"l":205,"T":1723161630000,"m":false}}\n`
const depth = (symbol: string) =>
  `1723161630044 {"stream":"${symbol}@depth@500ms","data":{"e":"depthUpdate","E":1723161630001,"T":1723161630000,"s":"${symbol.toUpperCase()}","U":1,"u":2,"pu":0,"b":[],"a":[]}}\n`

test('of other streams than the usual ones it takes those, the busiest market first', async () => {
  const records = [aggTrade('btcusdt'), depth('ethusdt'), aggTrade('ethusdt'), aggTrade('ethusdt')]
  const program = await serving(file(records.join('')), '--venue', 'asterFutures')
  expect(program.setup).toMatchObject({
    ...{ symbols: ['ETHUSDT', 'BTCUSDT'], trades: 'aggTrade', bookStream: '<symbol>@depth@500ms' },
  })
  await end(program)
})

test('a live venue is shown by the address that was given', async () => {
  const { places } = await simulated({ venue: asterFutures })
  const program = await serving('asterFutures', '--symbols', 'btcusdt', ...places)
  expect(program.setup).toEqual({
    ...{ venue: 'asterFutures', symbols: ['BTCUSDT'], source: 'live', path: '', trades: 'trade' },
    ...{ hasAccount: false, controls: [] },
  })
  const client = await bareClient(`${program.page.replace('http', 'ws')}ws/btcusdt@trade`)
  await client.until(1)
  await end(program)
})

test('for people it says the address, and ends after the time that it was given', async () => {
  const { code, stdout } = await ran(['dashboard', 'asterSpot', '--simulated', '--for', '1ms'], { root: root() })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^page {7}http:\/\/127\.0\.0\.1:\d+\/\n$/)
})

test('where the page was not built that is said, and the program ends with 1', async () => {
  const none = pathToFileURL(path('none/'))
  const { code, stderr } = await ran(['dashboard', 'asterFutures', '--simulated'], { root: none })
  expect([code, stderr]).toEqual([
    1,
    'aster-rx: expected the page of the dashboard beside the program, came none: npm run build makes it\n',
  ])
})

const named = file('1723161630043 {"stream":"!ticker@arr","data":[]}\n')

test.each([
  [['asterPrediction', '--simulated'], '--symbols: expected a market of asterPrediction, came none'],
  [['asterFutures', '--simulated', '--symbols', 'b@c'], '--symbols: '],
  [['asterFutures', 'asterSpot', '--simulated'], '--simulated: expected one of asterFutures, '],
  [[recording, '--simulated'], '--simulated: expected one of asterFutures, '],
  [['asterFutures', '--simulated', '--speed', '2'], '--speed: expected a recording, or a venue that is live'],
  [['asterFutures', '--simulated', '--merge'], '--merge: expected a recording, or a venue that is live'],
  [['asterFutures', '--simulated', '--rest', 'http://a'], '--rest: expected a recording, or a venue that is live'],
  [['asterFutures', '--seed', '2'], '--seed: expected --simulated beside it'],
  [['asterFutures', '--speed', '2'], '--speed: expected a recording, came the venue asterFutures'],
  [['bingxSpot'], 'FILE|VENUE: expected files, or one of asterFutures, '],
  [[named, '--venue', 'asterFutures'], '--symbols: expected the markets of the recording, whose beginning names none'],
  [
    [recording, '--venue', 'bingxSpot'],
    'expected one of asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot',
  ],
])('%j cannot be meant', async (args, reason) => {
  const { code, stdout, stderr } = await ran(['dashboard', ...args], { root: root() })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`aster-rx: ${reason}`)
})
