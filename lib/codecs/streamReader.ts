/** Longer texts are no names that a venue lists. */
const LONGEST = 256

/** A text of more characters is read anew where it is asked for again. */
const LARGE = 65_536

const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92

/** The quote behind a name that stands there as it is: no escape, and nothing that JSON forbids; else -1. */
const endOfName = (text: string, start: number): number => {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code < SPACE || code === BACKSLASH) return -1 // F72
    if (at - start >= LONGEST) return -1
  }
  return -1
}

const readers = new Map<string, (text: string) => string | undefined>()

/**
 * Reads the stream that a combined frame names at its head, `{"stream":"btcusdt@trade",…`, without reading the rest;
 * `undefined` for every other text, for an empty name, and for one that is long or written with escapes. Who asks for the same frame again, as the parser does after
 * the connection, has the same string, whose hash is known by then: a look-up by it costs next to nothing.
 */
export const streamReader = (key: string): ((text: string) => string | undefined) => {
  const known = readers.get(key)
  if (known !== undefined) return known
  const head = `{"${key}":"`
  let lastText = ''
  let lastName: string | undefined

  const read = (text: string): string | undefined => {
    if (text === lastText) return lastName
    const end = text.startsWith(head) ? endOfName(text, head.length) : -1
    const name = end <= head.length || !text.endsWith('}') ? undefined : text.slice(head.length, end)
    // Nobody asks for a text for long, and a long one is not kept for that.
    lastText = text.length > LARGE ? '' : text
    lastName = lastText === '' ? undefined : name
    return name
  }
  readers.set(key, read)
  return read
}
