import { flat } from './flat.js'

/** Longer texts are no names that a venue lists. */
const LONGEST = 256

/** A text of more characters is read anew where it is asked for again. */
const LARGE = 65_536

const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92

/** So many names are known: more than any venue's connections carry. */
const MOST_KNOWN = 20_000

/** Names by their hash. */
const known = new Map<number, string>()

/**
 * The name from there to the next quote, the same string each time, so that no look-up by it compares characters;
 * `undefined` for an empty one, and for one that does not stand there as it is: an escape, or what JSON forbids.
 */
const nameAt = (text: string, start: number): string | undefined => {
  let hash = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at === start ? undefined : knownName(text, start, at, hash)
    if (code < SPACE || code === BACKSLASH) return undefined // F72
    if (at - start >= LONGEST) return undefined
    hash = (Math.imul(hash, 31) + code) | 0
  }
  return undefined
}

const knownName = (text: string, start: number, end: number, hash: number): string => {
  const name = known.get(hash)
  if (name?.length === end - start && text.startsWith(name, start)) return name
  if (known.size >= MOST_KNOWN) known.clear()
  const own = flat(text.slice(start, end))
  known.set(hash, own)
  return own
}

const readers = new Map<string, (text: string) => string | undefined>()

/**
 * Reads the stream that a combined frame names at its head, `{"stream":"btcusdt@trade",…`, without reading the rest;
 * `undefined` for every other text, for an empty name, and for one that is long or written with escapes. Who asks for the
 * same frame again, as the parser does after the connection, has the answer at once.
 */
export const streamReader = (key: string): ((text: string) => string | undefined) => {
  const made = readers.get(key)
  if (made !== undefined) return made
  const head = `{"${key}":"`
  let lastText = ''
  let lastName: string | undefined

  const read = (text: string): string | undefined => {
    if (text === lastText) return lastName
    const name = text.startsWith(head) && text.endsWith('}') ? nameAt(text, head.length) : undefined
    // Nobody asks for a text for long, and a long one is not kept for that.
    lastText = text.length > LARGE ? '' : text
    lastName = lastText === '' ? undefined : name
    return name
  }
  readers.set(key, read)
  return read
}
