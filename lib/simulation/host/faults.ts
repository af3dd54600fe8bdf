import type { BrokenFrame } from './brokenFrames.js'

export type { BrokenFrame }

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
  /** Done at once, and answered so many milliseconds later. */
  | { readonly _tag: 'late'; readonly delay: number }

/** What happens to a depth event: it is lost, doubled, or sent after the next one of its stream. */
export type DepthFault = 'drop' | 'duplicate' | 'reorder'

/** What happens to an account event: it is lost, doubled, or sent after the next one of its account. */
export type AccountFault = 'drop' | 'duplicate' | 'reorder'

/**
 * How the compression of a message goes wrong: the message becomes huge when it is inflated, it stops in the middle, or
 * it is not compressed at all.
 */
export type CompressionFault = 'bomb' | 'cut' | 'plain'

/**
 * The calls that can be made to fail: `market` is every call about the market but for `depth`, `order` every call about
 * orders, `account` balances, positions and all else of an account.
 */
export type RestCall = 'depth' | 'market' | 'time' | 'listenKey' | 'order' | 'account'

/**
 * How a call goes wrong. With `error` and `html` nothing was done; with the others it was, only the answer is wrong.
 */
export type RestFault =
  /** The venue's own error; `retryAfter` in seconds. */
  | {
      readonly _tag: 'error'
      readonly status: number
      readonly code: number
      readonly msg: string
      readonly retryAfter?: number
    }
  /** A page of a gateway; `retryAfter` in seconds. */
  | { readonly _tag: 'html'; readonly status: number; readonly retryAfter?: number }
  /** A success whose body stops in the middle. */
  | { readonly _tag: 'cut' }
  /** A success without one of its keys. */
  | { readonly _tag: 'lacks'; readonly key: string }
  /** The answer is that of the moment of asking, and comes so many milliseconds later. */
  | { readonly _tag: 'late'; readonly delay: number }
  /** No answer at all. */
  | { readonly _tag: 'silent' }

/** Everything that is planned to go wrong. */
export interface VenueFaults {
  readonly upgrades: Planned<UpgradeFault>
  readonly requests: Planned<RequestFault>
  readonly depth: Planned<DepthFault>
  /** A PING of the client is not answered. */
  readonly pongs: Planned<true>
  readonly account: Planned<AccountFault>
  readonly rest: Readonly<Record<RestCall, Planned<RestFault>>>
}

/** Nothing goes wrong at first. */
export const venueFaults = (): VenueFaults => ({
  upgrades: planned(),
  requests: planned(),
  depth: planned(),
  pongs: planned(),
  account: planned(),
  rest: {
    depth: planned(),
    market: planned(),
    time: planned(),
    listenKey: planned(),
    order: planned(),
    account: planned(),
  },
})

/** What is to happen the next times that something is done. */
export interface Planned<A> {
  /** For the next `count` times, after all that was planned before. */
  readonly plan: (what: A, count?: number) => void
  /** What is planned for this time, if anything. */
  readonly take: () => A | undefined
}

/** Nothing is planned at first. */
export const planned = <A>(): Planned<A> => {
  let plans: readonly { readonly what: A; readonly left: number }[] = []
  return {
    plan: (what, count = 1) => {
      if (count > 0) plans = [...plans, { what, left: count }]
    },
    take: () => {
      const [next, ...others] = plans
      if (next === undefined) return undefined
      plans = next.left > 1 ? [{ ...next, left: next.left - 1 }, ...others] : others
      return next.what
    },
  }
}

/** Sends events of several lanes, by a fault each: lost, doubled, or after the next one of their lane. */
export const faultyDelivery = (
  faults: Planned<'drop' | 'duplicate' | 'reorder'>,
): ((lane: string, deliver: () => void) => void) => {
  const held = new Map<string, () => void>()
  return (lane, deliver) => {
    const fault = faults.take()
    if (fault === 'reorder' && !held.has(lane)) {
      held.set(lane, deliver)
      return
    }
    if (fault !== 'drop') deliver()
    if (fault === 'duplicate') deliver()
    const earlier = held.get(lane)
    held.delete(lane)
    earlier?.()
  }
}
