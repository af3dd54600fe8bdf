import { appended, backlogOf, MOST_LEVELS, newestIn, updatesIn, type Backlog } from '../../lib/book/backlog.js'
import { fc, test as property } from '../property.js'

interface Update {
  readonly id: number
  readonly bids: { readonly length: number }
}

const update = (id: number, levels = 1): Update => ({ id, bids: { length: levels } })
const ids = (backlog: Backlog<Update>) => updatesIn(backlog).map(({ id }) => id)

/** The same with lists that are copied. */
const copied = (kept: readonly Update[], one: Update, most: number): readonly Update[] => {
  let next = [...kept, one].slice(-most)
  while (next.length > 1 && next.reduce((sum, { bids }) => sum + bids.length, 0) > MOST_LEVELS) next = next.slice(1)
  return next
}

const levels = fc.oneof(fc.nat(3), fc.integer({ min: 0, max: MOST_LEVELS + 1 }))
/** Which of the backlogs so far is appended to, most often the newest, and what. */
const append = fc.record({ back: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat(20)), levels })

property.prop([fc.array(append, { maxLength: 60 }), fc.integer({ min: 1, max: 8 })], { seed: 1 })(
  'each backlog is what a copied list is, whatever is appended to it or to others',
  (appends, most) => {
    const backlogs = [backlogOf<Update>([])]
    const lists: (readonly Update[])[] = [[]]
    appends.forEach(({ back, levels }, id) => {
      const at = Math.max(0, backlogs.length - 1 - back)
      const one = update(id, levels)
      backlogs.push(appended(backlogs[at] ?? backlogOf([]), one, most))
      lists.push(copied(lists[at] ?? [], one, most))
    })
    expect(backlogs.map(ids)).toEqual(lists.map((list) => list.map(({ id }) => id)))
    expect(backlogs.map((one) => newestIn(one)?.id)).toEqual(lists.map((list) => list.at(-1)?.id))
  },
)

/** How often a list was copied on the way to so many updates. */
const copies = (count: number, most: number) => {
  let backlog = backlogOf<Update>([])
  let made = 0
  for (let id = 0; id < count; id++) {
    const next = appended(backlog, update(id), most)
    if (next.all !== backlog.all) made++
    backlog = next
  }
  return made
}

test('nothing is copied while nothing goes, and what goes is let go of now and then', () => {
  expect(copies(30_000, Infinity)).toBe(0)
  expect(copies(30_000, 1_000)).toBeLessThanOrEqual(30)
})

test('F69 never more levels than may be, and no more of what was let go than of what is kept', () => {
  let backlog = backlogOf<Update>([])
  for (let id = 0; id < 2_000; id++) backlog = appended(backlog, update(id, 1_000), 10_000)
  expect([ids(backlog).length, ids(backlog)[0]]).toEqual([MOST_LEVELS / 1_000, 2_000 - MOST_LEVELS / 1_000])
  expect(backlog.all.length).toBeLessThanOrEqual((2 * MOST_LEVELS) / 1_000 + 1)
})

test('levels of both sides count', () => {
  const both = (id: number) => ({ ...update(id, 60_000), asks: { length: 60_000 } })
  expect(ids([1, 2].reduce((backlog, id) => appended(backlog, both(id), 10), backlogOf<Update>([])))).toEqual([2])
})

test('one that is too large alone stays', () => {
  const backlog = appended(backlogOf([update(1)]), update(2, MOST_LEVELS + 1), 10)
  expect(ids(backlog)).toEqual([2])
})
