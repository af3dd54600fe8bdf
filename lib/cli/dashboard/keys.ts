import { fromEvent } from 'rxjs'
import { element } from './element.js'

/** What a key does. */
export interface Key {
  readonly key: string
  readonly says: string
  readonly act: () => void
}

/** Where keys are typed, and mean letters. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement

/** Listens to keys, and gives the button that lists them; so does `?`. */
export const listenToKeys = (keys: readonly Key[]): HTMLElement => {
  const rows = [...keys, { key: '?', says: 'This list' }].flatMap(({ key, says }) => [
    element('dt', {}, element('kbd', {}, key)),
    element('dd', {}, says),
  ])
  const form = element('form', { method: 'dialog' }, element('button', {}, 'Close'))
  const dialog = element('dialog', {}, element('h2', {}, 'Keys'), element('dl', {}, ...rows), form)
  document.body.append(dialog)
  const toggle = () => (dialog.open ? dialog.close() : dialog.showModal())
  const acts = new Map([...keys.map(({ key, act }) => [key, act] as const), ['?', toggle]])

  fromEvent<KeyboardEvent>(document, 'keydown').subscribe((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return
    const found = acts.get(event.key)
    if (found === undefined || (dialog.open && event.key !== '?')) return
    event.preventDefault()
    found()
  })
  return element('button', { type: 'button', onclick: toggle }, 'Keys ', element('kbd', {}, '?'))
}
