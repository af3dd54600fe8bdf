import type { BookState } from 'aster-rx/core'
import { combineLatest, map, switchMap } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { element, pane, setText } from '../element.js'
import { reasonText } from '../reasonText.js'
import { decimalsOf, ladderOf, largestTotal, type Ladder, type Rung } from '../state/ladder.js'
import type { View } from '../View.js'
import { depthChart } from './depthChart.js'

/** So many prices of each side are shown, and so many are drawn below. */
const SHOWN = 12
const DRAWN = 100

const newRow = (side: string) =>
  element('tr', { className: side }, element('td'), element('td'), element('td', { className: 'total' }))

const show = (row: HTMLElement, rung: Rung | undefined, largest: number) => {
  const total = rung?.total.toFixed(decimalsOf(rung.quantity))
  const texts = [rung?.price, rung?.quantity, total]
  row.childNodes.forEach((cell, i) => setText(cell, texts[i] ?? ''))
  const share = rung === undefined || largest === 0 ? '0%' : `${Math.round((rung.total / largest) * 1_000) / 10}%`
  if (row.style.getPropertyValue('--share') !== share) row.style.setProperty('--share', share)
}

/** The best prices of the book, asks above bids, and what is offered up to each price. */
export const ladderPane = ({ market$, theme }: View): HTMLElement => {
  const rowsOf = (side: string) => Array.from({ length: SHOWN }, () => newRow(side))
  const [asks, bids] = [rowsOf('ask'), rowsOf('bid')]
  const middle = element('td', { colSpan: 3 })
  const head = element('tr', {}, ...['price', 'quantity', 'total'].map((text) => element('th', { scope: 'col' }, text)))
  const body = element('tbody', {}, ...asks.toReversed(), element('tr', { className: 'middle' }, middle), ...bids)
  const chart = depthChart()

  const render = (state: BookState, ladder: Ladder | undefined) => {
    const shown = ladder ?? { bids: [], asks: [] }
    const top = { ...shown, bids: shown.bids.slice(0, SHOWN), asks: shown.asks.slice(0, SHOWN) }
    const largest = ladder === undefined ? 0 : largestTotal({ ...ladder, ...top })
    asks.forEach((row, i) => show(row, top.asks[i], largest))
    bids.forEach((row, i) => show(row, top.bids[i], largest))
    const [best] = shown.bids
    const spread = ladder?.spread?.toFixed(decimalsOf(best?.price ?? ''))
    setText(middle, ladder === undefined || ladder.isStale ? reasonText(state) : `spread ${spread ?? '-'}`)
    section.dataset['state'] = state._tag
  }

  const section = pane('ladder', 'Order book', element('table', {}, element('thead', {}, head), body), chart.element)
  const ladder$ = market$.pipe(
    switchMap(({ book$ }) => book$),
    atFrames(),
    map((state) => ({ state, ladder: ladderOf(state, DRAWN) })),
  )
  ladder$.subscribe(({ state, ladder }) => render(state, ladder))
  combineLatest([ladder$, theme.colours$]).subscribe(([{ ladder }, colours]) => chart.draw(ladder, colours))
  return section
}
