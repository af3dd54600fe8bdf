import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { bundled } from '../helpers/bundled.js'

/**
 * What a frame may cost at most, as a multiple of `JSON.parse` of its text: parsed and heard by everyone, and with the
 * synced book. A third more than it was when this was written; the program tries until it is within.
 */
const limits = {
  'made spot': [0.95, 1.28],
  'made USD-M': [0.85, 1.1],
  'made COIN-M': [0.95, 1.2],
} as const

test('a frame costs no more than it did, measured beside JSON.parse', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [bundled('bench/guard.ts'), JSON.stringify(limits)])
  // What our own program prints.
  const found = JSON.parse(stdout) as Readonly<Record<string, readonly number[]>>
  expect(Object.keys(found)).toEqual(Object.keys(limits))
  const above = Object.entries(limits).flatMap(([name, most]) =>
    most.flatMap((limit, i) =>
      (found[name]?.[i] ?? Infinity) <= limit ? [] : [`${name}: ${String(found[name]?.[i])}`],
    ),
  )
  expect(above).toEqual([])
})
