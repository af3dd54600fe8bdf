import type { Frame } from '../../Signal.js'
import type { Loss } from './Loss.js'
import type { Turn } from './Told.js'

/** Whether events pass, or wait for what was missed to be reconciled. Times in ms. */
export interface Holding {
  /** When the account was heard last, or began to be carried. */
  readonly heardAt: number
  /** What is not reconciled yet; `undefined` while events pass. */
  readonly loss: Omit<Loss, 'connectedAt'> | undefined
  /** When the account was carried again; `undefined` while it is not. */
  readonly connectedAt: number | undefined
  /** The number of the run under way: whatever else is said to have ended is nobody's concern. */
  readonly run: number
  /** Failures in a row. */
  readonly failures: number
  /** Frames that wait, and those that were dropped since the loss. */
  readonly held: number
  readonly dropped: number
  /** When the last of them came. */
  readonly heldAt: number
}

export const passing: Holding = {
  heardAt: -Infinity,
  loss: undefined,
  connectedAt: undefined,
  run: 0,
  failures: 0,
  held: 0,
  dropped: 0,
  heldAt: -Infinity,
}

/** What happens; `run` says which run ended, failed, or waited long enough. */
export type HoldingInput =
  | Turn
  | Frame
  | { readonly _tag: 'Reconciled' | 'Due'; readonly run: number; readonly at: number }
  | { readonly _tag: 'Failed'; readonly run: number; readonly at: number; readonly reason: string }

/** What to do, in this order. */
export type HoldingOutput =
  | { readonly _tag: 'Pass'; readonly frame: Frame }
  | { readonly _tag: 'Hold'; readonly frame: Frame }
  /** Forget the frames that wait. */
  | { readonly _tag: 'Drop' }
  /** Let the frames that wait pass. */
  | { readonly _tag: 'Release' }
  /** Start this run, in place of any other. */
  | { readonly _tag: 'Reconcile'; readonly run: number; readonly loss: Loss; readonly dropped: number }
  /** Nothing goes on any more. */
  | { readonly _tag: 'Cancel' }
  | { readonly _tag: 'Wait'; readonly run: number; readonly attempt: number; readonly reason: string }
