import type { OperatorFunction } from 'rxjs'
import { isZero } from '../book/isZero.js'
import type { BookLevel, OrderBook } from '../book/OrderBook.js'
import type { Decimal } from '../codecs/Decimal.js'
import { decimalText, exact } from '../codecs/ExactDecimal.js'
import { flat } from '../codecs/flat.js'
import type { Level } from '../codecs/Levels.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { BookState } from './BookState.js'
import { ofBook, type BookMoment } from './ofBook.js'

/** What happened at one price. */
export interface LevelChange {
  /** Whose level it is. */
  readonly side: 'bid' | 'ask'
  /** In the quote asset, as the venue writes it. */
  readonly price: Decimal
  /** The quantity until then; `undefined` where there was none. */
  readonly before: Decimal | undefined
  /** The quantity since then; `undefined` where there is none. */
  readonly after: Decimal | undefined
}

/** What an update changed. */
export interface LevelChanges extends BookMoment {
  /** The levels that are others now. */
  readonly changes: readonly LevelChange[]
}

/** Levels by price, however it is written. */
type Kept = Map<number | Decimal, BookLevel>

/** So long may the text of a price be whose number is of no other price. */
const SHORT = 15

const keyOf = (price: Decimal): number | Decimal => {
  if (price.length <= SHORT) return Number(price)
  const plain = decimalText(exact(price))
  return plain.length <= SHORT ? Number(plain) : plain
}

/**
 * What each update changed in a synced book, level by level, with the quantity before and after; what an update says and
 * the book had already is no change. First, and whenever the book is synced anew, all of its levels come as changes from
 * nothing; `undefined`, once, when sync is lost: whoever keeps levels forgets them then.
 *
 * ```
 * states          --s---S1--S2--S2--S3--g---S5--|
 * levelChanges()  ------a---2-------3---u---a---|     a: all levels
 * ```
 *
 * It keeps a copy of the book's quantities. Where it misses a state, as behind `conflate`, what changed since the last one
 * comes at once. Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(levelChanges()).subscribe((now) =>
 *   now?.changes.forEach(({ side, price, before = '0', after = '0' }) => show(side, price, before, after)))
 * ```
 */
export const levelChanges = (): OperatorFunction<BookState, LevelChanges | undefined> =>
  ofBook(() => {
    const kept: Readonly<Record<LevelChange['side'], Kept>> = { bid: new Map(), ask: new Map() }
    let last: number | undefined
    let said: { readonly changes: readonly LevelChange[] } = { changes: [] }
    return ({ book, update }) => {
      const changes =
        update !== undefined && last !== undefined && isNext(update, last)
          ? [...changed(kept.bid, 'bid', update.bids), ...changed(kept.ask, 'ask', update.asks)]
          : [...replaced(kept.bid, 'bid', book), ...replaced(kept.ask, 'ask', book)]
      if (changes.length > 0 || last === undefined) said = { changes }
      last = book.lastUpdateId
      return said
    }
  }, isNever)

/** What differs is said by another object. */
const isNever = () => false

/** No update of the book lies between the two. */
const isNext = ({ previousUpdateId, firstUpdateId }: DepthUpdate, last: number): boolean =>
  (previousUpdateId ?? firstUpdateId - 1) <= last

const changed = (kept: Kept, side: LevelChange['side'], levels: Iterable<Level>): readonly LevelChange[] => {
  const changes: LevelChange[] = []
  for (const [price, quantity] of levels) {
    const key = keyOf(price)
    const before = kept.get(key)?.quantity
    const after = isZero(quantity) ? undefined : flat(quantity)
    if (before === after) continue
    const own = flat(price)
    if (after === undefined) kept.delete(key)
    else kept.set(key, { price: own, quantity: after })
    changes.push({ side, price: own, before, after })
  }
  return changes
}

/** All that differs from what was kept. */
const replaced = (kept: Kept, side: LevelChange['side'], book: OrderBook): readonly LevelChange[] => {
  const levels = side === 'bid' ? book.bids() : book.asks()
  const now = new Set(levels.map(({ price }) => keyOf(price)))
  const gone = [...kept].flatMap(([key, { price }]): readonly Level[] => (now.has(key) ? [] : [[price, '0']]))
  const there = levels.map(({ price, quantity }): Level => [price, quantity])
  return changed(kept, side, [...gone, ...there])
}
