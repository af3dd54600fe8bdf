import { startVenue } from '../simulation/index.js'
import type { MarketVenue } from './venues.js'

/** A venue that runs with these symbols, or its own, and where it is. */
export const simulatedVenue = async (
  venue: MarketVenue,
  symbols: readonly string[],
): Promise<{
  readonly places: { readonly endpoint: string; readonly rest: string }
  readonly close: () => Promise<void>
}> => {
  const { addresses, controls, close } = await startVenue({ venue, ...(symbols.length > 0 && { symbols }) })
  controls.run()
  return { places: { endpoint: addresses.websocket, rest: addresses.rest }, close }
}
