import { termOf } from '../../../lib/communicators/websocket/termOf.js'
import { connectionSettings } from '../../../lib/communicators/websocket/websocketSettings.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'

test.each([
  [86_400_000, 600_000, 0, 85_800_000],
  [86_400_000, 600_000, 0.5, 85_500_000],
  [60_000, 20_000, 0.5, 30_000],
  [60_000, 600_000, 0, 30_000],
  [60_000, 0, 0.5, 60_000],
])('a lifetime of %d ms, replaced %d ms before, chance %d: %d ms', (lifetime, rotateBefore, chance, expected) => {
  const venue = { ...asterFutures, limits: { ...asterFutures.limits, lifetime } }
  expect(termOf(venue, connectionSettings(venue, { rotateBefore, random: () => chance }))).toBe(expected)
})
