import { freeAt, spend, type Spent } from '../../../timing/rateWindow.js'
import type { Limits } from '../../../venues/Venue.js'

/** How often one address may try to connect, shared by all connections of a communicator. Times in ms. */
export interface Attempts {
  /** When the next attempt may be made: now, or later. */
  readonly at: (now: number) => number
  readonly made: (now: number) => void
  /** When the next attempt may be made that is needed for nothing but to find something out. */
  readonly probeAt: (now: number) => number
  /** Nobody tries before this time: the venue asked for it. */
  readonly block: (until: number) => void
  /** Only what is needed is tried before this time: the venue takes no requests, but may take a connection. */
  readonly pause: (until: number) => void
}

/** What Binance documents, for venues that say nothing. */
const usual = { count: 300, per: 300_000 }

/** At most `count` attempts in any span of `per` ms. */
export const createAttempts = ({ count, per }: NonNullable<Limits['connectionAttempts']> = usual): Attempts => {
  const rate = { most: count, per }
  let spent: Spent = []
  let blockedUntil = -Infinity
  let pausedUntil = -Infinity
  const at = (now: number) => Math.max(now, blockedUntil, freeAt(spent, rate))
  return {
    at,
    probeAt: (now) => Math.max(at(now), pausedUntil), // F76
    made: (now) => {
      spent = spend(spent, rate, now)
    },
    block: (until) => {
      blockedUntil = Math.max(blockedUntil, until)
    },
    pause: (until) => {
      pausedUntil = Math.max(pausedUntil, until)
    },
  }
}
