import { firstValueFrom, lastValueFrom, ReplaySubject, filter, tap } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { PublishConfig } from '../../lib/nats/PublishConfig.js'
import type { BookState } from '../../lib/operators/BookState.js'
import type { Signal } from '../../lib/Signal.js'
import { startVenue } from '../../lib/simulation/index.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import type { NatsServer } from './natsServer.js'

/** A client of a simulated venue that publishes all it hears, and holds the book of BTCUSDT. */
export const startConnector = async (server: NatsServer, config: Partial<PublishConfig> = {}) => {
  const simulated = await startVenue({ venue, seed: 7 })
  const { websocket: endpoint, rest } = simulated.addresses
  const communicator = websocketCommunicator(venue, { endpoint, rest: { endpoint: rest } })
  const client = createClient({ venue, communicator, streams: ['btcusdt@trade'] })
  const states: BookState[] = []
  client.book('btcusdt').subscribe((state) => states.push(state))
  const said$ = new ReplaySubject<Signal>(Infinity)
  const stored = lastValueFrom(
    client.signal$.pipe(
      publishSignals(await server.connection(), { venue, books: client.heldBooks, ...config }),
      tap(said$),
    ),
  )
  await firstValueFrom(said$.pipe(filter(({ _tag }) => _tag === 'BrokerConnected')))
  return {
    ...{ client, controls: simulated.controls, states, said$ },
    /** All that was said before is stored then. */
    stop: async () => {
      client.connect().unsubscribe()
      await stored
      await simulated.close()
    },
  }
}

/** The best prices of a book by the id of the update that made them. */
export const topsOf = (states: readonly BookState[]) =>
  new Map(
    states.flatMap((state) => (state._tag === 'Synced' ? [[state.update?.lastUpdateId, state.top] as const] : [])),
  )
