import type { Planned } from './planned.js'

/** How an attempt to connect goes wrong. */
export type UpgradeFault =
  /** Answered with an HTTP status; `retryAfter` in seconds. */
  | { readonly _tag: 'refuse'; readonly status: number; readonly retryAfter?: number; readonly body?: string }
  /** Never answered. */
  | { readonly _tag: 'ignore' }
  /** Opened, and reset at once. */
  | { readonly _tag: 'reset' }

/** How a request for streams goes wrong. */
export type RequestFault =
  /** Neither done nor answered. */
  | { readonly _tag: 'ignore' }
  /** Not done; `shape` is how the error is written: with the id or without, or wrapped as `error`. */
  | {
      readonly _tag: 'refuse'
      readonly code: number
      readonly msg: string
      readonly shape: 'bare' | 'numbered' | 'wrapped'
    }
  /** Done at once, and answered so many ms later. */
  | { readonly _tag: 'late'; readonly delay: number }

/** What happens to a depth event. */
export type DepthFault = 'drop' | 'duplicate' | 'reorder'

/** What is to go wrong on sockets. */
export interface SocketFaults {
  readonly upgrades: Planned<UpgradeFault>
  readonly requests: Planned<RequestFault>
  readonly depth: Planned<DepthFault>
  /** A PING of the client is not answered. */
  readonly pongs: Planned<true>
}
