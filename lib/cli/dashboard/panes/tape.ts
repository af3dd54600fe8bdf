import { scan, switchMap } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { element, pane, setText } from '../element.js'
import { TAPE, type Print, type Tape } from '../state/tape.js'
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
  const render = (shown: number, { prints, count }: Tape): number => {
    for (const print of prints.slice(0, count - shown).toReversed()) {
      const oldest = rows.childElementCount < TAPE ? null : rows.lastElementChild
      const row = oldest ?? element('tr', {}, element('td'), element('td'), element('td'))
      show(row, print)
      rows.prepend(row)
    }
    return count
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
