import { identity, takeWhile } from 'rxjs'
import type { RelayEvent } from '../../simulation/index.js'
import { defineCommand } from '../defineCommand.js'
import { runFor } from '../liveOptions.js'
import { servedArgument, servedBy, serveOptions } from '../served.js'
import { startServed } from '../startServed.js'

/** A session was over, and not because its clients left. */
const isOver = (event: RelayEvent) => event.type === 'ended' && (event.isWhole || event.error !== undefined)

/** Serves recordings, or one live connection, as the venue does. */
export const serve = defineCommand({
  name: 'serve',
  says: 'Serves recordings, or one connection to a venue, to any client, by the venue’s own WebSocket and REST dialect.',
  details: [
    'Whatever a client of the venue is written in, it needs nothing but the address that is printed: both endpoints (/ws and /stream), requests for streams, PINGs and limits are the venue’s, and each frame is the venue’s, byte for byte. The order book over REST is the one that was recorded, for whoever has its stream from there on, and else the one that the updates have made since.',
    'A recording begins when its clients are ready: when --clients of them have asked for streams, and for --settle nobody has asked for more. Who connects later joins it where it is. It waits for the slowest of them, so that at any speed nothing is lost. At its end the connections stay, and the next one that asks for a stream begins it again; when the last client leaves before, that is an end, too.',
    'A venue is connected to while somebody wants a stream, once for all clients; requests that need no key are passed on. A client that does not read is closed with 1008, so that it holds up nobody.',
  ],
  arguments: [servedArgument],
  options: serveOptions,
  examples: [
    'aster-rx serve asterFutures-btcusdt.txt.gz --port 8080',
    'aster-rx serve day1.txt.gz day2.txt.gz --speed instant --once',
    'aster-rx serve day.txt.gz --from 2024-08-09T13:30 --speed 10 --clients 2',
    'aster-rx serve binanceSpot --port 8080',
  ],
  run: async ({ arguments: given, options: asked }, terminal) => {
    const served = await servedBy(given, asked, terminal)
    const { once } = asked
    const relay = await startServed(served, asked, terminal)
    const events$ = relay.event$.pipe(once ? takeWhile((event) => !isOver(event), true) : identity)
    let isWhole = false
    try {
      const { websocket, rest: address } = relay.addresses
      terminal.data(
        { venue: served.venue.name, websocket, rest: address },
        () => `websocket  ${websocket}\nrest       ${address}`,
      )
      isWhole = await terminal.until(events$.pipe(runFor(asked, terminal)))
    } finally {
      await relay.close(isWhole && once ? { code: 1000, reason: 'The recording has ended', within: 30_000 } : undefined)
    }
  },
})
