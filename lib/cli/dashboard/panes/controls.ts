import { element, pane } from '../element.js'
import type { Control } from '../Setup.js'
import type { LogLine } from '../state/LogLine.js'
import type { View } from '../View.js'

/** Does something to the simulated venue, and says what came of it. */
export const act = async ({ name, label }: Control): Promise<LogLine> => {
  const at = Date.now()
  try {
    const { ok, status } = await fetch(`control/${name}`, { method: 'POST' })
    return ok
      ? { at, text: `by you: ${label}`, tone: 'quiet' }
      : { at, text: `${label}: refused, ${status}`, tone: 'bad' }
  } catch (error) {
    return { at, text: `${label}: ${error instanceof Error ? error.message : String(error)}`, tone: 'bad' }
  }
}

/** What can be done to the simulated venue; `press` does it. */
export const controlsPane = ({ setup }: View, press: (control: Control) => void): HTMLElement =>
  pane(
    'controls',
    'Break it',
    ...setup.controls.map((control) =>
      element(
        'button',
        { type: 'button', title: control.says, onclick: () => press(control) },
        control.label,
        element('kbd', {}, control.key),
      ),
    ),
  )
