import { createClient } from '../lib/client/createClient.js'
import { formatRecorded } from '../lib/communicators/record/recordedSignal.js'
import { websocketCommunicator } from '../lib/communicators/websocket/websocketCommunicator.js'
import { seeded } from '../lib/simulation/market/seeded.js'
import { simulate, type SimulationConfig } from '../lib/simulation/index.js'
import type { Venue } from '../lib/venues/Venue.js'

/** What is recorded of a simulated venue. */
export interface SimulatedRecordingConfig extends Pick<SimulationConfig, 'seed' | 'start' | 'pause'> {
  readonly venue: Venue
  /** Beside what its book is made of. */
  readonly streams: readonly string[]
  /** In ms. */
  readonly duration: number
}

/** What a client of a simulated venue recorded, BTCUSDT's book among it: `<received at, in ms> <frame>` lines. */
export const simulatedRecording = async (config: SimulatedRecordingConfig): Promise<string> => {
  const { venue, streams, duration } = config
  const { transport, fetch, scheduler, controls, pass, close } = simulate(config)
  const random = seeded(1)
  const rest = { fetch, scheduler, random }
  const communicator = websocketCommunicator(venue, { transport, scheduler, random, rest })
  const client = createClient({ venue, communicator, scheduler, streams })
  const lines: string[] = []
  client.signal$.subscribe((signal) => {
    const { _tag, receivedAt } = signal
    if (_tag === 'Frame') lines.push(`${receivedAt} ${signal.text}\n`)
    if (_tag === 'Reply')
      lines.push(`${receivedAt} ${formatRecorded({ _tag, symbol: signal.symbol, text: signal.text })}\n`)
  })
  client.book('BTCUSDT').subscribe()
  const connection = client.connect()
  controls.run()
  await pass(duration)
  connection.unsubscribe()
  await close()
  return lines.join('')
}
