import type { AccountFault } from './AccountFault.js'
import { planned, type Planned } from './planned.js'
import type { RestCall, RestFault } from './RestFault.js'
import type { DepthFault, RequestFault, SocketFaults, UpgradeFault } from './SocketFaults.js'

/** Everything that is to go wrong. */
export interface VenueFaults extends SocketFaults {
  readonly account: Planned<AccountFault>
  readonly rest: Readonly<Record<RestCall, Planned<RestFault>>>
}

/** Nothing goes wrong at first. */
export const venueFaults = (): VenueFaults => ({
  upgrades: planned<UpgradeFault>(),
  requests: planned<RequestFault>(),
  depth: planned<DepthFault>(),
  pongs: planned<true>(),
  account: planned<AccountFault>(),
  rest: {
    depth: planned<RestFault>(),
    time: planned<RestFault>(),
    listenKey: planned<RestFault>(),
    order: planned<RestFault>(),
    account: planned<RestFault>(),
  },
})
