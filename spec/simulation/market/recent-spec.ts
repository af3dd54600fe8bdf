import { recent } from '../../../lib/simulation/market/recent.js'
import { fc, test as prop } from '../../property.js'

prop.prop([fc.integer({ min: 1, max: 20 }), fc.nat(100)])(
  'the last are kept, in order: as many as they should be, and at most twice as many',
  (count, added) => {
    const { add, all } = recent<number>(count)
    for (let i = 0; i < added; i++) add(i)
    const kept = all()
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(added, count))
    expect(kept.length).toBeLessThanOrEqual(2 * count)
    expect(kept).toEqual(kept.map((_, i) => added - kept.length + i))
  },
)
