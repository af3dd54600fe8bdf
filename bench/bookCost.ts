import { isRight } from 'fp-ts/lib/Either.js'
import { parse } from 'aster-rx'
import { LiveBook } from '../lib/book/LiveBook.js'
import type { Recording } from './recording.js'
import { rounds } from './rounds.js'

/** What the recording does to its book: how deep below the best bid, and whether a level comes, goes or changes. */
interface Touch {
  readonly depth: number
  readonly isNew: boolean
}

const touches = ({ venue, frames }: Recording): readonly Touch[] => {
  const read = parse(venue)
  const prices: number[] = []
  const found: Touch[] = []
  for (const frame of frames) {
    const parsed = read(frame)
    if (!isRight(parsed) || !('kind' in parsed.right) || parsed.right.kind !== 'depth') continue
    for (const [price, quantity] of parsed.right.event.bids) {
      const key = -Number(price)
      const at = lowerBound(prices, key)
      const isNew = prices[at] !== key
      if (Number(quantity) > 0 && isNew) prices.splice(at, 0, key)
      if (Number(quantity) === 0 && !isNew) prices.splice(at, 1)
      found.push({ depth: at, isNew })
    }
  }
  return found
}

const lowerBound = (sorted: readonly number[], key: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? Infinity) < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Prices in ticks of 0.1, every other tick a level, so that a new level fits between any two. */
const priceAt = (tick: number) => (90_000 - tick / 10).toFixed(1)

const work = (all: readonly Touch[], size: number) => {
  const levels = Array.from({ length: size }, (_, i) => [priceAt(2 * i), '1.000'] as const)
  const book = new LiveBook('BTCUSDT', { lastUpdateId: 0, bids: levels, asks: [] })
  const updates = all.map(({ depth, isNew }, i) => {
    // What is touched deeper than a small book has levels falls on one of them.
    const tick = 2 * (depth % size)
    return isNew
      ? [[priceAt(tick + 1), '1.000'] as const, [priceAt(tick + 1), '0.000'] as const]
      : [[priceAt(tick), `${1 + (i % 9)}.000`] as const]
  })
  return {
    changes: updates.reduce((sum, bids) => sum + bids.length, 0),
    run: () => {
      for (const bids of updates) book.apply({ lastUpdateId: 1, bids, asks: [] })
    },
  }
}

/** Nanoseconds per level change in a book of 500 and of 5,000 levels a side, and their ratio. */
export const bookCost = (recording: Recording, count: number) => {
  const all = touches(recording)
  const small = work(all, 500)
  const large = work(all, 5_000)
  const [smallMs = NaN, largeMs = NaN] = rounds(
    count,
    () => small.run,
    () => large.run,
  )
  return {
    changes: large.changes,
    'ns at 500': (smallMs * 1e6) / small.changes,
    'ns at 5,000': (largeMs * 1e6) / large.changes,
    ratio: largeMs / large.changes / (smallMs / small.changes),
  }
}
