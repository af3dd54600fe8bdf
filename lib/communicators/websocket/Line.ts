import type { End } from './End.js'
import type { ReconnectPolicy } from './reconnectDelay.js'

/** One connection of a line. Times in ms. */
export interface Leg {
  readonly id: number
  readonly openedAt: number | undefined
  /** When everything wanted was answered for. */
  readonly settledAt: number | undefined
  /** When it has to be replaced. */
  readonly rotateAt: number
  /** The venue announced its end, so that it cannot stay. */
  readonly isDoomed: boolean
}

/** A line carries a set of streams: over one connection, over two while one takes over from the other, or over none. */
export interface Line {
  readonly lastId: number
  readonly active: Leg | undefined
  /** Takes over from the active one as soon as it can. */
  readonly successor: Leg | undefined
  /** Attempts since the last stable connection. */
  readonly attempt: number
  /** How often in a row the venue said that we ask for too much. */
  readonly caution: number
  /** When the next connection is opened; `undefined` while none is needed. */
  readonly openAt: number | undefined
}

export const emptyLine = (now: number): Line => ({
  lastId: 0,
  active: undefined,
  successor: undefined,
  attempt: 0,
  caution: 0,
  openAt: now,
})

/** What happens to a line. */
export type LineInput =
  | { readonly _tag: 'Tick' }
  | { readonly _tag: 'Opened' | 'Settled' | 'ShuttingDown'; readonly id: number }
  | { readonly _tag: 'Ended'; readonly id: number; readonly end: End }
  | { readonly _tag: 'Rotate'; readonly reason: string }

/** What a line has done, in this order. */
export type LineOutput =
  | { readonly _tag: 'Open'; readonly id: number; readonly caution: number }
  | { readonly _tag: 'Close'; readonly id: number }
  | {
      readonly _tag: 'Wait'
      readonly id: number
      readonly delay: number
      readonly attempt: number
      readonly reason: string
    }
  | { readonly _tag: 'Rotating'; readonly id: number; readonly reason: string }

/** What a line knows beside its state. */
export interface LineContext {
  readonly now: number
  readonly policy: Required<ReconnectPolicy>
  readonly random: () => number
  /** How long a connection may stay, in ms, less what is left to replace it; drawn anew for each. */
  readonly term: number
  /** When the shared budget lets another attempt be made. */
  readonly attemptAt: number
  readonly mayHandOver: (active: Leg, successor: Leg) => boolean
}
