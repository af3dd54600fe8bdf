import { cursor } from '../codecs/scan.js'
import type { Frame, Reply } from '../Signal.js'
import type { Message } from './Message.js'
import type { Router } from './route.js'

const HEAD = '{"stream":"'
const BETWEEN = '","data":'

/**
 * The straight way from the text of a combined frame to its message, without `JSON.parse`: 0.5 to 0.65 of its time,
 * validation included. `undefined` for every other frame, and for everything that is not as it should be.
 */
export const combinedScanner =
  (route: Router) =>
  (signal: Frame | Reply): Message | undefined => {
    const { text, receivedAt } = signal
    if (!text.startsWith(HEAD)) return undefined
    const end = text.indexOf('"', HEAD.length)
    if (!text.startsWith(BETWEEN, end)) return undefined
    const found = route(text.slice(HEAD.length, end))
    const event = found?.event.scan?.(text, end + BETWEEN.length, found.symbol)
    if (found === undefined || event === undefined) return undefined
    if (cursor.at !== text.length - 1 || !text.endsWith('}')) return undefined
    return { kind: found.kind, stream: found.stream, event, receivedAt }
  }
