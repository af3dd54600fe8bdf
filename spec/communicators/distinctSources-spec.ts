import { concat, lastValueFrom, of, toArray } from 'rxjs'
import { distinctSources } from '../../lib/communicators/distinctSources.js'
import { frame, type Signal } from '../../lib/Signal.js'

const idsOf = (signals: readonly Signal[]) => signals.map(({ source }) => source?.id)
const all = (...communicators: readonly (readonly Signal[])[]) =>
  lastValueFrom(concat(...distinctSources(communicators.map((signals) => of(...signals)))).pipe(toArray()))

test('an id that two communicators use is told apart, and stays one object', async () => {
  const [a, b] = [{ id: 'venue-1' }, { id: 'venue-1', stream: 'account' }]
  const signals = await all([frame('x', 0, a)], [frame('y', 0, b), frame('z', 0, b)])
  expect(idsOf(signals)).toEqual(['venue-1', 'venue-1.2', 'venue-1.2'])
  expect(signals[1]?.source).toBe(signals[2]?.source)
  expect([signals[0]?.source, signals[1]?.source?.stream]).toEqual([a, 'account'])
})

test('ids of their own stay as they are, and signals without a source have none', async () => {
  const plain = frame('x', 0)
  const named = frame('y', 0, { id: 'b' })
  expect(await all([plain, frame('x', 0, { id: 'a' })], [plain, named])).toEqual([
    plain,
    frame('x', 0, { id: 'a' }),
    plain,
    named,
  ])
})
