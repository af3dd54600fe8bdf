import { isValues } from '../codecs/Values.js'
import type { Message } from '../parser/Message.js'
import type { Admission } from './Admission.js'

/**
 * For streams that carry what is counted apart, as the book tickers of all symbols: each value of a field has an
 * admission of its own.
 */
export const admitEach = (field: string, create: () => Admission): Admission => {
  const admissions = new Map<unknown, Admission>()
  const of = ({ event }: Message): Admission => {
    const value = isValues(event) ? event[field] : undefined
    const known = admissions.get(value)
    if (known !== undefined) return known
    const created = create()
    admissions.set(value, created)
    return created
  }
  return {
    passes: (message, source) => of(message).passes(message, source),
    admit: (message, source) => of(message).admit(message, source),
    release: (source, open) => [...admissions.values()].flatMap((admission) => admission.release(source, open)),
    carriesAlone: (source) => [...admissions.values()].some((admission) => admission.carriesAlone(source)),
  }
}
