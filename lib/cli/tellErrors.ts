import type { ParseError } from '../index.js'
import type { Terminal } from './Terminal.js'

/** More are counted, and not said one by one. */
const MOST = 20

const textOf = (error: ParseError): string => {
  const place = [error.source?.id, error.offset === undefined ? undefined : `byte ${error.offset}`]
  const where = place.filter((part) => part !== undefined).join(', ')
  const what =
    error._tag === 'UnknownStream'
      ? `the venue has no stream ${error.stream ?? error.event ?? 'without a name'}`
      : `${error._tag === 'InvalidEvent' ? `${error.kind} of ${error.stream}: ` : ''}${error.reason}`
  return where === '' ? what : `${where}: ${what}`
}

/** Says what was wrong with frames. A stream that nobody knows is said once; anything else is a failure. */
export const tellErrors = (terminal: Terminal) => {
  const unknown = new Set<string | undefined>()
  let told = 0
  return (error: ParseError): void => {
    // The frame itself may be long.
    const value = { ...error, text: undefined }
    if (error._tag === 'UnknownStream') {
      const name = error.stream ?? error.event
      if (!unknown.has(name) && unknown.size < MOST) terminal.say(textOf(error), value)
      unknown.add(name)
      return
    }
    told += 1
    if (told <= MOST) terminal.fail(textOf(error), value)
    if (told === MOST) terminal.say('More frames may not be as they should be: they are counted, and not said.')
  }
}
