import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { scratch } from '../../communicators/scratch.js'
import { objects, ran } from '../runProgram.js'

const { file } = scratch()

const sample = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')

test('a recording that is whole: what it holds, and 0', async () => {
  const { code, stdout, stderr } = await ran(['verify', sample])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^8,880 frames in 2:29\.900, from 2024-08-09T00:00:30\.002Z to /)
  expect(stdout).toMatch(/\nbtcusdt@trade +3,096 +0 +0 +0 +0\n/)
  expect(stdout).toMatch(/\nNothing is wrong\.\n$/)
})

test('what is wrong is said in sentences, and ends with 1; --json is the report', async () => {
  const records = gunzipSync(readFileSync(sample)).toString().split('\n')
  const place = records.findLastIndex((record) => record.includes('"e":"trade"'))
  const torn = file(records.filter((_, i) => i !== place - 2_000 && i !== place).join('\n'), 'asterFutures.txt')
  const { code, stdout, stderr } = await ran(['verify', torn])
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^\d things? (is|are) wrong\n$/)])
  expect(stdout).toMatch(/has 1 gap, the first at 2024-08-09T/)
  const [report] = objects((await ran(['verify', torn, '--json'])).stdout)
  expect(report).toMatchObject({ frames: 8_878, problems: [expect.stringContaining('has 1 gap')] })
})

test('the venue has to be known', async () => {
  const { code, stderr } = await ran(['verify', file('1 {}\n')])
  expect([code, stderr]).toEqual([2, expect.stringContaining('give --venue')])
})
