import type { brokenFrames } from './brokenFrames.js'
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

/**
 * A frame that breaks the protocol: reserved bits or a reserved opcode, a text that is no UTF-8, a close frame of one
 * byte or with a code that is never sent, a frame masked as only clients do it, a PING that is too long or cut in two,
 * a continuation of nothing, or a message that goes on as long as somebody takes it.
 */
export type BrokenFrame = keyof typeof brokenFrames | 'endlessFragments'

/**
 * How a packed message goes wrong: it becomes huge when it is inflated, it stops in the middle, or it is not packed at
 * all.
 */
export type PackingFault = 'bomb' | 'cut' | 'plain'

/** What is to go wrong on sockets. */
export interface SocketFaults {
  readonly upgrades: Planned<UpgradeFault>
  readonly requests: Planned<RequestFault>
  readonly depth: Planned<DepthFault>
  /** A PING of the client is not answered. */
  readonly pongs: Planned<true>
}
