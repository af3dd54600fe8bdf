import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { bundled } from './helpers/bundled.js'

const root = join(__dirname, '..')
const program = bundled('samples/start/main.ts')

const start = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8' })

const recording = 'samples/recordings/asterFutures-btcusdt.txt.gz'

test('the whole thing without a network: survives a disconnection, and ends by itself with a summary', () => {
  const { stdout, stderr, status } = start('--seconds', '1')
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const said = [
    /a simulated asterFutures listens on ws:\/\/127\.0\.0\.1:\d+$/,
    /asterFutures-1: connected$/,
    /account stream: order \d+ is FILLED, 0\.050 filled$/,
    /account stream: order \d+ is NEW, 0\.000 filled$/,
    /venue: cuts every connection$/,
    /asterFutures-1: connection lost: closed with 1006$/,
    /asked the venue: order \d+ is FILLED, 0\.050 filled$/,
    /book [\d.]+ × [\d.]+ \| [\d.]+ × [\d.]+ .*1m open [\d.]+ close [\d.]+/,
    /^parse errors {4}0 unknown, 0 invalid$/,
    /^book BTCUSDT {2}synced, \d+ bids, \d+ asks$/,
    /compared with the venue's book tickers \d+ times: 0 mismatches$/,
    /^gaps {12}0$/,
    /^resyncs {9}1$/,
  ]
  const lines = stdout.split('\n')
  expect(said.filter((expected) => !lines.some((line) => expected.test(line)))).toEqual([])
})

/** No name has an address, with a network or without one. */
const nowhere = `data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns'
  dns.lookup = (host, _, done) => setImmediate(done, Object.assign(new Error('ENOTFOUND ' + host), { code: 'ENOTFOUND' }))
`)}`

test('--live says that it cannot connect, goes on trying, and Ctrl-C ends it at once', async () => {
  const child = spawn(process.execPath, ['--import', nowhere, program, '--live', 'asterFutures', 'btcusdt'], {
    cwd: root,
  })
  let out = ''
  let isStopped = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    if (isStopped || !out.includes('attempt 3 in')) return
    isStopped = true
    child.kill('SIGINT')
  })
  const [code, signal] = (await once(child, 'close')) as readonly unknown[]
  expect({ code, signal }).toEqual({ code: 0, signal: null })
  expect(out).toMatch(/cannot connect: .+; attempt 2 in \d\.\d s, Ctrl-C ends it$/m)
  expect(out).toMatch(/^BTCUSDT as asterFutures$/m)
})

test('replays a recording, and sums up in plain lines', () => {
  const { stdout, stderr, status } = start(recording)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      'frames          8880',
      '  trade         3096',
      '  depth         1492',
      '  depthSnapshot 1',
      'parse errors    0 unknown, 0 invalid',
      'gaps            0',
      'resyncs         0',
    ]),
  )
  expect(stdout).toMatch(/^book BTCUSDT {2}synced, \d+ bids, \d+ asks$/m)
  expect(stdout).toMatch(/compared with the venue's book tickers 1488 times: 0 mismatches$/m)
})

test('with --json, one JSON object and nothing else', () => {
  const { stdout, status } = start(recording, '--json', '--pace', '10000')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    ...{
      venue: 'asterFutures',
      frames: 8880,
      gaps: 0,
      resyncs: 0,
      recordedSeconds: expect.closeTo(149.9, 0) as number,
    },
    events: { trade: 3096, aggTrade: 2169, bookTicker: 1824, depth: 1492, kline: 149, markPrice: 149 },
    books: { BTCUSDT: { isSynced: true, comparisons: 1488, mismatches: 0 } },
    notes: [],
  })
})

test('a file that is not there is said, and the exit code says so too', () => {
  const { stdout, status } = start('missing.txt')
  expect(stdout).toMatch(/^note {12}BadFile .*ENOENT.*missing\.txt/m)
  expect(status).toBe(1)
})

test.each([
  [['--what'], "Unknown option '--what'"],
  [[recording, '--pace', 'fast'], 'pace'],
  [['--seconds', '0'], '--seconds: expected a number of at least 1, came 0'],
  [['--live', 'nasdaq'], '--live: expected asterFutures, asterSpot, binanceFutures, binanceSpot, came nasdaq'],
  [
    [recording, '--venue', 'nasdaq'],
    '--venue: expected asterFutures, asterSpot, binanceFutures, binanceSpot, came nasdaq',
  ],
])('%j is said to be wrong, with the usage', (args, reason) => {
  const { stdout, stderr, status } = start(...args)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  expect(stderr).toContain(reason)
  expect(stderr).toContain('npm run demo -- FILE… [options]')
})

test('--help', () => {
  const { stdout, status } = start('--help')
  expect(status).toBe(0)
  expect(stdout).toContain('--timestamps FORM')
})
