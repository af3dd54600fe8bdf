import { cannotListen } from '../cannotListen.js'
import { dashboardOptions, dashboardSource } from '../dashboardSource.js'
import { defineCommand } from '../defineCommand.js'
import { runFor } from '../liveOptions.js'
import { startPage } from '../pageServer.js'
import { servedArgument } from '../served.js'

/** A page that shows markets. */
export const dashboard = defineCommand({
  name: 'dashboard',
  says: 'Serves a page that shows markets: recorded, live, or simulated, where things can be broken.',
  details: [
    'Candles, the order book, its heat map over time, trades, the health of the client and all that happens to its connections. Everything runs in the browser, by aster-rx/core, and everything comes from the address that is printed: nothing of the page comes from elsewhere.',
    'A simulated venue can be broken by the page: its connections cut or silenced, updates of a book left out, a listen key expired. So one sees a book being lost, and healed.',
  ],
  arguments: [servedArgument],
  options: dashboardOptions,
  examples: [
    'aster-rx dashboard asterFutures --simulated',
    'aster-rx dashboard binanceSpot --symbols btcusdt,ethusdt --port 8080',
    'aster-rx dashboard asterFutures-btcusdt.txt.gz --speed 10',
  ],
  run: async ({ arguments: given, options }, terminal) => {
    const source = await dashboardSource(given, options, terminal)
    try {
      const { setup, target, controls, event$ } = source
      const { host, port } = options
      const page = await startPage({
        ...{ folder: new URL('dist/dashboard/', terminal.root), setup, target, controls, host },
        ...(port !== undefined && { port }),
      }).catch(cannotListen(options))
      try {
        const { address } = page
        terminal.data({ venue: setup.venue, page: address }, () => `page       ${address}`)
        await terminal.until(event$.pipe(runFor(options, terminal)))
      } finally {
        await page.close()
      }
    } finally {
      await source.close()
    }
  },
})
