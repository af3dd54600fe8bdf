import type { Frame, Signal } from '../../Signal.js'

/** A time in which events of an account may have been missed. Times in ms since 1970, by the signals' clock. */
export interface Loss {
  /** What happened, as the status says it. */
  readonly reason: string
  /**
   * When the account was heard last, or began to be carried. What happened shortly before may still have been on its
   * way, and account events are not sent in a certain order: ask from some seconds earlier.
   */
  readonly heardAt: number
  /** When the loss was noticed; of several without a `reconcile` between that worked, the first. */
  readonly lostAt: number
  /** From when on events come again; they wait. */
  readonly connectedAt: number
}

/** What becomes of an account's events; times in ms. */
export type CarrierChange =
  /** Events come from now on. */
  | { readonly _tag: 'Carried'; readonly at: number }
  /** No events come any more, whatever is open. */
  | { readonly _tag: 'Lost'; readonly at: number; readonly reason: string }

/** The signals of an account, and between them what they mean for its events. */
export type AccountSignal = Signal | CarrierChange

export const isCarrierChange = (signal: AccountSignal): signal is CarrierChange => 'at' in signal

/** What was missed and is not reconciled yet, and the frames that wait for it. Times in ms. */
interface Missed {
  readonly loss: Omit<Loss, 'connectedAt'>
  readonly buffered: number
  /** Their texts, in characters. */
  readonly size: number
  /** When the last of them came. */
  readonly bufferedAt: number
  /** Those that were too many, since the loss. */
  readonly dropped: number
}

/**
 * Holds the events of an account from a loss until what was missed has been asked for.
 *
 * ```
 *            Lost               Carried
 *  Open ───────────► Uncarried ─────────► Reconciling ──Failed──► Waiting
 *   ▲                    ▲                 │  │   ▲                │  │
 *   │                    │       Lost      │  │   └──────Due───────┘  │
 *   │                    ├─────────────────┘  │                       │
 *   │                    └──────────Lost──────┼───────────────────────┘
 *   └──────────────── Reconciled ─────────────┘
 * ```
 *
 * More frames than may wait begin another run.
 */
export type ReconcileGate = {
  /** The number of the run under way: whatever else is said to have ended is nobody's concern. */
  readonly run: number
} & (
  | {
      readonly _tag: 'Open'
      /** When the account was heard last, or began to be carried. */
      readonly heardAt: number
    }
  | ({ readonly _tag: 'Uncarried' } & Missed)
  | ({ readonly _tag: 'Reconciling' | 'Waiting'; readonly connectedAt: number; readonly failures: number } & Missed)
)

export const openGate: ReconcileGate = { _tag: 'Open', run: 0, heardAt: -Infinity }

/** What happens; `run` says which run ended, failed, or waited long enough. */
export type GateInput =
  | CarrierChange
  | Frame
  | { readonly _tag: 'Reconciled' | 'Due'; readonly run: number }
  | { readonly _tag: 'Failed'; readonly run: number; readonly reason: string }

/** What to do, in this order. */
export type GateOutput =
  | { readonly _tag: 'Pass'; readonly frame: Frame }
  | { readonly _tag: 'Buffer'; readonly frame: Frame }
  /** Forget the frames that wait. */
  | { readonly _tag: 'Discard' }
  /** Let the frames that wait pass. */
  | { readonly _tag: 'Release' }
  /** Start this run, in place of any other. */
  | { readonly _tag: 'Reconcile'; readonly run: number; readonly loss: Loss; readonly dropped: number }
  /** Nothing goes on any more. */
  | { readonly _tag: 'Cancel' }
  | { readonly _tag: 'Wait'; readonly run: number; readonly attempt: number; readonly reason: string }

/** The frames that wait are no longer than this together, in characters; one that is longer waits alone. */
export const MOST_BUFFERED = 32 * 2 ** 20

type Step = readonly [ReconcileGate, readonly GateOutput[]]

/** The next state, and what to do; `maxBuffer` frames may wait. */
export const stepGate = (gate: ReconcileGate, input: GateInput, maxBuffer: number): Step => {
  switch (input._tag) {
    case 'Frame':
      return onFrame(gate, input, maxBuffer)
    // F36
    case 'Lost':
      return [{ _tag: 'Uncarried', run: gate.run + 1, ...missedBy(gate, input) }, [{ _tag: 'Cancel' }]]
    case 'Carried':
      return gate._tag === 'Open' ? [{ ...gate, heardAt: input.at }, []] : reconcile(gate, input.at, 0)
    case 'Reconciled':
      if (gate._tag !== 'Reconciling' || input.run !== gate.run) return [gate, []]
      // A reconciliation hears nothing: the account was heard when it was carried again, or with what waited.
      return [
        { _tag: 'Open', run: gate.run, heardAt: Math.max(gate.connectedAt, gate.bufferedAt) },
        [{ _tag: 'Release' }],
      ]
    case 'Failed': {
      if (gate._tag !== 'Reconciling' || input.run !== gate.run) return [gate, []]
      const attempt = gate.failures + 1
      const wait = { _tag: 'Wait', run: gate.run, attempt, reason: input.reason } as const
      return [{ ...gate, _tag: 'Waiting', failures: attempt }, [wait]]
    }
    case 'Due':
      if (gate._tag !== 'Waiting' || input.run !== gate.run) return [gate, []]
      return reconcile(gate, gate.connectedAt, gate.failures)
  }
}

const none = { buffered: 0, size: 0, bufferedAt: -Infinity }

/** Of losses without a reconciliation between, the first counts. */
const missedBy = (gate: ReconcileGate, { at, reason }: Extract<CarrierChange, { readonly _tag: 'Lost' }>): Missed => {
  if (gate._tag === 'Open') return { loss: { reason, heardAt: gate.heardAt, lostAt: at }, ...none, dropped: 0 }
  const { loss, buffered, size, bufferedAt, dropped } = gate
  return { loss, buffered, size, bufferedAt, dropped }
}

/** Starts a run for everything that was missed up to `connectedAt`. */
const reconcile = (missed: Missed & { readonly run: number }, connectedAt: number, failures: number): Step => {
  const { loss, dropped } = missed
  const run = missed.run + 1
  return [
    { ...missed, _tag: 'Reconciling', run, connectedAt, failures },
    [{ _tag: 'Reconcile', run, loss: { ...loss, connectedAt }, dropped }],
  ]
}

const onFrame = (gate: ReconcileGate, frame: Frame, maxBuffer: number): Step => {
  const at = frame.receivedAt
  if (gate._tag === 'Open') return [{ ...gate, heardAt: at }, [{ _tag: 'Pass', frame }]]
  const { buffered, dropped } = gate
  const { length } = frame.text
  const size = gate.size + length
  const buffer = { _tag: 'Buffer', frame } as const
  // F69
  if (buffered === 0 || (buffered < maxBuffer && size <= MOST_BUFFERED))
    return [{ ...gate, buffered: buffered + 1, size, bufferedAt: at }, [buffer]]
  const emptied = { ...gate, buffered: 1, size: length, bufferedAt: at, dropped: dropped + buffered }
  const outputs = [{ _tag: 'Discard' } as const, buffer]
  if (emptied._tag === 'Uncarried') return [emptied, outputs]
  // What was dropped is covered by another reconciliation.
  const [next, more] = reconcile(emptied, at, 0)
  return [next, [...outputs, ...more]]
}
