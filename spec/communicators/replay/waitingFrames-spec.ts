import { gzipSync } from 'node:zlib'
import type { Timestamps } from '../../../lib/communicators/replay/RecordFormat.js'
import { fc, test as property } from '../../property.js'
import { played, playedWhole, scratch, told } from '../scratch.js'

const { file } = scratch()

const START = 1_700_000_000_000

/** Lines of one file: lengths and characters of all kinds, each time that of its place among all files. */
const linesOf = (order: number, count: number, files: number) =>
  Array.from({ length: count }, (_, i) => {
    const text = `${i % 7 === 0 ? 'é→😀' : ''}${order}:${i} ${'x'.repeat((i * 7919) % 997)}`
    return { time: START + i * files + order, text }
  })

const written = (lines: readonly { readonly time: number; readonly text: string }[]) =>
  lines.map(({ time, text }) => `${time} ${text}\n`).join('')

test('frames of several chunks of plain and packed files are those that were written', async () => {
  const all = [0, 1, 2].map((order) => linesOf(order, 1500, 3))
  const files = all.map((lines, order) => file(order === 1 ? gzipSync(written(lines)) : written(lines)))
  const expected = all.flat().sort((a, b) => a.time - b.time)
  const signals = await played({ files, merge: true, timestamps: 'ms' })
  expect(told(signals)).toEqual(expected.map(({ time, text }) => `${time} ${text}`))
  const offsets = signals.map((signal) => (signal._tag === 'Frame' ? signal.offset : undefined))
  const bytes = all.map((lines) => lines.map((line) => Buffer.byteLength(written([line]))))
  const starts = bytes.map((lengths) => lengths.map((_, i) => lengths.slice(0, i).reduce((sum, one) => sum + one, 0)))
  expect(offsets).toEqual(expected.map((_, i) => starts[i % 3]?.[Math.floor(i / 3)]))
})

test('a record of other bytes among waiting ones is bad, and they are not', async () => {
  const bytes = Buffer.concat([Buffer.from('1 a\n2 é\n3 '), Buffer.from([0xff]), Buffer.from('\n4 ö\n5 b\n')])
  expect(told(await played({ files: [file(bytes), file('3 c\n')], merge: true, timestamps: 'ms' }))).toEqual([
    '1 a',
    '2 é',
    '2 BadRecord',
    '3 c',
    '4 ö',
    '5 b',
  ])
})

test('a record whose time has to be confirmed by the next chunk keeps its text', async () => {
  const before = Array.from({ length: 300 }, (_, i) => `${START + i} ${'b'.repeat(400)}\n`).join('')
  const after = Array.from({ length: 9000 }, (_, i) => `${START + 60_001 + i} after ${i}`)
  const last = `${START + 60_000} ${'l'.repeat(131_072 - before.length - 16)}`
  const files = [file([before + last, ...after, ''].join('\n'))]
  const texts = (await played({ files, merge: true, timestamps: 'ms' })).flatMap((s) =>
    s._tag === 'Frame' ? s.text : [],
  )
  expect(texts.slice(-1 - after.length)).toEqual([last, ...after].map((line) => line.replace(/^\d+ /, '')))
})

test('a text ends where its delimiter begins, also where both together would begin a status', async () => {
  const files = [file('0 a":"1 {"_tag":"2 b":"')]
  expect(told(await played({ files, merge: true, timestamps: 'ms', delimiter: '":"' }))).toEqual([
    '0 a',
    '1 {"_tag',
    '2 b',
  ])
})

const sources = [
  '{"_tag":"Source","id":"a"}',
  '{"_tag":"Source","id":"b","stream":"btcusdt@depth"}',
  '{"_tag":"Source"}',
]
const statuses = ['{"_tag":"Connected"}', '{"_tag":"Disconnected","code":1006,"reason":"é"}', '{"_tag":"Unheard"}']
const quoted = ['{"_tag":"Frame","text":"two\\nlines"}', '{"_ta', '{"_tag":"', '{']

const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('{"E":5}', 'plain', 'é→😀', 'x'.repeat(600)) },
  fc.constantFrom(...sources, ...statuses, ...quoted),
)
/** Times go on, stand still, go back, and are far ahead. */
const anyStep = fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 30 }) }, fc.constantFrom(-5, 20_000, 90_000_000))
const anyRecord = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(anyStep, anyText) },
  fc.constantFrom<[number, string | undefined]>([0, undefined]),
)

property.prop([
  fc.array(anyRecord, { maxLength: 80 }),
  fc.constantFrom<Timestamps>('ms', 'none', 'event'),
  fc.option(fc.nat({ max: 400 }), { nil: undefined }),
  fc.boolean(),
])('a merge of one file says what the file alone says', async (records, timestamps, from, isPacked) => {
  let time = START
  const lines = records.map(([step, text]) => {
    time += step
    return text === undefined ? 'no time' : timestamps === 'ms' ? `${time} ${text}` : text
  })
  const content = lines.join('\n')
  const files = [file(isPacked ? gzipSync(content) : content)]
  const config = { files, timestamps, ...(from !== undefined && timestamps === 'ms' && { from: START + from }) }
  expect(await playedWhole({ ...config, merge: true })).toStrictEqual(await playedWhole(config))
})
