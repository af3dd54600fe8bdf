import { join } from 'node:path'
import { recordedSteps } from '../../../lib/simulation/recorded/recordedSteps.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { scratch } from '../../communicators/scratch.js'
import { fc, test as property } from '../../property.js'

const start = 1_700_000_040_000
const { file } = scratch()
const written = (lines: readonly string[]) => file(lines.map((line) => `${line}\n`).join(''))

test('are found in a recording, with the digits of its texts', async () => {
  expect(
    await recordedSteps({
      venue: asterFutures,
      files: join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz'),
    }),
  ).toEqual({
    BTCUSDT: { tick: '0.10', lot: '0.001' },
  })
})

property.prop(
  [
    fc.constantFrom(1, 2, 5),
    fc.integer({ min: 0, max: 3 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 30 }),
  ],
  { numRuns: 25 },
)('are what all prices and quantities are multiples of', async (unit, zeros, counts) => {
  const tick = BigInt(unit) * 10n ** BigInt(zeros)
  const text = (count: number) => {
    const digits = String(BigInt(count) * tick).padStart(9, '0')
    return `${digits.slice(0, -8)}.${digits.slice(-8)}`
  }
  // One that is the step itself leaves no doubt.
  const lines = [1, ...counts].map(
    (count, i) =>
      `${start + i} {"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":${i},"p":"${text(count)}","q":"${text(count)}","T":1,"m":true}}`,
  )
  const files = written(lines)
  const { BTCUSDT } = await recordedSteps({ venue: binanceSpot, files })
  expect(BTCUSDT).toEqual({ tick: text(1), lot: text(1) })
})

test('of what has no prices there are none', async () => {
  expect(await recordedSteps({ venue: asterFutures, files: written(['1 {}']) })).toEqual({})
})
