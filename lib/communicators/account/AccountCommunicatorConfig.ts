import type { ObservableInput } from 'rxjs'
import type { Backoff } from '../../timing/backoff.js'
import type { ListenKeyConfig } from '../../operators/listenKey.js'
import type { RestConfig } from '../../rest/Rest.js'
import type { ConnectionConfig } from '../websocket/websocketConfig.js'
import type { Loss } from './reconcileGate.js'

/** How account streams are carried. Everything may be left out; times are in ms. */
export interface AccountCommunicatorConfig
  extends ConnectionConfig, Pick<ListenKeyConfig, 'every' | 'retry' | 'createRetry' | 'gone' | 'close'> {
  /**
   * A connection that carries no frame for this long is given up. Accounts may be quiet for hours, so PINGs alone tell
   * whether it lives. Default: Infinity.
   */
  readonly inactivity?: number
  /** How the listen key is asked for: another endpoint, `fetch`, version, a shared budget. Default: the venue's own. */
  readonly rest?: Omit<RestConfig, 'venue' | 'signer' | 'apiKey'>
  /**
   * Called after each loss, once the account is carried again, and before any later event of the account passes: asks
   * the venue for what was missed. Its values are ignored, its end lets the events through, its error is a status, and
   * it is called again. Default: none, so that events pass at once.
   */
  readonly reconcile?: (loss: Loss) => ObservableInput<unknown>
  /** The waits after a `reconcile` that failed. Default: 500, doubled up to 30,000, without a limit. */
  readonly reconcileRetry?: Backoff
  /**
   * How many frames wait for `reconcile` at most, and no more than 32 Mi characters of them. When there are more, those
   * that waited are dropped, which the next `Reconciling` says, and it is called again, so that it covers them.
   * Default: 10,000.
   */
  readonly maxBuffer?: number
}
