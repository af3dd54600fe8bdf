import { writeFileSync } from 'node:fs'
import { DAY, EVERY, partsOf, recorded, replayed, START, STREAM } from './parts.js'
import { played, scratch, told } from '../scratch.js'
import type { Signal } from '../../../lib/Signal.js'

const { file, path } = scratch()

const everyDay = { rotate: { every: 'day' } } as const
const midnight = (days: number) => Date.parse('2024-08-09T00:00:00Z') + (days - 1) * DAY
const withoutOffset = (signals: readonly Signal[]) =>
  signals.map((signal) => (signal._tag === 'Frame' ? { ...signal, offset: undefined } : signal))

/** The id of the last update before a time. */
const idAt = (time: number) => Math.ceil((time - START) / EVERY) - 1

test('F65 from a time in the last part: those before it are not read', async () => {
  const base = path('unread.txt.gz')
  const { truth } = await recorded({ file: base, ...everyDay })
  const files = partsOf(base, 'unread')
  writeFileSync(files[0] ?? '', 'no recording')
  const from = midnight(2)
  const { states, statuses } = await replayed({ files, from })
  expect(statuses.map(({ _tag }) => _tag)).toEqual(['Connecting', 'Connected', 'Acknowledged', 'Acknowledged'])
  expect(states.find(({ id }) => id >= 0)).toMatchObject({ id: idAt(from), sides: truth.get(idAt(from)) })
})

test('F65 a part of another recording, behind a file that it does not go on from, is not where it begins', async () => {
  const base = path('other.txt.gz')
  await recorded({ file: base, ...everyDay })
  const [, second = ''] = partsOf(base, 'other')
  const from = midnight(1) + 1
  const alone = file(`${from + 5} a\n${midnight(2) + 5} b\n`)
  expect(told(await played({ files: [alone, second], from })).slice(0, 2)).toEqual([
    `${from + 5} a`,
    `${midnight(2) + 5} b`,
  ])
})

describe.each(['.txt.gz', '.txt'])('F65 a recording of three days, a part each, %s', (extension) => {
  const name = `days${extension.length}`
  const base = path(`${name}${extension}`)
  const recording = recorded({ file: base, ...everyDay })
  const files = async () => {
    await recording
    return partsOf(base, name)
  }

  test('each part alone: what is open, then the book from its first update on, as the market was', async () => {
    const { truth } = await recording
    const parts = await files()
    expect(parts).toHaveLength(3)
    for (const [day, part] of parts.entries()) {
      if (day === 0) continue
      const { states, statuses } = await replayed({ files: part })
      expect(statuses.map(({ _tag }) => _tag)).toEqual(['Connecting', 'Connected', 'Acknowledged', 'Acknowledged'])
      const synced = states.filter(({ id }) => id >= 0)
      expect(synced[0]?.id).toBe(idAt(midnight(day)))
      for (const { id, sides } of synced) expect(sides).toEqual(truth.get(id))
      expect(synced.at(-1)?.id).toBe(day === 2 ? 300 : idAt(midnight(day + 1)))
      expect(states.slice(states.findIndex(({ id }) => id >= 0)).every(({ id }) => id >= 0)).toBe(true)
    }
  })

  test('all in sequence: what was recorded, and nothing twice', async () => {
    const { signals } = await recording
    expect(withoutOffset(await played({ files: await files() }))).toEqual(withoutOffset(signals))
  })

  test('all merged: the same', async () => {
    const { signals } = await recording
    expect(withoutOffset(await played({ files: await files(), merge: true }))).toEqual(withoutOffset(signals))
  })

  test('one is missing between: said, the connection lost, and the book there again with the next part', async () => {
    const { truth } = await recording
    const [first = '', , third = ''] = await files()
    const { states, statuses } = await replayed({ files: [first, third] })
    // Live, nobody asked for a snapshot before the first update, ten minutes after the acknowledgement.
    const tags = statuses.map(({ _tag }) => _tag).filter((tag) => tag !== 'Unsynced')
    expect(tags.slice(4)).toEqual([
      'BadRecord',
      'Disconnected',
      'Connecting',
      'Connected',
      'Acknowledged',
      'Acknowledged',
    ])
    const lost = states.findIndex(({ reason }) => reason === 'reset')
    expect(states[lost - 1]?.id).toBe(idAt(midnight(1)))
    expect(states.slice(lost + 1).map(({ id }) => id)).toEqual(
      Array.from({ length: 300 - idAt(midnight(2)) }, (_, i) => idAt(midnight(2)) + 1 + i),
    )
    for (const { id, sides } of states) if (id >= 0) expect(sides).toEqual(truth.get(id))
  })

  test.each([
    ['in the first part', START + 10.5 * EVERY],
    ['at midnight', midnight(1)],
    ['in the second part', midnight(1) + DAY / 2],
    ['at an update', START + 200 * EVERY],
    ['in the last part', midnight(2) + EVERY / 2],
  ])('from a time %s: the book there is that of the whole replay, and nothing before is told', async (_, from) => {
    const { truth } = await recording
    const { states, trades, statuses } = await replayed({ files: await files(), from })
    const [first] = states.filter(({ id }) => id >= 0)
    expect(first).toMatchObject({ id: idAt(from), at: from, sides: truth.get(idAt(from)) })
    expect(states.filter(({ id }) => id >= 0).map(({ id }) => id)).toEqual(
      Array.from({ length: 301 - idAt(from) }, (__, i) => idAt(from) + i),
    )
    for (const { id, sides } of states) if (id >= 0) expect(sides).toEqual(truth.get(id))
    expect(statuses).toMatchObject([
      { _tag: 'Connecting', receivedAt: from, source: { id: 'c1' } },
      { _tag: 'Connected', receivedAt: from },
      { _tag: 'Acknowledged', stream: STREAM, receivedAt: from },
      { _tag: 'Acknowledged', stream: 'btcusdt@trade', receivedAt: from },
    ])
    const firstTrade = Math.ceil((from - 1 - START) / EVERY)
    expect(trades).toEqual(Array.from({ length: 301 - firstTrade }, (__, i) => firstTrade + i))
  })
})
