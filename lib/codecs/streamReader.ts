import { flat } from './flat.js'
import { byteAt, codesOf, load, loads, stands } from './input.js'

/** Longer texts are no names that a venue lists. */
const LONGEST = 256

const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92
const END_BRACE = 125

/** So many names are known: more than any venue's connections carry. */
const MOST_KNOWN = 20_000

interface KnownName {
  readonly name: string
  readonly codes: Uint8Array
}

/** Names by their hash. */
const known = new Map<number, KnownName>()

/**
 * The name from there to the next quote, the same string each time, so that no look-up by it compares characters;
 * `undefined` for an empty one, and for one that does not stand there as it is: an escape, or what JSON forbids.
 */
const nameAt = (text: string, start: number): string | undefined => {
  let hash = 0
  for (let at = start; at - start <= LONGEST; at++) {
    const code = byteAt(at)
    if (code === QUOTE) return at === start ? undefined : knownName(text, start, at, hash)
    if (code < SPACE || code === BACKSLASH) return undefined // F72
    hash = (hash << 5) ^ (hash >>> 27) ^ code
  }
  return undefined
}

const knownName = (text: string, start: number, end: number, hash: number): string => {
  const found = known.get(hash)
  // Bytes do not tell characters apart that are not of ASCII.
  if (found?.name.length === end - start && (stands(found.codes, start) || text.startsWith(found.name, start)))
    return found.name
  const name = flat(text.slice(start, end))
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(hash, { name, codes: codesOf(name) })
  return name
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
  const head = codesOf(`{"${key}":"`)
  let lastLoad = 0
  let lastName: string | undefined

  const read = (text: string): string | undefined => {
    if (!load(text)) return undefined
    if (loads === lastLoad) return lastName
    lastLoad = loads
    lastName = stands(head, 0) && byteAt(text.length - 1) === END_BRACE ? nameAt(text, head.length) : undefined
    return lastName
  }
  readers.set(key, read)
  return read
}
