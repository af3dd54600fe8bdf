import { parse } from '../../lib/parser/parse.js'
import type { Message } from '../../lib/parser/Message.js'
import { frame } from '../../lib/Signal.js'
import type { LogEntry } from '../../lib/simulation/index.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { faultyRun } from './faultyRun.js'
import { keysOf } from './invariants.js'

const streams = [
  'btcusdt@trade',
  'btcusdt@aggTrade',
  'btcusdt@depth@100ms',
  'btcusdt@bookTicker',
  'btcusdt@kline_1m',
  'btcusdt@miniTicker',
  'ethusdt@trade',
] as const

/** What the venue sent, over whichever connection. */
const sentBy = (venue: Venue, log: readonly LogEntry[]): readonly Message[] =>
  log.flatMap((entry) => {
    if (entry.type !== 'sent' || entry.stream === undefined) return []
    const parsed = parse(venue)(frame(entry.text, entry.at))
    return parsed._tag === 'Right' && 'kind' in parsed.right ? [parsed.right] : []
  })

test.each([
  ['asterFutures', asterFutures],
  ['asterSpot', asterSpot],
  ['binanceSpot', binanceSpot],
] as const)('F10 F12 %s: three rotations, and each event once, in order, none lost', async (_, venue) => {
  const run = await faultyRun<Venue>({
    venue,
    streams,
    live: { overlap: 150 },
    simulated: { symbols: ['BTCUSDT', 'ETHUSDT'], rate: 40 },
  })
  run.controls.run()
  await Promise.all(streams.map((name) => run.nextMessage(({ stream }) => stream === name)))
  for (let i = 0; i < 3; i++) {
    const closed = run.nextSignal('Closed')
    run.rotate$.next('maintenance')
    await closed
    await run.nextMessage(({ kind }) => kind === 'trade')
  }
  run.controls.halt()
  const sent = sentBy(venue, run.controls.log())
  const repeated = run.signals.filter(({ _tag }) => _tag === 'Frame').length - run.messages.length
  expect(repeated).toBeGreaterThan(0)
  for (const stream of streams) {
    const got = keysOf(venue, run.messages, stream)
    const [first = NaN] = got
    const last = got.at(-1) ?? NaN
    const keys = keysOf(venue, sent, stream).filter((key) => key >= first && key <= last)
    expect([stream, got]).toEqual([stream, [...new Set(keys)].sort((a, b) => a - b)])
    expect(got.length).toBeGreaterThan(0)
  }
  const others = ['Frame', 'Acknowledged', 'Lagging']
  const tags = run.signals.flatMap(({ _tag }) => (others.includes(_tag) ? [] : [_tag]))
  expect(tags).toEqual([
    'Connecting',
    'Connected',
    ...Array.from({ length: 3 }, () => ['Rotating', 'Connecting', 'Connected', 'Closed']).flat(),
  ])
  await run.end()
})
