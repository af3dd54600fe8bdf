import { calmDown, drawn } from './faults.js'
import type { FaultTarget } from './Fault.js'
import type { SoakedClient } from './soakedClient.js'

/** Faults, and listeners that come and go, at random. */
export interface Chaos {
  /** A fault, or a listener that comes or goes. */
  readonly next: () => void
  /** Lasting faults end, and every name is listened to. */
  readonly stop: () => void
  /** How often each fault was put in. */
  readonly injected: ReadonlyMap<string, number>
}

/** How often it is a listener that comes or goes. */
const TOGGLES = 0.35

/** How often an account orders something between two faults. */
const ORDERS = 3

export const chaos = (
  target: FaultTarget,
  { subscriptions, hasAccount }: SoakedClient,
  names: readonly string[],
): Chaos => {
  const injected = new Map<string, number>()
  const { random } = target

  const order = ({ controls, symbols: [symbol = ''] }: FaultTarget) =>
    controls.account().place({ symbol, side: random() < 0.5 ? 'BUY' : 'SELL', quantity: '0.010' })

  const next = () => {
    if (hasAccount) for (let i = 0; i < ORDERS; i++) order(target)
    if (random() < TOGGLES) {
      const name = names[Math.floor(random() * names.length)]
      if (name !== undefined) subscriptions.toggle(name)
      injected.set('listener', (injected.get('listener') ?? 0) + 1)
      return
    }
    const fault = drawn(target)
    if (fault === undefined) return
    injected.set(fault.name, (injected.get(fault.name) ?? 0) + 1)
    fault.happen(target)
  }

  return {
    injected,
    next,
    stop: () => {
      calmDown(target)
      for (const name of names) subscriptions.begin(name)
    },
  }
}
