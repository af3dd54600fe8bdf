// Loaded before a program that follows venues: simulated ones stand where it looks for them.
import { readFileSync } from 'node:fs'
import * as library from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { WebSocket } from 'ws'

// The address is that of the private key 1.
const accounts = [{ apiKey: 'key', secret: 'secret', signer: '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf' }]

const program = readFileSync(process.argv[1], 'utf8')
for (const venue of Object.values(library)) {
  if (venue?.endpoints === undefined || !program.includes(venue.name)) continue
  const { addresses, controls } = await startVenue({ venue, seed: 7, accounts })
  venue.endpoints = addresses
  controls.run()
}
globalThis.WebSocket ??= WebSocket
