import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(__dirname, '..')
const tsx = createRequire(__filename).resolve('tsx')

const start = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', tsx, 'samples/start/main.ts', ...args], { cwd: root, encoding: 'utf8' })

test('replays the bundled recording, and sums up in plain lines', () => {
  const { stdout, stderr, status } = start()
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
  const { stdout, status } = start('--json', '--pace', '10000')
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
  [['--pace', 'fast'], 'pace'],
  [['--venue', 'nasdaq'], '--venue: expected asterFutures, asterSpot, binanceSpot, came nasdaq'],
])('%j is said to be wrong, with the usage', (args, reason) => {
  const { stdout, stderr, status } = start(...args)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  expect(stderr).toContain(reason)
  expect(stderr).toContain('npm start -- FILE… [options]')
})

test('--help', () => {
  const { stdout, status } = start('--help')
  expect(status).toBe(0)
  expect(stdout).toContain('--timestamps FORM')
})
