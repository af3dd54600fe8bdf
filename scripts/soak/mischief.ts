import { calmDown, drawn } from './faults.js'
import type { Place } from './Fault.js'
import type { SoakedClient } from './soakedClient.js'

/** What is done to a client, by chance. */
export interface Mischief {
  /** Something goes wrong, or somebody comes or goes. */
  readonly next: () => void
  /** Nothing goes wrong any more by itself, and everybody listens. */
  readonly stop: () => void
  /** How often each fault was put in. */
  readonly injected: ReadonlyMap<string, number>
}

/** How often it is a listener that comes or goes. */
const TOGGLES = 0.35

/** How often an account orders something between two faults. */
const ORDERS = 3

export const mischief = (place: Place, { listening, hasAccount }: SoakedClient, names: readonly string[]): Mischief => {
  const injected = new Map<string, number>()
  const { random } = place

  const order = ({ controls, symbols: [symbol = ''] }: Place) =>
    controls.account().place({ symbol, side: random() < 0.5 ? 'BUY' : 'SELL', quantity: '0.010' })

  const next = () => {
    if (hasAccount) for (let i = 0; i < ORDERS; i++) order(place)
    if (random() < TOGGLES) {
      const name = names[Math.floor(random() * names.length)]
      if (name !== undefined) listening.toggle(name)
      injected.set('listener', (injected.get('listener') ?? 0) + 1)
      return
    }
    const fault = drawn(place)
    if (fault === undefined) return
    injected.set(fault.name, (injected.get(fault.name) ?? 0) + 1)
    fault.happen(place)
  }

  return {
    injected,
    next,
    stop: () => {
      calmDown(place)
      for (const name of names) listening.begin(name)
    },
  }
}
