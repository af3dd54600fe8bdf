import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { from, lastValueFrom, NEVER, toArray } from 'rxjs'
import { record } from '../../lib/communicators/record.js'
import type { RecordConfig } from '../../lib/communicators/record/RecordConfig.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../lib/communicators/replay/ReplayConfig.js'
import { frame, type Signal, type Source } from '../../lib/Signal.js'
import { shared } from '../helpers/shared.js'
import { played, playedWhole, scratch, told } from './scratch.js'
import { fc, test as property } from '../property.js'

const { file, path } = scratch()

/** What a recording has to keep: everything but where a record stood in its file. */
const kept = (signals: readonly Signal[]) =>
  signals.map((signal) => (signal._tag === 'Frame' ? { ...signal, offset: undefined } : signal))

/** Which signals share a source object, by the first that has it. */
const sharing = (signals: readonly Signal[]) =>
  signals.map(({ source }) => signals.findIndex((other) => other.source === source))

const write = (signals: readonly Signal[], config: RecordConfig) =>
  lastValueFrom(from(signals).pipe(record(config), toArray()))

const raw: Source = { id: 'c1', stream: 'btcusdt@depth' }
const combined: Source = { id: 'c2' }

/** Two connections that overlap, one of raw frames, with answers, statuses, fractions and awkward texts. */
const story: readonly Signal[] = [
  { _tag: 'Connecting', receivedAt: 1723161253937, source: raw },
  { _tag: 'Connected', receivedAt: 1723161253937.0857, source: raw },
  frame('{"e":"depthUpdate","E":1723161255208}', 1723161253938.25, raw),
  { _tag: 'Rotating', reason: '24 h', receivedAt: 1723161253939, source: raw },
  { _tag: 'Connected', receivedAt: 1723161253939, source: combined },
  frame('{"stream":"btcusdt@trade","data":{"p":"1.10"}}', 1723161253940, combined),
  frame('{"e":"depthUpdate","é":"→"}', 1723161253939.5, raw),
  { _tag: 'Reply', symbol: 'BTCUSDT', text: '{"lastUpdateId":1,"bids":[]}', receivedAt: 1723161253941 },
  frame('{"_tag":"Closed"}', 1723161253941, combined),
  frame('', 1723161253941, combined),
  frame(' {"_tag":"no signal"}', 1723161253941, combined),
  frame('\uD83D a lone half, and a whole \u{1F600}', 1723161253942, combined),
  { _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 1723161253950.125, source: raw },
  { _tag: 'Waiting', delay: 500, attempt: 1, reason: 'refused', receivedAt: 1723161253950.125, source: raw },
  { _tag: 'Rejected', stream: 'x@trade', code: 2, reason: 'no', receivedAt: 1723161253951, source: combined },
  { _tag: 'Silent', stream: 'x@trade', quiet: 60000, receivedAt: 1723161253952 },
  frame('last\r', 1723161253953.0625, combined),
]

const variants: readonly (readonly [
  string,
  Omit<RecordConfig, 'file'> & Pick<ReplayConfig, 'delimiter' | 'separator'>,
])[] = [
  ['.txt', {}],
  ['.txt.gz', {}],
  ['.txt', { delimiter: '\r\r\n', separator: ' -> ' }],
  ['.gz', { delimiter: ';;', flush: 0 }],
  ['.txt', { delimiter: '→\n' }],
]

test.each(variants)('F50 live signals come back as they were: %s %j', async (extension, config) => {
  const at = path(`live${variants.findIndex(([, other]) => other === config)}${extension}`)
  await write(story, { file: at, ...config })
  const replayed = await played({ files: at, ...config })
  expect(kept(replayed)).toEqual(kept(story))
  expect(sharing(replayed)).toEqual(sharing(story))
})

test('a recording of a replay is the recording', async () => {
  const [first, second] = [path('first.txt'), path('second.txt')]
  await write(story, { file: first })
  await write(await played({ files: first }), { file: second })
  expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'))
})

test('a rotated recording, played one part after the other, or merged', async () => {
  await write(story, { file: path('part.txt.gz'), rotate: { bytes: 300 } })
  const files = readdirSync(path('.'))
    .filter((name) => name.startsWith('part-'))
    .sort()
    .map(path)
  expect(files.length).toBeGreaterThan(3)
  const replayed = await played({ files })
  const noted = replayed.filter((signal) => signal._tag !== 'BadRecord')
  expect(kept(noted)).toEqual(kept(story))
})

test('what was wrong with the files is in the recording, and is not reported twice', async () => {
  const bad = file(Buffer.concat([Buffer.from('1000 a\nnonsense\n900 b\n'), Buffer.from([0xff, 0x0a])]))
  const early = file('500 c\n2000.0000001 d')
  const cut = gzipSync('3000 e\n3001 f\n'.repeat(1000))
  const files = [path('missing'), bad, early, { path: file(cut.subarray(0, 60)), stream: 'btcusdt@depth' }]
  const at = path('story.gz')
  const original = await lastValueFrom(replayCommunicator({ files })(NEVER).pipe(record({ file: at }), toArray()))
  expect(new Set(original.map(({ _tag }) => _tag))).toEqual(
    new Set(['BadFile', 'BadRecord', 'Closed', 'Frame', 'Unverified']),
  )
  const replayed = await playedWhole({ files: at })
  expect(kept(replayed)).toEqual(kept(original))
  expect(sharing(replayed)).toEqual(sharing(original))
})

describe('what a recording says about sources', () => {
  test('from here on signals have this source, the same object each time; without an id none', async () => {
    const at = file(
      [
        '1 own',
        '2 {"_tag":"Source","id":"a","stream":"s"}',
        '2 a1',
        '3 {"_tag":"Source","id":"a"}',
        '3 b1',
        '4 {"_tag":"Source","id":"a","stream":"s"}',
        '4 a2',
        '5 {"_tag":"Source"}',
        '5 none',
      ].join('\n'),
    )
    const signals = await played({ files: at })
    expect(signals).toStrictEqual([
      { _tag: 'Frame', text: 'own', receivedAt: 1, source: { id: at }, offset: 0 },
      { _tag: 'Frame', text: 'a1', receivedAt: 2, source: { id: 'a', stream: 's' }, offset: 48 },
      { _tag: 'Frame', text: 'b1', receivedAt: 3, source: { id: 'a' }, offset: 82 },
      { _tag: 'Frame', text: 'a2', receivedAt: 4, source: { id: 'a', stream: 's' }, offset: 129 },
      { _tag: 'Frame', text: 'none', receivedAt: 5, offset: 154 },
    ])
    expect(signals[3]?.source).toBe(signals[1]?.source)
  })

  test('a time may go back from one source to another, not within one', async () => {
    const at = file(
      '5 {"_tag":"Source","id":"a"}\n5 a\n3 {"_tag":"Source","id":"b"}\n3 b\n2 b2\n4 {"_tag":"Source","id":"a"}\n4 a2\n',
    )
    expect(told(await played({ files: at }))).toEqual(['5 a', '3 b', '3 BadRecord', '3 b2', '5 BadRecord', '5 a2'])
  })

  test('a connection goes on in the next file, unless that one starts earlier', async () => {
    const files = [
      file('1 {"_tag":"Source","id":"a"}\n1 a\n'),
      file('1 {"_tag":"Source","id":"a"}\n2 b\n'),
      file('1 {"_tag":"Source","id":"a"}\n3 c\n'),
    ]
    const [a, b, c] = await played({ files })
    expect(b?.source).toBe(a?.source)
    expect(c).toMatchObject({ text: 'c', source: { id: 'a' } })
    expect(c?.source).not.toBe(a?.source)
    const [d, e] = await played({ files: files.slice(0, 2), merge: true })
    expect(d?.source).not.toBe(e?.source)
  })

  test('before the span they count, too', async () => {
    const at = file('1 {"_tag":"Source","id":"a"}\n1 a\n5 b\n')
    expect(await played({ files: at, from: 5 })).toMatchObject([{ text: 'b', source: { id: 'a' } }])
  })

  test('a signal that is none of ours is a bad record', async () => {
    const at = file('1 {"_tag":"Other"}\n2 {"_tag":"Rotating"}\n3 {"_tag":"\n4 a\n')
    const signals = await played({ files: at })
    expect(told(signals)).toEqual(['0 BadRecord', '0 BadRecord', '0 BadRecord', '4 a'])
    expect(signals[1]).toMatchObject({
      offset: 19,
      reason:
        'expected one of our signals after {"_tag":", came another or one that lacks a field: the record is skipped',
    })
  })

  test('without times they are read as well', async () => {
    const at = file('{"_tag":"Source","id":"a"}\n{"_tag":"Connected"}\nb\n')
    expect(await played({ files: at, timestamps: 'none' })).toMatchObject([
      { _tag: 'Connected', receivedAt: 0, source: { id: 'a' } },
      { text: 'b', receivedAt: 0, source: { id: 'a' } },
    ])
  })
})

const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\n'))
const anyTime = fc.double({ min: 0, max: 253402300799999, noNaN: true }).map(Math.abs)
const anySource = fc.constantFrom(raw, combined, undefined)

let properties = 0

property.prop([fc.array(fc.tuple(anyText, anyTime, anySource), { minLength: 1 })], { numRuns: 50 })(
  'any texts at any times',
  async (given) => {
    const sorted = [...given].sort(([, a], [, b]) => a - b)
    const signals = sorted.map(([text, at, source]) => frame(text, at, source))
    const at = path(`any${(properties += 1)}`)
    expect(await write(signals, { file: at })).toEqual(signals)
    expect(kept(await played({ files: at }))).toEqual(kept(signals))
  },
)

test.each([
  ['binance-spot-btcusdt-20240808.txt.gz', { timestamps: 'ns' }, 41_249],
  ['binance-usdm-btcusdt-20240808.txt.gz', { timestamps: 'ns' }, 93_954],
  ['binance-spot-30s.ws.txt', { timestamps: 's', separator: ': ', headers: 1 }, 265],
] as const)('the recording %s', async (name, config, frames) => {
  const files = shared(`recordings/${name}`)
  if (files === undefined) {
    process.stdout.write(`skipped: there is no ../shared/recordings/${name}\n`)
    return
  }
  const at = path(`again-${name}`)
  const original = await lastValueFrom(
    replayCommunicator({ files, ...config })(NEVER).pipe(record({ file: at }), toArray()),
  )
  expect(original).toHaveLength(frames)
  const replayed = await played({ files: at })
  const different = replayed.findIndex((signal, i) => {
    const first = original[i]
    const isSame = first?._tag === 'Frame' && signal._tag === 'Frame' && first.text === signal.text
    return !isSame || first.receivedAt !== signal.receivedAt || signal.source?.id !== files
  })
  expect([replayed.length, different]).toEqual([frames, -1])
})
