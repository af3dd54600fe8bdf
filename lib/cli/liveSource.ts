import { websocketCommunicator, type Communicator } from '../index.js'
import { aBroker, connectBroker } from './broker.js'
import type { OptionTable, ValuesOf } from './Command.js'
import { liveOptions } from './liveOptions.js'
import { simulatedVenue } from './simulatedVenue.js'
import { UsageError } from './UsageError.js'
import type { MarketVenue } from './venues.js'

/** What a command takes that follows a venue, or what stands for it. */
export const sourceOptions = {
  simulated: { says: 'Follows a simulated venue, which runs as long as this does, and not the real one.' },
  ...liveOptions,
} as const satisfies OptionTable

/** What commands take that can read a broker. */
export const brokerOption = {
  nats: {
    type: aBroker,
    without: 'the venue',
    says: 'Reads what `publish` publishes to this server of NATS; the venue is asked nothing.',
  },
} as const satisfies OptionTable

/** Where signals come from. */
export interface LiveSource {
  readonly communicator: Communicator<MarketVenue['name']>
  readonly close: () => Promise<void>
}

type Asked = Pick<ValuesOf<typeof sourceOptions>, 'simulated' | 'endpoint' | 'rest'> &
  Partial<ValuesOf<typeof brokerOption>>

/** @throws UsageError for options of several sources. */
export const checkSource = ({ simulated, endpoint, rest, nats }: Asked): void => {
  if (simulated && (endpoint !== undefined || rest !== undefined))
    throw new UsageError('--simulated: expected no --endpoint and no --rest, as it has addresses of its own')
  if (nats !== undefined && (simulated || endpoint !== undefined || rest !== undefined))
    throw new UsageError('--nats: expected no --simulated, no --endpoint and no --rest, as the venue is not asked')
}

/** A venue, one of its own with these symbols, or a broker. @throws UsageError for options of several. */
export const liveSource = async (venue: MarketVenue, symbols: readonly string[], asked: Asked): Promise<LiveSource> => {
  checkSource(asked)
  if (asked.nats !== undefined) {
    const { connection, natsCommunicator, close } = await connectBroker(asked.nats)
    return { communicator: natsCommunicator(connection, { venue }), close }
  }
  const simulated = asked.simulated ? await simulatedVenue(venue, symbols) : undefined
  const { endpoint, rest } = { ...asked, ...simulated?.places }
  const communicator = websocketCommunicator<MarketVenue>(venue, {
    ...(endpoint !== undefined && { endpoint }),
    ...(rest !== undefined && { rest: { endpoint: rest } }),
  })
  return { communicator, close: async () => simulated?.close() }
}
