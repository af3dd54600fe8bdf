import { startVenue, type SimulatedVenue, type VenueConfig } from '../../lib/simulation/index.js'

const open = new Set<SimulatedVenue>()

afterEach(async () => {
  for (const venue of open) await venue.close()
  open.clear()
})

/** A venue on this machine, what a command needs to find it, and a market that runs; it is closed after the spec. */
export const simulated = async (config: VenueConfig) => {
  const venue = await startVenue(config)
  open.add(venue)
  venue.controls.run()
  const { websocket, rest } = venue.addresses
  return { ...venue, places: ['--endpoint', websocket, '--rest', rest] }
}
