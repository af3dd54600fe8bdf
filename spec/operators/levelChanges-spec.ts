import { of, Subject } from 'rxjs'
import { LiveBook } from '../../lib/book/LiveBook.js'
import type { BookState } from '../../lib/operators/BookState.js'
import { levelChanges, type LevelChange, type LevelChanges } from '../../lib/operators/levelChanges.js'
import { fc, test as prop } from '../property.js'
import { snapshot, update } from './depth.js'
import { operatorCases } from './operatorCases.js'
import { gap, momentOf, synced } from './synced.js'

const change = (side: LevelChange['side'], price: string, before: string | undefined, after: string | undefined) => ({
  ...{ side, price, before, after },
})

describe('the fixed list', () =>
  operatorCases(levelChanges(), {
    a: synced(1),
    x: { ...momentOf(1), changes: [change('bid', '10', undefined, '1'), change('ask', '11', undefined, '1')] },
    b: synced(3, '10x2', '11x1'),
    y: { ...momentOf(3), changes: [change('bid', '10', '1', '2')] },
  }))

/** A book that follows updates, and what is said of it. */
const follow = () => {
  const book = new LiveBook('BTCUSDT', snapshot(1, '10x1 9x1', '11x1'))
  const states = new Subject<BookState>()
  const told: (LevelChanges | undefined)[] = []
  states.pipe(levelChanges()).subscribe((changes) => told.push(changes))
  const say = (last = update('1-1')) =>
    states.next({ _tag: 'Synced', book: book.reader, top: { bid: undefined, ask: undefined }, update: last })
  return {
    say,
    states,
    said: () =>
      told
        .splice(0)
        .map((one) => one?.changes.map(({ side, price, before, after }) => `${side} ${price} ${before} ${after}`)),
    apply: (text: string, isSaid = true) => {
      book.apply(update(text))
      if (isSaid) say(update(text))
    },
  }
}

test('what is new, changed and gone; what stays as it is, is no change', () => {
  const { say, apply, said } = follow()
  say()
  expect(said()).toEqual([['bid 10 undefined 1', 'bid 9 undefined 1', 'ask 11 undefined 1']])
  apply('2-3 10x1 9x2 8x3 / 11x0 12x0 13x4')
  expect(said()).toEqual([['bid 9 1 2', 'bid 8 undefined 3', 'ask 11 1 undefined', 'ask 13 undefined 4']])
  apply('4-4 10x1')
  expect(said()).toEqual([])
})

test('a price that is written in another way is the same level', () => {
  const { say, apply, said } = follow()
  say()
  said()
  apply('2-2 10.00x2 9.000000000000000000x3')
  expect(said()).toEqual([['bid 10.00 1 2', 'bid 9.000000000000000000 1 3']])
})

test('prices that no number tells apart are levels of their own', () => {
  const { say, apply, said } = follow()
  say()
  said()
  apply('2-2 9007199254740992.5x1 9007199254740992.25x2')
  apply('3-3 9007199254740992.5x0')
  expect(said()).toEqual([
    ['bid 9007199254740992.5 undefined 1', 'bid 9007199254740992.25 undefined 2'],
    ['bid 9007199254740992.5 1 undefined'],
  ])
})

test('where states were skipped, all that changed comes at once', () => {
  const { say, apply, said } = follow()
  say()
  said()
  apply('2-2 10x0 9x5', false)
  apply('3-3 7x1 / 11.50x1', false)
  apply('4-4 6x1')
  expect(said()).toEqual([
    ['bid 10 1 undefined', 'bid 9 1 5', 'bid 7 undefined 1', 'bid 6 undefined 1', 'ask 11.50 undefined 1'],
  ])
  apply('5-6<4 6x2', false)
  apply('7-9<6 7x3')
  expect(said()).toEqual([['bid 7 1 3', 'bid 6 1 2']])
  apply('12-13<9 7x4')
  expect(said()).toEqual([['bid 7 3 4']])
})

test('after sync was lost, all levels come again', () => {
  const { say, states, said } = follow()
  say()
  states.next(gap)
  states.next(gap)
  say()
  const all = ['bid 10 undefined 1', 'bid 9 undefined 1', 'ask 11 undefined 1']
  expect(said()).toEqual([all, undefined, all])
})

test('an empty book is said, too', () => {
  const told: (LevelChanges | undefined)[] = []
  of(synced(1, '', ''), synced(2, '', ''))
    .pipe(levelChanges())
    .subscribe((changes) => told.push(changes))
  expect(told).toEqual([{ ...momentOf(1), changes: [] }])
})

const levels = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })), { maxLength: 6 })

prop.prop([fc.array(fc.tuple(levels, fc.boolean()), { maxLength: 30 })], { seed: 1, numRuns: 300 })(
  'whoever adds the changes up has the book, and each begins where the last one of its price ended',
  (steps) => {
    const book = new LiveBook('BTCUSDT', snapshot(1, '', ''))
    const states = new Subject<BookState>()
    const kept = new Map<string, string>()
    states.pipe(levelChanges()).subscribe((one) => {
      for (const { side, price, before, after } of one?.changes ?? []) {
        expect(before).toBe(kept.get(`${side} ${price}`))
        expect(after).not.toBe(before)
        if (after === undefined) kept.delete(`${side} ${price}`)
        else kept.set(`${side} ${price}`, after)
      }
    })
    for (const [i, [changed, isSaid]] of steps.entries()) {
      const bids = changed.map(([price, quantity]) => `${price}x${quantity}`).join(' ')
      const asks = changed.map(([price, quantity]) => `${price + 10}x${quantity}`).join(' ')
      const last = update(`${i + 2}-${i + 2} ${bids}/ ${asks}`)
      book.apply(last)
      if (!isSaid && i < steps.length - 1) continue
      states.next({ _tag: 'Synced', book: book.reader, top: { bid: undefined, ask: undefined }, update: last })
    }
    const all = [
      ...book.reader.bids().map(({ price, quantity }) => `bid ${price} ${quantity}`),
      ...book.reader.asks().map(({ price, quantity }) => `ask ${price} ${quantity}`),
    ]
    expect([...kept].map((level) => level.join(' ')).sort()).toEqual(all.sort())
  },
)
