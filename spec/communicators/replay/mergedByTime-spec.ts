import { gzipSync } from 'node:zlib'
import { mergedByTime } from '../../../lib/communicators/replay/mergedByTime.js'
import type { Batch } from '../../../lib/communicators/replay/Batch.js'
import type { TakeBatch } from '../../../lib/communicators/replay/WaitingBatch.js'
import { frame } from '../../../lib/Signal.js'
import { played, scratch, told } from '../scratch.js'
import { fc, test as property } from '../../property.js'

const { file, path } = scratch()

/** Reads batches, so many of which are at hand at once. */
const reader = async function* (
  batches: readonly (readonly number[])[],
  name: string,
  closed: string[] = [],
  atHand = 1,
): AsyncGenerator<TakeBatch, void> {
  try {
    const rest = batches.map((times): Batch => ({ signals: times.map((time) => frame(name, time)), times }))
    while (rest.length > 0) {
      await Promise.resolve()
      const some = rest.splice(0, atHand)
      yield () => some.shift()
    }
  } finally {
    closed.push(name)
  }
}

const merged = async (readers: readonly AsyncGenerator<TakeBatch, void>[]) => {
  const out: string[] = []
  for await (const { signals, times } of mergedByTime(readers)) {
    expect(times).toEqual(signals.map(({ receivedAt }) => receivedAt))
    out.push(...told(signals))
  }
  return out
}

test('by time, equal times in the order of the files', async () => {
  const files = [file('1 a\n3 a\n3 a2\n9 a'), file('1 b\n2 b\n3 b\n10 b'), file('0 c\n3 c')]
  expect(told(await played({ files, merge: true }))).toEqual([
    '0 c',
    '1 a',
    '1 b',
    '2 b',
    '3 a',
    '3 a2',
    '3 b',
    '3 c',
    '9 a',
    '10 b',
  ])
  expect(told(await played({ files: [...files].reverse(), merge: true }))).toEqual([
    '0 c',
    '1 b',
    '1 a',
    '2 b',
    '3 c',
    '3 b',
    '3 a',
    '3 a2',
    '9 a',
    '10 b',
  ])
})

test('plain and gzip, one of them missing, one empty, one that goes back in time', async () => {
  const files = [file('1 a\n5 a\n'), path('missing'), file(''), file(gzipSync('2 b\n1 b\n6 b'))]
  expect(told(await played({ files, merge: true }))).toEqual([
    '0 BadFile',
    '1 a',
    '2 b',
    '2 BadRecord',
    '2 b',
    '5 a',
    '6 b',
  ])
})

test('without times one file comes after the other', async () => {
  const files = [file('a\nb'), file('c\nd')]
  expect(told(await played({ files, merge: true, timestamps: 'none' }))).toEqual(['0 a', '0 b', '0 c', '0 d'])
})

test('a file whose times go back keeps its own order, behind what came before', async () => {
  expect(
    await merged([
      reader(
        [
          [1, 5],
          [2, 6],
        ],
        'a',
      ),
      reader([[3], [], [5, 6]], 'b'),
    ]),
  ).toEqual(['1 a', '3 b', '5 a', '2 a', '5 b', '6 a', '6 b'])
})

test('readers are closed when nobody wants more, also those that were not at their end', async () => {
  const closed: string[] = []
  const batches = mergedByTime([reader([[1], [2]], 'a', closed), reader([[1], [2]], 'b', closed)])
  await batches.next()
  await batches.return()
  expect(closed.sort()).toEqual(['a', 'b'])
})

test('what was merged is let go of, whoever still holds its batch', async () => {
  const batches = [1, 2].map((time): Batch => ({ signals: [frame('a', time)], times: [time] }))
  const held = async function* (): AsyncGenerator<TakeBatch, void> {
    await Promise.resolve()
    const rest = [...batches]
    yield () => rest.shift()
  }
  expect(await merged([held()])).toEqual(['1 a', '2 a'])
  expect(batches.map(({ signals }) => signals)).toEqual([[], []])
})

test('batches stay small', async () => {
  const long = Array.from({ length: 5000 }, (_, i) => i)
  const sizes: number[] = []
  for await (const { signals } of mergedByTime([reader([long], 'a'), reader([long], 'b')])) sizes.push(signals.length)
  expect(sizes).toEqual([...Array.from({ length: 78 }, () => 128), 10_000 - 78 * 128])
})

const anyTimes = fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 5 }), { maxLength: 5 })

property.prop([fc.array(anyTimes, { maxLength: 12 }), fc.integer({ min: 1, max: 3 })])(
  'gives what sorting everything gives',
  async (files, atHand) => {
    const sorted = files.map((batches) => {
      const times = batches.flat().sort((a, b) => a - b)
      return batches.map(({ length }) => times.splice(0, length))
    })
    const all = sorted.flatMap((batches, order) => batches.flat().map((time) => ({ time, order })))
    const expected = all
      .sort((a, b) => a.time - b.time || a.order - b.order)
      .map(({ time, order }) => `${time} ${order}`)
    expect(await merged(sorted.map((batches, order) => reader(batches, String(order), [], atHand)))).toEqual(expected)
  },
)
