import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { bundled } from './helpers/bundled.js'
// A sample that is a test runs here.
import '../samples/pipeline.test.js'

const root = join(__dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const snippets = [...readme.matchAll(/```ts\n\/\/ (samples\/[\w.]+\.ts)\n([^]*?)```/g)].map(
  ([, file = '', code = '']) => ({
    file,
    code,
  }),
)

const run = async (file: string) =>
  promisify(execFile)(process.execPath, [bundled(file)], { cwd: root, maxBuffer: 1e8 })

test('the README quotes samples only', () => {
  expect(snippets.length).toBeGreaterThan(4)
  expect(readme.match(/```ts/g)).toHaveLength(snippets.length)
})

test.each(snippets)('$file is quoted verbatim', ({ file, code }) => {
  expect(code).toBe(readFileSync(join(root, file), 'utf8'))
})

test.each([
  ['samples/trades.ts', /^(BTCUSDT \d+\.\d+ \d+\.\d+\n|\d+\.\d+ \d+\.\d+\n)+$/],
  ['samples/book.ts', /^(\d+\.\d+ \d+\.\d+\n)+$/],
  ['samples/manual.ts', /^(\[ '\d+\.\d+', '\d+\.\d+', '\d+\.\d+' \]\n)+$/],
  ['samples/backtest.ts', /^\d+ trades\n/],
  [
    'samples/derived.ts',
    /^(BTCUSDT: (1\.000 for \d+\.\d{5}, \d+\.\d{6} each|\d+\.\d{3} bid, \d+\.\d{3} asked|\d+\.\d\d to \d+\.\d\d, \d+\.\d{3} traded)\n)+$/,
  ],
  ['samples/backfill.ts', /^BTCUSDT: the bar over the cut is whole, \d+ trades, \d+\.\d{3}\n$/],
  ['samples/simulated.ts', /^BUY NEW 0\.000\n(BUY PARTIALLY_FILLED 0\.\d+\n)*BUY FILLED 0\.010\n$/],
  [
    'samples/virtualTime.ts',
    /^2023-11-14T22:13:20\.000Z waiting for the stream\n2023-11-14T22:13:20\.\d{3}Z start\n2023-11-14T22:14:20\.\d{3}Z reset\n$/,
  ],
  ['samples/shards.ts', /^(shard [01]: connected\n|(BTCUSDT|ETHUSDT|SOLUSDT|XRPUSDT)( \w+USDT)*\n)+$/],
  [
    'samples/metrics.ts',
    /^# HELP aster_rx_frames_total [^]*\naster_rx_events_total\{venue="asterFutures",kind="trade"\} [1-9]\d*\n/,
  ],
  ['samples/basis.ts', /^(live -?\d+\.\d\d\n)+(replayed -?\d+\.\d\d\n)+$/],
  ['samples/errors.ts', /^trade p p: expected Decimal, came 61800\.3\n$/],
])('%s runs, and ends by itself', async (file, output) => {
  const { stdout, stderr } = await run(file)
  expect(stderr).toBe('')
  expect(stdout).toMatch(output)
})

test('samples/record.ts records what it replays', async () => {
  const { stdout } = await run('samples/record.ts')
  const file = stdout.trim()
  const [original, copy] = [join(root, 'samples/recordings/asterFutures-btcusdt.txt.gz'), file].map((path) =>
    gunzipSync(readFileSync(path)).toString('utf8').split('\n'),
  )
  rmSync(join(file, '..'), { recursive: true })
  expect(copy?.filter((line) => !line.includes('"_tag":"Source"') && !line.includes('"_tag":"Closed"'))).toEqual(
    original,
  )
})
