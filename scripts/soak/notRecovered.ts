import type { Controls } from '../../lib/simulation/index.js'
import type { SoakedClient } from './soakedClient.js'

/** How many ids a book may be behind the venue's: what a second brings. */
const BEHIND = 200

/** Why a client is not yet as it should be; `undefined` when it is. */
export const notRecovered = (
  { wanted, states, subscriptions, hasAccount, silenced }: SoakedClient,
  controls: Controls,
  symbols: readonly string[],
): string | undefined => {
  // A venue that was silenced does not read that the client has left.
  const heard = controls.connections().filter((connection) => !silenced.has(connection))
  const all = heard.flatMap((connection) => controls.subscriptions(connection))
  const keys = controls.listenKeys()
  if (hasAccount && !keys.some((key) => all.includes(key))) return `no listen key is carried, ${keys.length} live`
  const carried = all.filter((name) => /[@!]/.test(name))
  const twice = carried.filter((name, i) => carried.indexOf(name) !== i)
  if (twice.length > 0) return `carried twice: ${twice.join(' ')}`
  const wanting = wanted()
  const missing = [...wanting].filter((name) => !carried.includes(name))
  if (missing.length > 0) return `not carried: ${missing.join(' ')}`
  const surplus = carried.filter((name) => !wanting.has(name))
  if (surplus.length > 0) return `carried and not wanted: ${surplus.join(' ')}`
  for (const symbol of symbols) {
    if (!subscriptions.now().includes(symbol)) continue
    const state = states.get(symbol)
    if (state?._tag === 'Syncing') return `${symbol} is not synced: ${state.reason}`
    if (state?._tag !== 'Synced') return `${symbol} is ${state?._tag ?? 'nothing'}`
    const { lastUpdateId = 0 } = controls.book(symbol, 1) ?? {}
    const behind = lastUpdateId - state.book.lastUpdateId
    if (behind < 0 || behind > BEHIND) return `${symbol} is ${behind} ids behind`
  }
  return undefined
}
