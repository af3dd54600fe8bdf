import type { ParseError, Status } from 'aster-rx/core'
import { map, merge, scan } from 'rxjs'
import { statusText } from '../../statusText.js'
import { atFrames } from '../atFrames.js'
import { element, pane } from '../element.js'
import { LINES, type LogLine } from '../state/LogLine.js'
import { none, since, withNewest, type Newest } from '../state/newest.js'
import type { View } from '../View.js'

const good: ReadonlySet<Status['_tag']> = new Set(['Connected', 'Acknowledged', 'Reconciled'])
const quiet: ReadonlySet<Status['_tag']> = new Set(['Connecting', 'Closed', 'Unsubscribed', 'Unfed', 'Rotating'])

const ofStatus = (status: Status): LogLine => ({
  at: status.receivedAt,
  text: statusText(status),
  tone: good.has(status._tag) ? 'good' : quiet.has(status._tag) ? 'quiet' : 'bad',
})

const ofError = (error: ParseError): LogLine => ({
  at: error.receivedAt,
  text: error._tag === 'UnknownStream' ? `unknown: ${error.stream ?? error.event ?? 'no name'}` : error.reason,
  tone: 'bad',
})

const lineElement = ({ at, text, tone }: LogLine) =>
  element('li', { className: tone }, element('time', {}, new Date(at).toISOString().slice(11, 23)), ` ${text}`)

/** What happened around the frames, newest first. */
export const logPane = ({ client, acted$ }: View): HTMLElement => {
  const list = element('ol')
  const render = (shown: number, log: Newest<LogLine>): number => {
    list.prepend(...since(log, shown).map(lineElement))
    while (list.childElementCount > LINES) list.lastElementChild?.remove()
    return log.count
  }
  merge(client.status$.pipe(map(ofStatus)), client.parseError$.pipe(map(ofError)), acted$)
    .pipe(scan(withNewest(LINES)<LogLine>, none), atFrames(), scan(render, 0))
    .subscribe()
  const box = element('div', { className: 'scroll' }, list)
  box.setAttribute('role', 'log')
  return pane('log', 'Log', box)
}
