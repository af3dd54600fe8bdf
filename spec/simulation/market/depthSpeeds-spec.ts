import { depthSpeeds } from '../../../lib/simulation/market/depthSpeeds.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { named } from './named.js'

const update = (id: number) => ({
  eventTime: id,
  symbol: 'BTCUSDT',
  firstUpdateId: id,
  lastUpdateId: id,
  previousUpdateId: id - 1,
  bids: [
    ['10.0', String(id)],
    [`${id}.0`, '1'],
  ] as const,
  asks: [
    [`${40 - id}.0`, '1'],
    ['50.0', String(id)],
  ] as const,
})
const snapshot = (limit: number) => ({ lastUpdateId: 0, bids: [['1', String(limit)] as const], asks: [] })

test('each speed when it is due, merged, and nothing where nothing changed', () => {
  const { tick } = depthSpeeds('BTCUSDT', 250)
  const due = [1, 2, undefined, 4, 5].map((id) =>
    named(asterFutures, tick(0, id === undefined ? undefined : update(id), snapshot))
      .map(({ stream }) => stream)
      .filter((stream) => /depth(@|$)/.test(stream)),
  )
  const fast = ['btcusdt@depth@0ms', 'btcusdt@depth@100ms']
  const middle = ['btcusdt@depth@250ms', 'btcusdt@depth']
  expect(due).toEqual([fast, fast, middle, fast, [...fast, ...middle, 'btcusdt@depth@500ms']])
})

test('a merged update links the first to the last, and says each price once, in order', () => {
  const { tick } = depthSpeeds('BTCUSDT', 1_000)
  for (const id of [3, 4, 5, 6]) tick(0, update(id), snapshot)
  const sent = named(asterFutures, tick(0, update(7), snapshot))
  const event = (stream: string) => sent.find((each) => each.stream === stream)?.event
  const common = { eventTime: 7, symbol: 'BTCUSDT', firstUpdateId: 3, lastUpdateId: 7, previousUpdateId: 2 }
  expect(event('btcusdt@depth@500ms')).toEqual({
    ...common,
    bids: [['10.0', '7'], ...[7, 6, 5, 4, 3].map((id) => [`${id}.0`, '1'])],
    asks: [...[33, 34, 35, 36, 37].map((price) => [`${price}.0`, '1']), ['50.0', '7']],
  })
  expect(event('btcusdt@depth20@500ms')).toEqual({ ...common, bids: [['1', '20']], asks: [] })
})
