import { asterFutures } from '../lib/venues/asterFutures.js'
import { codecOf } from '../lib/venues/codecOf.js'
import { market } from '../lib/simulation/market/market.js'
import { binanceSpot } from '../lib/venues/binanceSpot.js'
import { seeded } from '../lib/simulation/market/seeded.js'
import { simulatedRecording } from './simulatedRecording.js'

/** 2024-08-09 00:00:30 UTC: two klines close in the bundled recordings. */
const START = 1_723_161_630_000

const recorded = new Set<string>(['trade', 'aggTrade', 'depth', 'bookTicker', 'kline', 'markPrice'])

/** The text of the bundled recording, or of a longer one: `<received at, in ms> <frame>` lines, the same in every run. */
export const syntheticRecording = (duration = 150_000): string => {
  const events = market({ seed: 20_240_809, start: START, duration, pause: 15, size: 500 })
  const random = seeded(9)
  const lines: string[] = []
  let receivedAt = 0
  let depthUpdates = 0
  for (const { at, kind, stream, event } of events) {
    if (!recorded.has(kind)) continue
    receivedAt = Math.max(receivedAt, at + 2 + Math.floor(random() * 4))
    const data: unknown = codecOf(asterFutures, kind).encode(event)
    lines.push(`${receivedAt} ${JSON.stringify({ stream, data })}`)
    if (kind === 'depth' && ++depthUpdates === 3) {
      const text = JSON.stringify(asterFutures.depthSnapshot.encode(events.snapshot()))
      lines.push(`${receivedAt} ${JSON.stringify({ _tag: 'Reply', symbol: 'BTCUSDT', text })}`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** The text of the bundled recording of a spot market, over the same span. */
export const spotRecording = (): Promise<string> =>
  simulatedRecording({
    ...{ venue: binanceSpot, seed: 20_240_809, start: START, duration: 150_000, pause: 60 },
    streams: ['btcusdt@trade'],
  })
