import { looksLikeDepthSnapshot } from '../../lib/events/DepthSnapshot.js'

const snapshot = { lastUpdateId: 1, bids: [], asks: [] }

test('a snapshot has three keys', () => {
  expect(looksLikeDepthSnapshot(snapshot)).toBe(true)
  for (const key of Object.keys(snapshot)) expect(looksLikeDepthSnapshot({ ...snapshot, [key]: undefined })).toBe(false)
})
