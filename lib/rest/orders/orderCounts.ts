import type { RefusalReason } from '../../venues/CallTable.js'
import type { OrderResult } from './OrderResult.js'

/** What an order can be asked for. */
export type OrderCall = 'place' | 'cancel' | 'replace'

/** How often something became of what was asked. */
export interface OrderCount {
  /** What was asked. */
  readonly call: OrderCall
  /** What became of it: why, where it was refused. */
  readonly result: 'Accepted' | 'Unknown' | RefusalReason
  /** So often, since `orders` was called. */
  readonly count: number
}

export interface OrderCounts {
  readonly add: (call: OrderCall, result: OrderResult<unknown>) => void
  readonly read: () => readonly OrderCount[]
}

export const createOrderCounts = (): OrderCounts => {
  const counts = new Map<string, OrderCount>()
  return {
    add: (call, said) => {
      const result = said._tag === 'Refused' ? said.reason : said._tag
      const key = `${call} ${result}`
      counts.set(key, { call, result, count: (counts.get(key)?.count ?? 0) + 1 })
    },
    read: () => [...counts.values()],
  }
}
