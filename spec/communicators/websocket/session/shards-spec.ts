import { spread, type Shards } from '../../../../lib/communicators/websocket/session/shards.js'
import { fc, test as property } from '../../../property.js'

const plain = (shards: Shards) => [...shards].map(([id, names]) => [id, [...names].join('')])
const names = (text: string) => new Set(text)

describe('shards', () => {
  test('as few as needed, in order', () => {
    expect(plain(spread(new Map(), names('abcde'), 2))).toEqual([
      [1, 'ab'],
      [2, 'cd'],
      [3, 'e'],
    ])
    expect(plain(spread(new Map(), names(''), 2))).toEqual([])
  })

  test('a stream stays where it is, and new ones fill the gaps', () => {
    const before = spread(new Map(), names('abcde'), 2)
    expect(plain(spread(before, names('bcdexyz'), 2))).toEqual([
      [1, 'bx'],
      [2, 'cd'],
      [3, 'ey'],
      [4, 'z'],
    ])
  })

  test('one without streams goes; the next gets another number', () => {
    const before = spread(new Map(), names('abcde'), 2)
    const less = spread(before, names('abe'), 2)
    expect(plain(less)).toEqual([
      [1, 'ab'],
      [3, 'e'],
    ])
    expect(plain(spread(less, names('abexy'), 2))).toEqual([
      [1, 'ab'],
      [3, 'ex'],
      [4, 'y'],
    ])
  })

  property.prop([
    fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')), { maxLength: 8 }),
    fc.integer({ min: 1, max: 4 }),
  ])('F17 all that is wanted, once, within the limit, and never moved', (changes, most) => {
    let shards: Shards = new Map()
    for (const wanted of changes) {
      const next = spread(shards, new Set(wanted), most)
      expect([...next.values()].flatMap((some) => [...some]).sort()).toEqual([...wanted].sort())
      for (const [id, some] of next) {
        expect(some.size).toBeGreaterThan(0)
        expect(some.size).toBeLessThanOrEqual(most)
        for (const [other, had] of shards) if (other !== id) for (const name of some) expect(had.has(name)).toBe(false)
      }
      shards = next
    }
  })
})
