import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isRight } from 'fp-ts/lib/Either.js'
import { frame } from '../../lib/Signal.js'
import { parse } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { spotRecording, syntheticRecording } from '../../scripts/syntheticRecording.js'

const path = join(__dirname, '..', '..', 'samples', 'recordings', 'asterFutures-btcusdt.txt.gz')
const packed = readFileSync(path)
const lines = gunzipSync(packed).toString().split('\n')

test('the bundled recording is the one that the generator makes', () => {
  expect(lines.join('\n') === syntheticRecording()).toBe(true)
})

test('so is that of the spot market', async () => {
  const spot = gunzipSync(readFileSync(path.replace('asterFutures', 'binanceSpot'))).toString()
  expect(spot === (await spotRecording())).toBe(true)
})

test('it is small, and says neither when nor where it was packed', () => {
  expect(packed.length).toBeLessThan(300 * 1024)
  expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 255])
})

test('every line is a time and a frame of a known kind, one of them a snapshot', () => {
  const kinds = new Map<string, number>()
  let before = 0
  for (const line of lines.slice(0, -1)) {
    const space = line.indexOf(' ')
    const receivedAt = Number(line.slice(0, space))
    expect(receivedAt).toBeGreaterThanOrEqual(before)
    before = receivedAt
    const text = line.slice(space + 1)
    if (text.startsWith('{"_tag":"Reply"')) {
      const reply = JSON.parse(text) as { readonly symbol: string; readonly text: string }
      const parsed = parse(asterFutures)({ _tag: 'Reply', symbol: reply.symbol, text: reply.text, receivedAt })
      expect(parsed).toMatchObject({ right: { kind: 'depthSnapshot', event: { symbol: 'BTCUSDT' } } })
      expect(kinds.get('depth')).toBe(3)
      kinds.set('reply', (kinds.get('reply') ?? 0) + 1)
      continue
    }
    const parsed = parse(asterFutures)(frame(text, receivedAt))
    if (!isRight(parsed) || !('kind' in parsed.right)) throw new Error(line)
    kinds.set(parsed.right.kind, (kinds.get(parsed.right.kind) ?? 0) + 1)
  }
  expect(Object.fromEntries(kinds)).toEqual({
    bookTicker: 1824,
    trade: 3096,
    aggTrade: 2169,
    depth: 1492,
    kline: 149,
    markPrice: 149,
    reply: 1,
  })
  expect(lines.at(-1)).toBe('')
})
