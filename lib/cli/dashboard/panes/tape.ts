import { scan, switchMap } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { element, pane, setText } from '../element.js'
import { since, type Newest } from '../state/newest.js'
import { PRINTS, type Print } from '../state/Print.js'
import type { View } from '../View.js'

const show = (row: Element, { time, price, quantity, isSale }: Print) => {
  const texts = [new Date(time).toISOString().slice(11, 23), price, quantity]
  row.childNodes.forEach((cell, i) => setText(cell, texts[i] ?? ''))
  row.className = isSale ? 'ask' : 'bid'
}

/** The trades, newest first. */
export const tapePane = ({ market$ }: View): HTMLElement => {
  const rows = element('tbody')
  const head = element('tr', {}, ...['time', 'price', 'quantity'].map((text) => element('th', { scope: 'col' }, text)))

  /** Takes the oldest rows for the newest trades, and leaves all others alone. Gives how many have been shown. */
  const render = (shown: number, tape: Newest<Print>): number => {
    for (const print of since(tape, shown).toReversed()) {
      const oldest = rows.childElementCount < PRINTS ? null : rows.lastElementChild
      const row = oldest ?? element('tr', {}, element('td'), element('td'), element('td'))
      show(row, print)
      rows.prepend(row)
    }
    return tape.count
  }

  market$
    .pipe(
      switchMap(({ tape$ }) => {
        rows.replaceChildren()
        return tape$.pipe(atFrames(), scan(render, 0))
      }),
    )
    .subscribe()
  return pane(
    'tape',
    'Trades',
    element('div', { className: 'scroll' }, element('table', {}, element('thead', {}, head), rows)),
  )
}
