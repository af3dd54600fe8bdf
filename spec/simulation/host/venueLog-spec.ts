import { venueLog } from '../../../lib/simulation/host/venueLog.js'

const entry = (at: number) => ({ at, connection: 1, type: 'closed', code: 1000 }) as const

test('the latest are kept: at least as many as said, at most twice as many', () => {
  const log = venueLog(2)
  const kept = [1, 2, 3, 4, 5, 6].map((at) => {
    log.add(entry(at))
    return log.entries().map((each) => each.at)
  })
  expect(kept).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [4, 5], [4, 5, 6]])
})

test('where nothing is to be kept, nothing is', () => {
  const log = venueLog(0)
  for (const at of [1, 2, 3]) log.add(entry(at))
  expect(log.entries()).toEqual([])
})
