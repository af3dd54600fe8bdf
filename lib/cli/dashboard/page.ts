import { BehaviorSubject, mergeMap, Subject } from 'rxjs'
import { createPageClient } from './connect.js'
import { element } from './element.js'
import { header } from './header.js'
import { listenToKeys, type Key } from './keys.js'
import { createMarket, follow, intervals, type PageInterval } from './market.js'
import { candlesPane } from './panes/candles.js'
import { act, controlsPane } from './panes/controls.js'
import { healthPane } from './panes/health.js'
import { heatMapPane } from './panes/heatMap.js'
import { ladderPane } from './panes/ladder.js'
import { logPane } from './panes/log.js'
import { tapePane } from './panes/tape.js'
import type { Control, Setup } from './Setup.js'
import { createTheme } from './theme.js'
import type { View } from './View.js'

/** The one that follows, and behind the last the first. */
const next = <A>(all: readonly A[], subject$: BehaviorSubject<A>) => {
  const following = all[(all.indexOf(subject$.value) + 1) % all.length]
  if (following !== undefined) subject$.next(following)
}

const attribution = () =>
  element(
    'footer',
    {},
    'Charts by ',
    element(
      'a',
      { href: 'https://www.tradingview.com/', rel: 'noreferrer', target: '_blank' },
      'TradingView Lightweight Charts™',
    ),
    ', © 2026 TradingView, Inc. · ',
    element('a', { href: 'licences.txt' }, 'Licences'),
  )

const start = (setup: Setup) => {
  const { client, rest } = createPageClient(setup, location)
  const markets = setup.symbols.map((symbol) => createMarket(client, setup, symbol))
  const [first] = markets
  if (first === undefined) throw new TypeError('expected a market, came none')
  const market$ = new BehaviorSubject(first)
  const interval$ = new BehaviorSubject<PageInterval>(setup.source === 'live' ? '1m' : '1s')
  const pressed$ = new Subject<Control>()
  const theme = createTheme()
  const view: View = { setup, client, rest, market$, theme, acted$: pressed$.pipe(mergeMap(act)) }
  const press = (control: Control) => pressed$.next(control)

  const panes = [candlesPane(view, interval$), heatMapPane(view), ladderPane(view), tapePane(view)]
  const controls = setup.controls.length > 0 ? [controlsPane(view, press)] : []
  const main = element('main', {}, ...panes, healthPane(view), logPane(view), ...controls)
  const keys: readonly Key[] = [
    { key: 'n', says: 'The next market', act: () => next(markets, market$) },
    { key: 'i', says: 'The next interval of candles', act: () => next(intervals, interval$) },
    { key: 't', says: 'Dark or light', act: theme.toggle },
    ...[...main.children].map((pane, i) => ({
      key: String(i + 1),
      says: pane.querySelector('h2')?.textContent ?? '',
      act: () => {
        if (pane instanceof HTMLElement) pane.focus()
      },
    })),
    ...setup.controls.map((control) => ({ key: control.key, says: control.label, act: () => press(control) })),
  ]
  const dark = element('button', { type: 'button', onclick: theme.toggle }, 'Theme ', element('kbd', {}, 't'))
  document.body.replaceChildren()
  const help = listenToKeys(keys)
  document.body.prepend(header(setup, markets, market$, dark, help), main, attribution())
  markets.forEach(follow)
  client.connect()
}

const fail = (error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  document.body.replaceChildren(
    element('p', { className: 'failure', role: 'alert' }, `The page cannot be shown: ${text}`),
  )
}

const setup = async (): Promise<Setup> => {
  const answer = await fetch('setup.json')
  if (!answer.ok) throw new Error((await answer.text()).trim())
  // What the server of the page says is of its type.
  return answer.json() as Promise<Setup>
}

setup().then(start).catch(fail)
