import { isValues } from '../../codecs/Values.js'
import { quotable } from '../../rest/quotable.js'
import { redact, without } from '../../rest/redact.js'
import type { Signal } from '../../Signal.js'
import { LISTEN_KEY, maskListenKeys } from '../../venues/listenKeys.js'
import type { Envelope } from '../../venues/Venue.js'

/** Takes the secrets of an account out of everything that is said of it. */
export interface Mask {
  /** A listen key, from now on, or what else has `instead` in its place. */
  readonly learn: (key: string, instead?: string) => void
  readonly text: (text: string) => string
  /** What an error says. */
  readonly error: (error: unknown) => string
  readonly signal: (signal: Signal) => Signal
}

/** Keys that may still be heard of. */
const REMEMBERED = 10
/** Shorter texts are no secrets: taking them out everywhere would spoil what is said. */
const SHORTEST = 4

const isSecret = (text: string | undefined): text is string => text !== undefined && text.length >= SHORTEST

/** JSON without escapes of what can stand as it is: plain characters but quotes and backslashes. */
const unescapedText = (json: string): string =>
  json.replace(/\\(?:u00([2-7][\da-f])|[^])/gi, (whole, code: string | undefined) => {
    const plain = code === undefined ? whole : String.fromCharCode(Number.parseInt(code, 16))
    return plain === '"' || plain === '\\' ? whole : plain
  })

/** Knows the `secrets` of somebody's credentials, and learns listen keys as they come. */
export const createMask = (envelope: Envelope, secrets: readonly (string | undefined)[]): Mask => {
  const own = secrets.filter(isSecret)
  let learnt: ReadonlyMap<string, string> = new Map()

  const withoutKeys = (text: string) =>
    // The longest first: one may hold another.
    [...learnt]
      .toSorted(([a], [b]) => b.length - a.length)
      .reduce((rest, [key, instead]) => without(rest, [key], instead), text)
  /** The same for keys that are written with escapes: the text is then its plain spelling. */
  const withoutEscaped = (written: string) => {
    if (!written.includes('\\u00')) return written
    const plain = unescapedText(written)
    const masked = withoutKeys(plain)
    return masked === plain ? written : masked // F78
  }
  const text = (words: string) => redact(withoutKeys(words), [...own, ...learnt.keys()])

  return {
    learn: (key, instead = LISTEN_KEY) => {
      if (isSecret(key) && !learnt.has(key)) learnt = new Map([...learnt, [key, instead] as const].slice(-REMEMBERED))
    },
    text,
    error: (error) => text(isValues(error) && typeof error['message'] === 'string' ? error['message'] : String(error)),
    signal: (signal) => {
      if (signal._tag === 'Frame')
        return {
          ...signal,
          text: maskListenKeys(withoutEscaped(withoutKeys(signal.text)), envelope), // F49
        }
      // Everything else was said in our own words, but for reasons and names.
      const reason = 'reason' in signal && {
        reason: quotable(text(signal.reason)), // F49 F78
      }
      const stream = 'stream' in signal && { stream: withoutKeys(signal.stream) }
      return { ...signal, ...reason, ...stream }
    },
  }
}
