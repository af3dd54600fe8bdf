import { selected } from '../../../lib/simulation/venues/selected.js'
import { fc, test as prop } from '../../property.js'

interface Item {
  readonly id: number
  readonly at: number
}
const how = { time: ({ at }: Item) => at, id: ({ id }: Item) => id }

const ask = (items: readonly Item[], query: string, more = {}) => {
  const parameters = new URLSearchParams(query)
  return selected(items, (name) => parameters.get(name), { ...how, ...more })
}

const list = fc.array(fc.nat(5), { maxLength: 60 }).map((steps) => {
  let at = 100
  return steps.map((step, i): Item => ({ id: 7 + i, at: (at += step) }))
})
const optional = <A>(what: fc.Arbitrary<A>) => fc.option(what, { nil: undefined })

prop.prop([list, optional(fc.nat(80)), optional(fc.nat(300)), optional(fc.nat(300)), fc.integer({ min: 1, max: 20 })])(
  'from an id on, from a time on, or the last',
  (items, fromId, startTime, endTime, limit) => {
    const given = Object.entries({ fromId, startTime, endTime, limit }).filter(([, value]) => value !== undefined)
    const found = ask(items, given.map(([name, value]) => `${name}=${value}`).join('&'))
    // Item by item, as a reader of the document would do it.
    const expected: Item[] = []
    const isFromStart = fromId !== undefined || startTime !== undefined
    for (const item of isFromStart ? items : [...items].reverse()) {
      const suits =
        fromId === undefined ? item.at >= (startTime ?? 0) && item.at <= (endTime ?? Infinity) : item.id >= fromId
      if (suits && expected.length < limit) expected.push(item)
    }
    if (fromId === undefined && startTime !== undefined && endTime !== undefined && startTime > endTime)
      expect(found).toEqual({ refusal: 'times' })
    else expect(found).toEqual(isFromStart ? expected : expected.reverse())
  },
)

prop('what is no number is refused, and so is too long a time', () => {
  expect(ask([], 'limit=x')).toEqual({ refusal: 'illegal', detail: 'limit' })
  expect(ask([], 'limit=0')).toEqual({ refusal: 'invalid', detail: 'limit' })
  expect(ask([], 'startTime=-1')).toEqual({ refusal: 'illegal', detail: 'startTime' })
  expect(ask([], 'startTime=0&endTime=3600000', { hours: 1 })).toEqual([])
  expect(ask([], 'startTime=0&endTime=3600001', { hours: 1 })).toEqual({ refusal: 'span', detail: '1' })
})

prop('there are as many as usual, and no more than the most', () => {
  const items = Array.from({ length: 2_000 }, (_, i) => ({ id: i, at: i }))
  expect(ask(items, '')).toHaveLength(500)
  expect(ask(items, 'limit=5000')).toHaveLength(1_000)
  expect(ask(items, 'fromId=1500', { most: 100, usual: 50 })).toEqual(items.slice(1_500, 1_550))
})
