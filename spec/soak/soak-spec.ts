import { asterFutures } from '../../lib/venues/asterFutures.js'
import { runSockets } from '../../scripts/soak/runSockets.js'
import { runVirtual } from '../../scripts/soak/runVirtual.js'
import { loopTime } from '../helpers/loopTime.js'

test.each(Array.from({ length: 12 }, (_, i) => 1 + i))(
  'seed %i: nothing lost, doubled or left behind, and every synced book the venue’s own',
  async (seed) => {
    const { findings, events, books, injected } = await runVirtual({ seed, length: 20_000 })
    expect(findings).toEqual([])
    expect([events > 100, books > 10, injected.size > 3]).toEqual([true, true, true])
  },
)

test('the same seed is the same story', async () => {
  const [one, other] = [await runVirtual({ seed: 7, length: 5_000 }), await runVirtual({ seed: 7, length: 5_000 })]
  expect(other).toEqual(one)
})

test('some seconds over real sockets', async () => {
  const time = loopTime()
  const schedulers = { venue: time.clock().scheduler, client: time.clock().scheduler }
  const outcome = await runSockets({ seed: 1, minutes: 0.1, venues: [asterFutures], schedulers })
  expect(outcome.findings).toEqual([])
  expect([outcome.events > 50, outcome.books > 5, outcome.texts > 100, outcome.secrets > 2]).toEqual([
    true,
    true,
    true,
    true,
  ])
})
