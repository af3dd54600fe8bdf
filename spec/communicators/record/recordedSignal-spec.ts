import {
  formatRecorded,
  looksRecorded,
  parseRecorded,
  type RecordedSignal,
} from '../../../lib/communicators/record/recordedSignal.js'

const signals: readonly RecordedSignal[] = [
  { _tag: 'Frame', text: 'a' },
  { _tag: 'Reply', symbol: 'BTCUSDT', text: '{}' },
  { _tag: 'Source', id: 'a' },
  { _tag: 'Source', id: 'a', stream: 'btcusdt@depth' },
  { _tag: 'Source' },
  { _tag: 'Connecting' },
  { _tag: 'Connected' },
  { _tag: 'Disconnected', code: 1006, reason: '' },
  { _tag: 'Waiting', delay: 5, attempt: 1 },
  { _tag: 'Waiting', delay: 5, attempt: 1, reason: 'refused' },
  { _tag: 'Rotating', reason: '24 h' },
  { _tag: 'Closed' },
  { _tag: 'Acknowledged', stream: 'a' },
  { _tag: 'Rejected', stream: 'a', reason: 'no' },
  { _tag: 'Rejected', stream: 'a', reason: 'no', code: 2 },
  { _tag: 'Silent', stream: 'a', quiet: 5 },
  {
    _tag: 'FileFormat',
    file: 'a',
    format: 'tardisCsv',
    known: 'given',
    lacks: '',
    ids: 'synthetic',
    absent: ['a.b', 'c'],
  },
  { _tag: 'BadRecord', file: 'a', offset: 0, reason: 'r' },
  { _tag: 'BadFile', file: 'a', offset: 0, reason: 'r' },
  { _tag: 'NotRecorded', reason: 'r' },
  { _tag: 'Missing', stream: 'a' },
  { _tag: 'Unfed', kind: 'trade' },
  { _tag: 'Unmerged', stream: 'a', reason: 'r' },
  { _tag: 'Lagging', lag: 1_200.5 },
  { _tag: 'Carried', account: 'a' },
  { _tag: 'Uncarried', account: 'a', reason: 'reset' },
  { _tag: 'Reconciling', reason: 'reset', since: 5.5, dropped: 0 },
  { _tag: 'Reconciled', buffered: 3 },
]

test.each(signals)('%j comes back as it was', (signal) => {
  const text = formatRecorded(signal)
  expect(looksRecorded(text)).toBe(true)
  expect(parseRecorded(text)).toStrictEqual(signal)
})

test.each(signals)('%j needs its fields, and of their kind', (signal) => {
  const optional = new Map<string, readonly string[]>([
    ['Source', ['id', 'stream']],
    ['Waiting', ['reason']],
    ['Rejected', ['code']],
    ['FileFormat', ['ids', 'absent']],
  ])
  for (const key of Object.keys(signal)) {
    const isOptional = optional.get(signal._tag)?.includes(key) === true
    expect(parseRecorded(JSON.stringify({ ...signal, [key]: undefined }))).toEqual(
      isOptional ? { ...signal, [key]: undefined } : undefined,
    )
    expect(parseRecorded(JSON.stringify({ ...signal, [key]: null }))).toBeUndefined()
    const other = typeof Reflect.get(signal, key) === 'number' ? 'text' : 7
    expect(parseRecorded(JSON.stringify({ ...signal, [key]: other }))).toBeUndefined()
  }
})

test.each(['', '{', 'null', '5', '[]', '{}', '{"_tag":"Other"}', '{"_tag":"toString"}', '{"_tag":"__proto__"}'])(
  '%j is none',
  (text) => {
    expect(parseRecorded(text)).toBeUndefined()
  },
)

test('time and source are left out, the tag is the first', () => {
  const status = { receivedAt: 5, source: { id: 'a' }, reason: 'r', _tag: 'Rotating' } as const
  expect(formatRecorded(status)).toBe('{"_tag":"Rotating","reason":"r"}')
})

test.each([' {"_tag":"Closed"}', '{"tag":"Closed"}', '{"_tag": "Closed"}', ''])('%j does not look like one', (text) => {
  expect(looksRecorded(text)).toBe(false)
})
