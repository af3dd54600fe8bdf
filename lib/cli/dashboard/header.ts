import type { BehaviorSubject } from 'rxjs'
import { element } from './element.js'
import type { Market } from './market.js'
import type { Setup } from './Setup.js'

/** The top of the page: what is shown, and what else could be. */
export const header = (
  { venue, source }: Setup,
  markets: readonly Market[],
  market$: BehaviorSubject<Market>,
  ...right: readonly HTMLElement[]
): HTMLElement => {
  const buttons = markets.map((market) =>
    element('button', { type: 'button', onclick: () => market$.next(market) }, market.symbol),
  )
  market$.subscribe((shown) => {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(markets[i] === shown)))
    document.title = `${shown.symbol} · ${venue} · aster-rx`
  })
  const choice = element('div', { className: 'row' }, ...buttons)
  choice.setAttribute('role', 'group')
  choice.setAttribute('aria-label', 'Market')
  const what = element('span', { className: 'venue' }, `${venue} · ${source}`)
  return element(
    'header',
    {},
    element('h1', {}, 'aster-rx'),
    what,
    choice,
    element('div', { className: 'row right' }, ...right),
  )
}
