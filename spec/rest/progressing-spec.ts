import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import { depthSnapshot } from '../../lib/rest/depthSnapshot.js'
import type { RequestProgress } from '../../lib/timing/RequestProgress.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { venueInMemory, type Said } from './venueInMemory.js'
import { virtual } from './virtual.js'

const text = '{"lastUpdateId":7,"bids":[],"asks":[]}'

/** Snapshots of 20 each, of which a minute allows two, and what each of them is told, with the time in seconds. */
const lab = (answer: (count: number) => Said = () => ({ text }), maxInFlight = 50) => {
  const { fetch } = venueInMemory((_, count) => answer(count))
  const { scheduler, advance } = virtual()
  const budget = createBudget({ weightPerMinute: 40, scheduler })
  const rest = createRest({ venue: asterFutures, fetch, scheduler, budget, maxInFlight, random: () => 0 })
  const told: string[] = []
  const ask = (symbol: string) => {
    const say = (what: string) => told.push(`${scheduler.now() / 1_000} ${symbol} ${what}`)
    const onProgress = (progress: RequestProgress) =>
      say(progress._tag === 'Failed' ? `Failed ${String(progress.error)}` : progress._tag)
    return depthSnapshot(rest, { symbol, onProgress }).subscribe({
      next: () => say('answered'),
      error: (error: unknown) => say(String(error)),
    })
  }
  return { ask, told, advance }
}

test('F53 a request that leaves at once is told nothing else', async () => {
  const { ask, told, advance } = lab()
  ask('A')
  expect(told).toEqual(['0 A Sent'])
  await advance(1)
  expect(told.slice(1)).toEqual(['0 A answered'])
})

test('F53 those that wait for the budget say so, leave in their order, and never fail for it', async () => {
  const { ask, told, advance } = lab()
  for (const symbol of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) ask(symbol)
  expect(told).toEqual(['0 A Sent', '0 B Sent', ...['C', 'D', 'E', 'F', 'G'].map((symbol) => `0 ${symbol} Waiting`)])
  for (let i = 0; i < 40; i++) await advance(5_000)
  expect(told.slice(7).filter((line) => line.endsWith('Sent'))).toEqual([
    '60 C Sent',
    '60 D Sent',
    '120 E Sent',
    '120 F Sent',
    '180 G Sent',
  ])
  expect(told.filter((line) => line.endsWith('answered'))).toHaveLength(7)
  expect(told).toHaveLength(19)
})

test('F53 those that wait for others to be answered say so, too', async () => {
  const { ask, told, advance } = lab(undefined, 1)
  for (const symbol of ['A', 'B']) ask(symbol)
  await advance(1)
  expect(told).toEqual(['0 A Sent', '0 B Waiting', '0 A answered', '0 B Sent', '0 B answered'])
})

test('F53 each failure after which it is sent again is told, and each time that it leaves', async () => {
  const { ask, told, advance } = lab((count) => (count === 1 ? { status: 500, text: '<html>' } : { text }))
  ask('A')
  for (let i = 0; i < 5; i++) await advance(200)
  expect(told).toEqual(
    ['0 A Sent', '0 A Failed RestError: GET /fapi/v3/depth: 500 <html>', '0.5 A Sent', '0.6 A answered'].map(
      (line) => expect.stringContaining(line.replace(/^0\.6 /, '')) as string,
    ),
  )
})

test('F53 one that nobody waits for any more is told nothing', async () => {
  const { ask, told, advance } = lab()
  for (const symbol of ['A', 'B']) ask(symbol)
  ask('C').unsubscribe()
  await advance(120_000)
  expect(told.filter((line) => line.includes(' C '))).toEqual(['0 C Waiting'])
})
