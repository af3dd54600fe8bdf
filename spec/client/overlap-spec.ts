import { createOverlap } from '../../lib/client/overlap.js'
import type { Message } from '../../lib/parser/Message.js'

const message = (id: number) => ({ kind: 'trade', stream: 's', event: { id }, receivedAt: 0 }) as unknown as Message

/** Counts how often somebody asks whether a source carries the stream. */
class Carriers extends Map<string, boolean> {
  asked = 0
  override has(source: string): boolean {
    this.asked += 1
    return super.has(source)
  }
}

test('F69 sources that are gone, and for which nothing waits, are not looked at again', () => {
  const carriers = new Carriers([['old', true]])
  const recent = [{ event: { id: 0 }, receivedAt: 0 }]
  const overlap = createOverlap({
    sequence: 'id',
    carriers,
    recent,
    by: 'old',
    first: undefined,
    unmerged: () => undefined,
  })
  const asked = Array.from({ length: 50 }, (_, i) => {
    const source = `new ${i}`
    carriers.set(source, true)
    expect(overlap.take(message(2 * i + 2), source)).toEqual([])
    carriers.delete(source)
    expect(overlap.leave(source, true)).toEqual([])
    carriers.asked = 0
    // What waited comes before it.
    expect(overlap.take(message(2 * i + 3), 'old')).toHaveLength(2)
    return carriers.asked
  })
  expect(new Set(asked).size).toBe(1)
})
