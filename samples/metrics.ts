import { createServer } from 'node:http'
import { asterFutures, createClient, websocketCommunicator } from 'aster-rx'
import { metrics, PROMETHEUS_CONTENT_TYPE, prometheusText } from 'aster-rx/metrics'
import { startVenue } from 'aster-rx/simulation'
import { take } from 'rxjs'

const venue = await startVenue({ venue: asterFutures, seed: 7 })
const { websocket: endpoint, rest } = venue.addresses
const communicator = websocketCommunicator(asterFutures, { endpoint, rest: { endpoint: rest } })
const client = createClient({ venue: asterFutures, communicator, streams: ['btcusdt@trade'] })

const measured = metrics(client)
const server = createServer((_, response) =>
  response.setHeader('Content-Type', PROMETHEUS_CONTENT_TYPE).end(prometheusText(measured)),
).listen(0, '127.0.0.1')

const connection = client.connect()
venue.controls.run()

// Prometheus does this every few seconds.
const scrape = async () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  console.log(await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text())
  connection.unsubscribe()
  server.close()
  server.closeAllConnections()
  await venue.close()
}
client.trade$.pipe(take(1)).subscribe(() => void scrape())
