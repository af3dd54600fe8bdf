import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { lastValueFrom } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { played, scratch, told } from '../../communicators/scratch.js'
import { zipOf } from '../../communicators/replay/zips.js'
import { objects, ran } from '../runProgram.js'

const { file, path } = scratch()

const sample = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')

const trade = (id: number) =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161256322,"s":"BTCUSDT","t":${id},"p":"1.0","q":"2.0","T":1723161256322,"m":true}}`
const KLINES = '1722470400000,1,4,1,3,5,1722470459999,9,60,2,7,0\n'
const kline =
  '{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1722470460000,"s":"BTCUSDT","k":{"t":1722470400000,"T":1722470459999,"s":"BTCUSDT","i":"1m","f":-1,"L":-1,"o":"1","c":"3","h":"4","l":"1","v":"5","n":60,"x":true,"q":"9","V":"2","Q":"7"}}}'
const CSV = '1,1.0,2.0,2.0,1723161256322,true\n'

test.each<[string, string, string | Buffer, string]>([
  ['hftbacktest', 'a.gz', gzipSync(`1723161256123456789 ${trade(1)}\n`), `1723161256123.4568 ${trade(1)}`],
  ['tardis', 'a.txt', `2024-08-08T23:54:16.1234567Z ${trade(1)}\n`, `1723161256123.4568 ${trade(1)}`],
  ['cryptofeed', 'a', `wss://a <-> 1\n1723161256.5: ${trade(1)}\n`, `1723161256500 ${trade(1)}`],
  ['dotnet', 'a.raw', `${trade(1)};;`, `0 ${trade(1)}`],
  ['binanceCsv', 'BTCUSDT-1m-2024-08.csv', KLINES, `1722470460000 ${kline}`],
  ['binanceCsv', 'BTCUSDT-trades-2024-08-08.csv', CSV, `1723161256322 ${trade(1)}`],
  [
    'binanceCsv',
    'BTCUSDT-trades-2024-08-08.zip',
    zipOf([{ name: 'BTCUSDT-trades-2024-08-08.csv', content: CSV }]),
    `1723161256322 ${trade(1)}`,
  ],
])('%s, %s: one of ours, that says what it does not hold', async (format, name, content, record) => {
  const [from, to] = [file(content, name), path(`${name}.converted.txt`)]
  const { code, stdout, stderr } = await ran(['convert', from, '--file', to])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^1 frame in \d+\.\d s to /)])
  expect(stderr).toContain(`is read as ${format}, as its first bytes say`)
  const lines = readFileSync(to, 'utf8').trimEnd().split('\n')
  expect(lines.filter((line) => !line.includes('"_tag":"'))).toEqual([record])
  const [before, after] = await Promise.all([from, to].map((files) => played({ files })))
  const tags = (signals: typeof before = []) => signals.map(({ _tag, receivedAt }) => `${receivedAt} ${_tag}`)
  expect(tags(after)).toEqual(tags(before))
  expect(after?.[0]).toMatchObject({ _tag: 'FileFormat', format })
  expect({ ...after?.[0], file: '', source: undefined }).toEqual({ ...before?.[0], file: '', source: undefined })
})

test('our own stays what it is, packed, in files of a span', async () => {
  const { code } = await ran(['convert', sample, '--file', path('{period}.txt.gz'), '--every', '20s'])
  expect(code).toBe(0)
  const written = told(await played({ files: path('2024-08-09T*.txt.gz') }))
  const original = told(await played({ files: sample }))
  expect(written.filter((text) => text.includes('{'))).toEqual(original.filter((text) => text.includes('{')))
})

test('what is wrong with a file is told, and not written', async () => {
  const to = path('wrong.txt.gz')
  const { code, stderr } = await ran([
    'convert',
    file(`1 ${trade(1)}\nnonsense\n`),
    path('missing'),
    '--file',
    to,
    '--json',
  ])
  expect(code).toBe(1)
  expect(objects(stderr).map(({ _tag }) => _tag)).toEqual(['BadRecord', 'BadFile'])
  const lines = gunzipSync(readFileSync(to)).toString().trimEnd().split('\n')
  expect(lines.filter((line) => !/"_tag":"(Source|Closed)"/.test(line))).toEqual([`1 ${trade(1)}`])
})

test.each([
  [['convert'], 'expected FILE…, came no FILE'],
  [['convert', 'a', '--format', 'excel'], '--format: expected record, dotnet, tardis'],
  [['convert', 'a', '--speed', '2'], "came '--speed'"],
  [['convert', 'a', '--every', 'day', '--file', '{index}.txt'], '--file: expected {period} in the name'],
])('what cannot be meant: %j', async (args, text) => {
  const { code, stderr } = await ran(args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(text)])
})

test('a file that exists is an error, and --append writes on', async () => {
  const to = path('there.txt')
  const from = file(`1723161256122 ${trade(1)}\n`)
  expect((await ran(['convert', from, '--file', to])).code).toBe(0)
  const again = await ran(['convert', from, '--file', to])
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--append')])
  expect((await ran(['convert', from, '--file', to, '--append'])).code).toBe(0)
})

test('what begins in the middle begins with the order books as they were then', async () => {
  const from = Date.UTC(2024, 7, 9, 0, 2)
  const to = path('middle.txt.gz')
  const { code } = await ran(['convert', sample, '--from', new Date(from).toISOString(), '--file', to])
  expect(code).toBe(0)
  /** The tops that a client of a recording sees from then on, with their times. */
  const tops = async (files: string) => {
    const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files }) })
    const seen: string[] = []
    client.book('BTCUSDT').subscribe((state) => {
      const at = client.scheduler.now()
      if (state._tag === 'Synced' && at > from)
        seen.push(`${at} ${state.book.lastUpdateId} ${JSON.stringify(state.top)}`)
    })
    const end = lastValueFrom(client.signal$)
    client.connect()
    await end
    return seen
  }
  const whole = await tops(sample)
  expect(whole.length).toBeGreaterThan(500)
  expect((await tops(to)).slice(-whole.length)).toEqual(whole)
})

test('CSV files of tardis.dev say whose they are', async () => {
  const csv = file(
    gzipSync(
      'exchange,symbol,timestamp,local_timestamp,id,side,price,amount\nbinance-futures,BTCUSDT,1723161255900000,1723161256000123,7,sell,61700.1,0.5\n',
    ),
    'trades.csv.gz',
  )
  const { code, stdout } = await ran(['replay', csv, '--json'])
  expect(code).toBe(0)
  expect(objects(stdout)).toMatchObject([{ kind: 'trade', event: { tradeId: 7 } }])
  const unknown = file(gunzipSync(readFileSync(csv)).toString().replace('binance-futures', 'other'), 'trades2.csv')
  expect((await ran(['replay', unknown])).stderr).toContain('expected the venue of the recording')
})
