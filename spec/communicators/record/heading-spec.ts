import { readFileSync, rmSync } from 'node:fs'
import { from, lastValueFrom, Subject, toArray } from 'rxjs'
import { record } from '../../../lib/communicators/record.js'
import type { RecordConfig } from '../../../lib/communicators/record/RecordConfig.js'
import { frame, type Reply, type Signal, type Source } from '../../../lib/Signal.js'
import { Clock } from '../../helpers/Clock.js'
import { played, scratch, told } from '../scratch.js'

const { path } = scratch()

const [one, other]: readonly Source[] = [{ id: 'c1' }, { id: 'c2' }]
const DAY = 86_400_000
const [first, second] = [Date.parse('2024-08-08T23:00Z'), Date.parse('2024-08-09T01:00Z')]
const books = (): readonly Reply[] => [{ _tag: 'Reply', symbol: 'BTCUSDT', text: '{"lastUpdateId":7}', receivedAt: 1 }]

const opened = (source: Source | undefined, streams: readonly string[], receivedAt = first): readonly Signal[] =>
  [
    { _tag: 'Connecting', receivedAt } as const,
    { _tag: 'Connected', receivedAt } as const,
    ...streams.map((stream) => ({ _tag: 'Acknowledged', stream, receivedAt }) as const),
  ].map((status) => (source === undefined ? status : { ...status, source }))

/** The text of the part of the second day. */
const secondDay = async (name: string, signals: readonly Signal[], config: Partial<RecordConfig> = {}) => {
  const written = record({ file: path(`${name}.txt`), rotate: { every: 'day' }, ...config })
  const said = await lastValueFrom(from(signals).pipe(written, toArray()))
  return { text: readFileSync(path(`${name}-2024-08-09.txt`), 'utf8'), said }
}

describe('F65 the heading of a part', () => {
  test('holds the connections that are open, their streams, and the books, as any reader reads them', async () => {
    const signals = [...opened(one, ['a@trade', 'b@trade']), frame('x', second, one)]
    const { text } = await secondDay('whole', signals, { books })
    expect(text).toBe(
      [
        `${second} {"_tag":"Source","id":"c1","heading":"books","after":${first}}`,
        `${second} {"_tag":"Connecting"}`,
        `${second} {"_tag":"Connected"}`,
        `${second} {"_tag":"Acknowledged","stream":"a@trade"}`,
        `${second} {"_tag":"Acknowledged","stream":"b@trade"}`,
        `${second} {"_tag":"Source","heading":"books","after":${first}}`,
        `${second} {"_tag":"Reply","symbol":"BTCUSDT","text":"{\\"lastUpdateId\\":7}"}`,
        `${second} {"_tag":"Source","id":"c1"}`,
        `${second} x`,
        '',
      ].join('\n'),
    )
  })

  test('not what was closed, lost, unsubscribed or rejected', async () => {
    const after = (status: object, source = one) => ({ ...status, receivedAt: first, source }) as Signal
    const signals = [
      ...opened(one, ['a@trade', 'b@trade', 'c@trade']),
      ...opened(other, ['d@trade']),
      after({ _tag: 'Unsubscribed', stream: 'a@trade' }),
      after({ _tag: 'Rejected', stream: 'c@trade', reason: 'no' }),
      after({ _tag: 'Closed' }, other),
      frame('x', second, one),
    ]
    const { text } = await secondDay('closed', signals)
    expect(text.match(/"(Conn|Ack|stream)\w*":?"?[^}]*/g)).toEqual([
      '"Connecting"',
      '"Connected"',
      '"Acknowledged","stream":"b@trade"',
    ])
    expect(text).not.toContain('c2')
  })

  test('without a connection and without books there is none; with books that are not held, a mark', async () => {
    const signals = [frame('w', first, one), frame('x', second, one)]
    const plain = `${second} {"_tag":"Source","id":"c1"}\n${second} x\n`
    expect((await secondDay('none', signals)).text).toBe(plain)
    const mark = `${second} {"_tag":"Source","heading":"books","after":${first}}\n`
    expect((await secondDay('mark', signals, { books: () => [] })).text).toBe(mark + plain)
  })

  test('is read by all where a signal before it was not written', async () => {
    const signals = [...opened(one, []), frame('two\nlines', first, one), frame('x', second, one)]
    const { text } = await secondDay('refused', signals)
    expect(text).toContain('"heading":"connections"}')
    const files = ['08', '09'].map((name) => path(`refused-2024-08-${name}.txt`))
    expect((await played({ files })).map(({ _tag }) => _tag)).toEqual([
      ...['Connecting', 'Connected', 'Connecting', 'Connected', 'Frame'],
    ])
  })

  test('of an account says that it is carried', async () => {
    const { text } = await secondDay('account', [...opened(one, ['account']), frame('x', second, one)])
    expect(text).toContain('{"_tag":"Acknowledged","stream":"account"}')
  })

  test('is left out where it takes more than half of a part, which is said once', async () => {
    const signals = [
      ...opened(one, ['a@trade']),
      ...['w', 'x', 'y', 'z'].map((text) => frame(text.repeat(90), first, one)),
    ]
    const written = record({ file: path('small.txt'), rotate: { bytes: 200 }, books })
    const said = await lastValueFrom(from(signals).pipe(written, toArray()))
    expect(said.flatMap((signal) => (signal._tag === 'NotRecorded' ? [signal.reason] : []))).toEqual([
      expect.stringMatching(/^parts begin without what was so before them, since that takes \d+ of the 200 bytes/),
    ])
    expect(readFileSync(path('small-0003.txt'), 'utf8')).toBe(
      `${first} {"_tag":"Source","id":"c1"}\n${first} ${'x'.repeat(90)}\n`,
    )
  })

  test('stands behind what a removed file is followed by, and a reader has both', async () => {
    const at = path('removed.txt')
    const clock = new Clock()
    const signals = new Subject<Signal>()
    const subscription = signals.pipe(record({ file: at, scheduler: clock, books })).subscribe()
    for (const signal of [...opened(one, []), frame('w', first, one)]) signals.next(signal)
    clock.pass(1_000)
    rmSync(at)
    signals.next(frame('x', first + 1, one))
    clock.pass(1_000)
    signals.next(frame('y', first + 2, one))
    subscription.unsubscribe()
    expect(readFileSync(at, 'utf8')).not.toContain('"after"')
    expect(told(await played({ files: at }))).toEqual([
      `${first + 1} x`,
      ...[`${first + 2} Connecting`, `${first + 2} Connected`, `${first + 2} Reply`],
      `${first + 2} y`,
    ])
  })

  test('is made of what is held when it is written', async () => {
    let id = 0
    const held = (): readonly Reply[] => [{ _tag: 'Reply', symbol: 'B', text: `${(id += 1)}`, receivedAt: 1 }]
    const days = [0, 1, 2].map((i) => frame('x', first + i * DAY, one))
    await secondDay('now', days, { books: held })
    expect(readFileSync(path('now-2024-08-10.txt'), 'utf8')).toContain('"text":"3"')
  })
})

test('`books` that are no function are misuse', () => {
  const config = { file: 'a', books: [] } as unknown as RecordConfig
  expect(() => record(config)).toThrow(
    new TypeError('record: expected a function as `books`, came []: client.heldBooks is one'),
  )
})
