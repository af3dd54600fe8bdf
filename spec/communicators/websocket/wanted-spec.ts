import { Subject } from 'rxjs'
import { SECOND } from '../../../lib/timing/rateWindow.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { inMemory } from './inMemory.js'
import { obedient, type MemoryConnection } from './MemoryVenue.js'
import { fc, test } from '../../property.js'

const names = Array.from({ length: 12 }, (_, i) => `s${i}@forceOrder`)

/** What may happen, with weights that leave room for the quiet course of things. */
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ _tag: fc.constant('want' as const), names: fc.subarray(names) }) },
  { weight: 6, arbitrary: fc.record({ _tag: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('cut' as const), code: fc.constantFrom(1001, 1006, 1008) }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('rotate' as const) }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('mute' as const), requests: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ _tag: fc.constant('refuse' as const), requests: fc.integer({ min: 1, max: 3 }) }),
  },
)

const heldBy = (connections: readonly MemoryConnection[]) => connections.flatMap((connection) => [...connection.names])

describe('F18 the venue ends with what is wanted', () => {
  test.prop([fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3_000 })], {
    numRuns: 1_000,
    seed: 20_260_101,
  })('F18 whatever is wanted and lost on the way; the rate and the limits hold', (steps, latency) => {
    const rotate$ = new Subject<void>()
    const limits = { ...asterFutures.limits, streamsPerConnection: 5, namesPerRequest: 3 }
    const run = inMemory([], { rotate$ }, { ...asterFutures, limits })
    let mute = 0
    let refuse = 0
    run.behaviour.latency = latency
    run.behaviour.answer = (asked, connection) => {
      expect(asked.method === 'LIST_SUBSCRIPTIONS' ? 0 : asked.params.length).toBeLessThanOrEqual(3)
      const answer = obedient(asked, connection)
      expect(connection.names.size).toBeLessThanOrEqual(5)
      if (mute > 0) return void (mute -= 1)
      if (refuse > 0 && asked.method === 'UNSUBSCRIBE') {
        refuse -= 1
        return { error: { code: 2, msg: 'no' }, id: asked.id }
      }
      return answer
    }
    for (const next of steps) {
      if (next._tag === 'want') run.want(...next.names)
      if (next._tag === 'pass') run.pass(next.ms)
      if (next._tag === 'mute') mute = next.requests
      if (next._tag === 'refuse') refuse = next.requests
      if (next._tag === 'rotate') rotate$.next()
      if (next._tag === 'cut') run.open()[0]?.put({ _tag: 'Closed', code: next.code, reason: '' })
    }
    mute = refuse = 0
    run.pass(400_000)
    expect(heldBy(run.open()).sort()).toEqual([...run.wanted$.value].sort())
    for (const { sent } of run.connections)
      for (const { at } of sent)
        expect(sent.filter((other) => other.at > at - SECOND && other.at <= at).length).toBeLessThanOrEqual(10)
    run.end()
  })
})
