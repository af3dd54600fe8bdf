import type { Parameter } from '../exchange/readOrder.js'
import type { Refusal } from '../exchange/Refusal.js'

/** How parts of a list may be asked for. */
export interface Selection<A> {
  readonly time: (item: A) => number
  /** Default: nothing can be asked for by an id. */
  readonly id?: (item: A) => number
  /** How many come where the request does not say. Default: 500. */
  readonly usual?: number
  /** How many come at most. Default: 1000. */
  readonly most?: number
  /** The longest time between `startTime` and `endTime`, in hours. Default: any. */
  readonly hours?: number
}

const HOUR = 3_600_000

/** A whole number from 0 on, or nothing; what is sent and none is refused. */
const numbersIn = <Name extends string>(
  get: Parameter,
  names: readonly Name[],
): Readonly<Partial<Record<Name, number>>> | Refusal => {
  const found: Partial<Record<Name, number>> = {}
  for (const name of names) {
    const text = get(name)
    if (text === null || text === '') continue
    if (!/^\d{1,16}$/.test(text)) return { refusal: 'illegal', detail: name }
    found[name] = Number(text)
  }
  return found
}

/**
 * The part of a list, oldest first, that a request asks for: from an id on, or between two times; the last of it where
 * it says no beginning.
 */
export const selected = <A>(
  items: readonly A[],
  get: Parameter,
  { time, id, usual = 500, most = 1_000, hours = Infinity }: Selection<A>,
): readonly A[] | Refusal => {
  const asked = numbersIn(get, ['limit', 'fromId', 'startTime', 'endTime'])
  if ('refusal' in asked) return asked
  const { fromId, startTime, endTime } = asked
  const limit = Math.min(asked.limit ?? usual, most)
  if (limit === 0) return { refusal: 'invalid', detail: 'limit' }
  if (fromId !== undefined && id !== undefined) return items.filter((item) => id(item) >= fromId).slice(0, limit)
  const [from, to] = [startTime ?? -Infinity, endTime ?? Infinity]
  if (from > to) return { refusal: 'times' }
  if (startTime !== undefined && endTime !== undefined && endTime - startTime > hours * HOUR)
    return { refusal: 'span', detail: String(hours) }
  const within = items.filter((item) => time(item) >= from && time(item) <= to)
  return startTime === undefined ? within.slice(-limit) : within.slice(0, limit)
}
