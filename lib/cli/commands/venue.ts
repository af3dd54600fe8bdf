import { filter, tap } from 'rxjs'
import { startVenue } from '../../simulation/index.js'
import { cannotListen } from '../cannotListen.js'
import { defineCommand } from '../defineCommand.js'
import { runFor } from '../liveOptions.js'
import { UsageError } from '../UsageError.js'
import { aCount, aDuration, aText } from '../ValueType.js'
import { venueNamed, venueNames } from '../venues.js'

/** @throws UsageError for a text without a key or a secret; it is not shown. */
const accountOf = (text: string) => {
  const [apiKey = '', ...secret] = text.split(':')
  if (apiKey === '' || secret.join('') === '')
    throw new UsageError('--accounts: expected KEY:SECRET, came something else')
  return { apiKey, secret: secret.join(':') }
}

/** A simulated venue as a server. */
export const venue = defineCommand({
  name: 'venue',
  says: 'Runs a simulated venue on 127.0.0.1, with the streams, the REST calls and the limits of the real one.',
  details: [
    'Prints its addresses, and who connects; any client of the venue can use it. The same seed gives the same market. It trades without money: every key is an account of its own, but only accounts that are named can sign with a secret.',
  ],
  arguments: [{ name: 'VENUE', says: `One of ${venueNames.join(', ')}.`, choices: venueNames }],
  options: {
    symbols: { type: aText('SYMBOL'), isList: true, without: 'BTCUSDT, or the venue’s own', says: 'What is traded.' },
    port: { type: aCount(1, 65_535), without: 'a free one', says: 'The port for REST and WebSocket.' },
    seed: { type: aCount(0), default: '1', says: 'What makes one market another.' },
    pause: {
      type: aCount(1),
      default: '25',
      says: 'The ms between two actions on a market, on average: less is busier.',
    },
    accounts: {
      type: aText('KEY:SECRET'),
      isList: true,
      without: 'every key is an account of its own',
      says: 'The accounts: each has an API key, and the secret that signs with it.',
    },
    compression: { says: 'Compresses messages for clients that offer it.' },
    for: { type: aDuration(2 ** 31 - 1), without: 'until it is ended', says: 'For how long.' },
  },
  examples: [
    'aster-rx venue asterFutures',
    'aster-rx venue binanceSpot --symbols BTCUSDT,ETHUSDT --port 8080 --seed 7',
    'aster-rx venue binanceSpot --accounts mykey:mysecret',
  ],
  run: async ({ arguments: [name = ''], options }, terminal) => {
    const { symbols, seed, pause, compression, port, accounts } = options
    const simulated = await startVenue({
      ...{ venue: venueNamed(name), seed, pause, compression },
      ...(symbols.length > 0 && { symbols }),
      ...(accounts.length > 0 && { accounts: accounts.map(accountOf) }),
      ...(port !== undefined && { port }),
    }).catch(cannotListen({ port }))
    const { addresses, controls, close } = simulated
    try {
      const requests = addresses.websocketApi === undefined ? '' : `\nrequests   ${addresses.websocketApi}`
      const { websocket, rest } = addresses
      terminal.data({ venue: name, ...addresses }, () => `websocket  ${websocket}\nrest       ${rest}${requests}`)
      // Addresses of connections may hold listen keys, and are not said.
      const connections$ = controls.log$.pipe(
        filter(({ type }) => type === 'opened' || type === 'closed'),
        tap(({ connection, type }) => terminal.say(`connection ${connection} ${type}`, { connection, type })),
      )
      controls.run()
      await terminal.until(connections$.pipe(runFor(options, terminal)))
    } finally {
      await close()
    }
  },
})
