import { isValues } from '../../codecs/Values.js'
import type { Venue } from '../../venues/Venue.js'
import type { AccountFault } from '../host/faults/AccountFault.js'
import type { Planned } from '../host/faults/planned.js'
import type { Execution } from './Execution.js'
import type { Trading } from './Trading.js'

/** Where account events go, and what goes wrong on the way. */
export interface AccountFeedConfig {
  readonly venue: Venue
  readonly trading: Trading
  readonly faults: Planned<AccountFault>
  /** Whether somebody has a listen key for an account; without one its events are lost. */
  readonly listenKeyOf: (account: string) => string | undefined
  readonly send: (listenKey: string, e: string, data: unknown) => void
}

/** Tells accounts what happened to their orders, written by the codecs of the venue's table. */
export const accountFeed = (config: AccountFeedConfig): ((execution: Execution) => void) => {
  const { venue, trading, faults, listenKeyOf, send } = config
  /** Events that come after the next one of their account. */
  const held = new Map<string, () => void>()

  return (execution) => {
    const { account } = execution.order
    const listenKey = listenKeyOf(account)
    if (listenKey === undefined) return
    for (const [e, event] of trading.events(execution)) {
      const encoded: unknown = venue.account[e]?.event.encode(event)
      if (!isValues(encoded)) continue
      const data = trading.wire(encoded)
      const deliver = () => send(listenKey, e, data)
      const fault = faults.take()
      if (fault === 'reorder' && !held.has(account)) {
        held.set(account, deliver)
        continue
      }
      if (fault !== 'drop') deliver()
      if (fault === 'duplicate') deliver()
      const earlier = held.get(account)
      held.delete(account)
      earlier?.()
    }
  }
}
