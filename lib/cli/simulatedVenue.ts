import { startVenue } from '../simulation/index.js'
import type { ValuesOf } from './Command.js'
import type { liveOptions } from './liveOptions.js'
import { UsageError } from './UsageError.js'
import type { MarketVenue } from './venues.js'

/** What a command takes that can follow a venue of its own. */
export const simulatedOption = {
  says: 'Follows a simulated venue, which runs as long as this does, and not the real one.',
} as const

/** A venue that runs with these symbols, or its own, and where it is. @throws UsageError where another one was named, too. */
export const simulatedVenue = async (
  venue: MarketVenue,
  symbols: readonly string[],
  { endpoint, rest }: Pick<ValuesOf<typeof liveOptions>, 'endpoint' | 'rest'>,
): Promise<{
  readonly places: { readonly endpoint: string; readonly rest: string }
  readonly close: () => Promise<void>
}> => {
  if (endpoint !== undefined || rest !== undefined)
    throw new UsageError('--simulated: expected no --endpoint and no --rest, as it has addresses of its own')
  const { addresses, controls, close } = await startVenue({ venue, ...(symbols.length > 0 && { symbols }) })
  controls.run()
  return { places: { endpoint: addresses.websocket, rest: addresses.rest }, close }
}
