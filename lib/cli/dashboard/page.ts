import { BehaviorSubject, map } from 'rxjs'
import { createPageClient } from './connect.js'
import { element } from './element.js'
import { createMarket, follow } from './market.js'
import { healthPane } from './panes/health.js'
import { ladderPane } from './panes/ladder.js'
import { logPane } from './panes/log.js'
import { tapePane } from './panes/tape.js'
import type { Setup } from './Setup.js'
import { createTheme } from './theme.js'
import type { View } from './View.js'

const start = (setup: Setup) => {
  const { client, rest } = createPageClient(setup, location)
  const markets = setup.symbols.map((symbol) => createMarket(client, setup, symbol))
  const [first] = markets
  if (first === undefined) throw new TypeError('expected a market, came none')
  const market$ = new BehaviorSubject(first)
  const theme = createTheme()
  const view: View = { setup, client, rest, market$, theme }

  const venue = element('span', { className: 'venue' }, `${setup.venue} · ${setup.source}`)
  const symbol = element('output')
  market$.pipe(map((market) => market.symbol)).subscribe((text) => (symbol.value = text))
  const header = element('header', {}, element('h1', {}, 'aster-rx'), venue, symbol)
  const main = element('main', {}, ladderPane(view), tapePane(view), healthPane(view), logPane(view))
  document.body.replaceChildren(header, main)
  theme.colours$.subscribe()
  markets.forEach(follow)
  client.connect()
}

const fail = (error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  document.body.replaceChildren(
    element('p', { className: 'failure', role: 'alert' }, `The page cannot be shown: ${text}`),
  )
}

fetch('setup.json')
  // What the server of the page says is of its type.
  .then((answer) => answer.json() as Promise<Setup>)
  .then(start)
  .catch(fail)
