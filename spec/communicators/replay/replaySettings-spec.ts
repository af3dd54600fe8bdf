import { asyncScheduler, VirtualTimeScheduler } from 'rxjs'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { replaySettings } from '../../../lib/communicators/replay/replaySettings.js'

test('defaults', () => {
  expect(replaySettings({ files: 'a.txt' })).toEqual({
    files: [{ path: 'a.txt' }],
    format: undefined,
    from: undefined,
    to: Infinity,
    merge: false,
    factor: Infinity,
    drain: 60_000,
    maxRecord: 16_777_216,
    timer: asyncScheduler,
  })
})

test('everything given', () => {
  const timer = new VirtualTimeScheduler()
  const settings = replaySettings({
    files: ['a', { path: 'b', stream: 'btcusdt@depth' }],
    delimiter: ';;',
    timestamps: 'ns',
    separator: ': ',
    headers: 1,
    from: new Date(5),
    to: 6,
    merge: true,
    pace: 2.5,
    drain: 0,
    maxRecord: 1,
    timer,
  })
  const { format, ...others } = settings
  expect(format).toMatchObject({
    ...{ name: 'record', known: 'given', delimiter: ';;', empty: 'nothing' },
    ...{ timestamps: 'ns', separator: ': ', headers: 1 },
  })
  expect(others).toEqual({
    files: [{ path: 'a' }, { path: 'b', stream: 'btcusdt@depth' }],
    from: 5,
    to: 6,
    merge: true,
    factor: 2.5,
    drain: 0,
    maxRecord: 1,
    timer,
  })
})

test('beside a format the options stand in its place', () => {
  const { format } = replaySettings({ files: 'a', format: 'tardis', timestamps: 'ms' })
  expect(format).toMatchObject({ name: 'tardis', timestamps: 'ms', empty: 'disconnected' })
})

test('one file with its stream; the paces by name', () => {
  expect(replaySettings({ files: { path: 'b', stream: 's' } }).files).toEqual([{ path: 'b', stream: 's' }])
  expect(replaySettings({ files: 'a', pace: 'recorded' }).factor).toBe(1)
  expect(replaySettings({ files: 'a', pace: 'instant' }).factor).toBe(Infinity)
})

/** As plain JavaScript would give it. */
const untyped = (config: object) => ({ files: 'a', ...config }) as ReplayConfig

const paces = "2 plays twice as fast, 'instant' without waiting"
test.each<[object, string]>([
  [{ files: [] }, 'at least one file in `files`, came []: name the recording'],
  [{ files: '' }, 'a path in `files`, came "": name the recording'],
  [{ files: ['a', ''] }, 'a path in `files`, came "": name the recording'],
  [{ delimiter: '' }, 'a `delimiter` of at least one character, came "": \'\\n\' ends lines'],
  [
    { separator: '' },
    'a `separator` of at least one character, came "": records without a time have timestamps: \'none\'',
  ],
  [
    { timestamps: 'minutes' },
    '`timestamps` as one of ms, us, ns, s, iso, none, event, came "minutes": say how the file writes its times',
  ],
  [
    { format: 'excel' },
    '`format` as one of record, dotnet, tardis, hftbacktest, cryptofeed, binanceCsv, tardisCsv, came "excel": or say how records are written',
  ],
  [
    { format: 'tardisCsv', timestamps: 'ms' },
    'no `timestamps` beside the format tardisCsv, came "ms": the format says it',
  ],
  [{ headers: -1 }, '`headers` as an integer of at least 0, came -1: it is the number of records to skip'],
  [{ headers: 0.5 }, '`headers` as an integer of at least 0, came 0.5: it is the number of records to skip'],
  [{ maxRecord: 0 }, '`maxRecord` as an integer of at least 1, came 0: it is the longest record in bytes'],
  [{ drain: -1 }, '`drain` in ms, 0 or more, came -1: 0 stops the clock at the last frame'],
  [{ drain: NaN }, '`drain` in ms, 0 or more, came NaN: 0 stops the clock at the last frame'],
  [{ pace: 0 }, `\`pace\` 'instant', 'recorded' or a factor above 0, came 0: ${paces}`],
  [{ pace: -1 }, `\`pace\` 'instant', 'recorded' or a factor above 0, came -1: ${paces}`],
  [{ pace: Infinity }, `\`pace\` 'instant', 'recorded' or a factor above 0, came Infinity: ${paces}`],
  [{ pace: 'fast' }, `\`pace\` 'instant', 'recorded' or a factor above 0, came "fast": ${paces}`],
  [{ from: -1 }, '`from` in ms since 1970, or a valid Date, came -1: leave it out to play everything'],
  [{ to: new Date('x') }, '`to` in ms since 1970, or a valid Date, came NaN: leave it out to play everything'],
  [{ from: 5, to: 5 }, '`from` before `to`, came [5,5]: the span holds from <= t < to'],
  [{ from: 6, to: 5 }, '`from` before `to`, came [6,5]: the span holds from <= t < to'],
])('misuse is thrown at once: %j', (config, message) => {
  expect(() => replayCommunicator(untyped(config))).toThrow(new TypeError(`replayCommunicator: expected ${message}`))
})

test('the limits themselves are allowed', () => {
  expect(replaySettings({ files: 'a', from: 0, to: 1, headers: 0, maxRecord: 1, drain: 0, pace: 1e-9 }).factor).toBe(
    1e-9,
  )
})
