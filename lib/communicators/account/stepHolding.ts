import type { Frame } from '../../Signal.js'
import type { Holding, HoldingInput, HoldingOutput } from './Holding.js'
import { passing } from './Holding.js'

type Step = readonly [Holding, readonly HoldingOutput[]]

/** The next state, and what to do; `most` frames may wait. */
export const stepHolding = (holding: Holding, input: HoldingInput, most: number): Step => {
  const { loss, heardAt, run } = holding
  switch (input._tag) {
    case 'Frame':
      return onFrame(holding, input, most)
    // F36
    case 'Lost': {
      const lost = { ...holding, loss: loss ?? { reason: input.reason, heardAt, lostAt: input.at } }
      return [{ ...lost, connectedAt: undefined, run: run + 1, failures: 0 }, [{ _tag: 'Cancel' }]]
    }
    case 'Carried':
      return loss === undefined ? [{ ...holding, heardAt: input.at }, []] : reconcile(holding, input.at)
    case 'Reconciled':
      return input.run === run
        ? [{ ...passing, heardAt: heardSince(holding), run }, [{ _tag: 'Release' }]]
        : [holding, []]
    case 'Failed': {
      if (input.run !== run) return [holding, []]
      const attempt = holding.failures + 1
      return [{ ...holding, failures: attempt }, [{ _tag: 'Wait', run, attempt, reason: input.reason }]]
    }
    case 'Due':
      return input.run === run && holding.connectedAt !== undefined
        ? reconcile(holding, holding.connectedAt)
        : [holding, []]
  }
}

/** The account was heard last when it was carried again, or when the last event that waits came. */
const heardSince = ({ heardAt, connectedAt, heldAt }: Holding): number => Math.max(connectedAt ?? heardAt, heldAt)

/** Starts a run for everything that was missed, up to `connectedAt`. */
const reconcile = (holding: Holding, connectedAt: number): Step => {
  const { loss, dropped } = holding
  if (loss === undefined) return [holding, []]
  const run = holding.run + 1
  return [{ ...holding, connectedAt, run }, [{ _tag: 'Reconcile', run, loss: { ...loss, connectedAt }, dropped }]]
}

const onFrame = (holding: Holding, frame: Frame, most: number): Step => {
  const { loss, held, dropped, connectedAt } = holding
  if (loss === undefined) return [{ ...holding, heardAt: frame.receivedAt }, [{ _tag: 'Pass', frame }]]
  const heldAt = frame.receivedAt
  if (held < most) return [{ ...holding, held: held + 1, heldAt }, [{ _tag: 'Hold', frame }]]
  const emptied = { ...holding, held: 1, heldAt, dropped: dropped + held, failures: 0 }
  const outputs: readonly HoldingOutput[] = [{ _tag: 'Drop' }, { _tag: 'Hold', frame }]
  if (connectedAt === undefined) return [emptied, outputs]
  const [next, more] = reconcile(emptied, frame.receivedAt)
  return [next, [...outputs, ...more]]
}
