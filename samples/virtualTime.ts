import { asterFutures, createClient, websocketCommunicator } from 'aster-rx'
import { simulate } from 'aster-rx/simulation'

const { transport, fetch, scheduler, controls, pass, close } = simulate({ venue: asterFutures, seed: 7 })

const client = createClient({
  venue: asterFutures,
  communicator: websocketCommunicator(asterFutures, { transport, scheduler, rest: { fetch, scheduler } }),
  scheduler,
})

client.book('BTCUSDT').subscribe((state) => {
  if (state._tag === 'Syncing') console.log(new Date(scheduler.now()).toISOString(), state.reason)
})

const connection = client.connect()
controls.run()
await pass(60_000)
controls.disconnect(1006)
await pass(60_000)
connection.unsubscribe()
await close()
