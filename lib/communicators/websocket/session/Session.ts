import type { Unstamped } from '../../../Signal.js'
import type { ConnectionFact } from '../connection/ConnectionFact.js'
import type { ConnectionSettings } from '../websocketConfig.js'

/**
 * Carries a set of streams: over one connection, over two while one takes over from the other, or over none.
 * While streams are quiet, a second one is asked for these alone; it takes over only if it brings what the first does
 * not.
 *
 * ```
 *              ┌───── Ended ─────┐
 *              ▼                 │
 * ─────────► Waiting ───────► Opening ── Opened ──► Active ◄───────── takes over ─────────┐
 *              ▲    its time, Reconnect             │    │                                │
 *              └────────────── Ended ───────────────┘    │ Rotate, ShuttingDown, its age  │
 *                                                        ▼                                │
 *                                                     Rotating ── with a successor that is
 *                                                                 Waiting ──► Opening ──► Overlapping
 *                                                                    ▲           │             │
 *                                                                    └── Ended ──┴─────────────┘
 *
 *           Quiet, after a while
 *   Active ─────────────────────► Probing ── the successor brings what the active one does not ──► Rotating
 *     ▲                              │         (so, too: Rotate, ShuttingDown, its age)
 *     └── the active one brings all, ┘
 *         nobody brings any, Ended
 * ```
 *
 * When the active connection of a rotation or a probe ends, the session is where the successor is.
 */
export interface Session {
  readonly phase: Phase
  /** The number of the connection that was opened last. */
  readonly lastId: number
  /** Attempts since the last stable connection. */
  readonly attempt: number
  /** How often in a row the venue said that we ask for too much. */
  readonly throttleLevel: number
  /** Attempts that did not reach the venue: each goes on to the next endpoint. */
  readonly unreached: number
  /** What the connection that carries the streams, or is about to, does not bring; since when. */
  readonly quiet: ReadonlyMap<string, number>
  /** What of that was asked for elsewhere in vain, and when it may be once more. */
  readonly probed: ReadonlySet<string>
  readonly probeAt: number
  /** Probes in a row that changed nothing. */
  readonly fruitless: number
}

/** Where a session is. Times in ms. */
export type Phase = Unopened | Active | Rotating | Probing

interface Active {
  readonly _tag: 'Active'
  readonly active: OpenConnection
}

type Waiting = { readonly _tag: 'Waiting'; readonly openAt: number }
export type Opening = { readonly _tag: 'Opening'; readonly id: number }
export type Unopened = Waiting | Opening

export interface Rotating {
  readonly _tag: 'Rotating'
  readonly active: OpenConnection
  readonly successor: Unopened | Overlapping
}

/** Quiet streams are asked for over another connection. */
export interface Probing {
  readonly _tag: 'Probing'
  readonly active: OpenConnection
  readonly successor: Opening | Overlapping
  readonly endAt: number
  /** What the successor brought, and the active one did not. */
  readonly brought: ReadonlySet<string>
  /** When that has been so for long enough, `Infinity` while it is not so. */
  readonly provenAt: number
}

/** One that is open. */
export interface OpenConnection {
  readonly id: number
  readonly openedAt: number
  /** When it has to be replaced. */
  readonly rotateAt: number
}

/** A successor that is open beside the active connection. */
export interface Overlapping {
  readonly _tag: 'Overlapping'
  readonly connection: OpenConnection
  /** When it may take over: some time after everything wanted was answered for, `Infinity` before. */
  readonly takeOverAt: number
  readonly hasData: boolean
  /** Data came on the active connection after everything wanted of this one was answered for. */
  readonly hasActiveData: boolean
  /** The venue announced its end, so that it cannot stay. */
  readonly isShuttingDown: boolean
}

/** What happens to a session. */
export type SessionInput =
  | { readonly _tag: 'Tick' }
  /** These streams are wanted from now on. */
  | { readonly _tag: 'Want'; readonly names: ReadonlySet<string> }
  | { readonly _tag: 'Rotate'; readonly reason: string }
  /** The same, and one that waits does so no longer. */
  | { readonly _tag: 'Reconnect'; readonly reason: string }
  | (ConnectionFact & { readonly id: number })

/** What a session does, in this order. */
export type SessionOutput =
  | {
      readonly _tag: 'Open'
      readonly id: number
      readonly throttleLevel: number
      readonly unreached: number
      /** All that it is asked for; without them, it is everything wanted. */
      readonly quiet?: ReadonlySet<string>
    }
  /** Everything wanted is asked of this connection from now on. */
  | { readonly _tag: 'Extend'; readonly id: number }
  | { readonly _tag: 'Close'; readonly id: number }
  /** The next data of this connection has to be told. */
  | { readonly _tag: 'AwaitData'; readonly id: number }
  /** Says what happened to this connection, or happens after it. */
  | { readonly _tag: 'Say'; readonly id: number; readonly status: Unstamped }

/** What a session knows beside its state. Times in ms. */
export interface SessionContext extends Pick<ConnectionSettings, 'reconnect' | 'overlap' | 'rotateBefore' | 'random'> {
  readonly now: number
  /** When the budget that all connections share lets another attempt be made, and when one that is a probe. */
  readonly attemptAt: number
  readonly probeAllowedAt: number
  /** How long the venue lets a connection live. */
  readonly lifetime: number
}

export const newSession = (now: number): Session => ({
  phase: { _tag: 'Waiting', openAt: now },
  ...{ lastId: 0, attempt: 0, throttleLevel: 0, unreached: 0 },
  ...{ quiet: new Map(), probed: new Set(), probeAt: -Infinity, fruitless: 0 },
})
