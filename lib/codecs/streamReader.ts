/** Names that are remembered, so that a venue that invents names without end cannot fill our memory. */
const REMEMBERED = 20_000

const readers = new Map<string, (text: string) => string | undefined>()

/**
 * Reads the stream that a combined frame names at its head, `{"stream":"btcusdt@trade",…`, without reading the rest;
 * `undefined` for every other text, and for an empty name. Who asks for the same frame again, as the parser does after the connection, has the
 * same string from memory, whose hash is known: a look-up by it costs next to nothing.
 */
export const streamReader = (key: string): ((text: string) => string | undefined) => {
  const known = readers.get(key)
  if (known !== undefined) return known
  const head = `{"${key}":"`
  const names = new Map<string, string>()
  let lastText = ''
  let lastName: string | undefined

  const remembered = (name: string): string => {
    const same = names.get(name)
    if (same !== undefined) return same
    if (names.size >= REMEMBERED) names.clear()
    // A copy: a slice would keep its frame alive.
    const copy = name.split('').join('')
    names.set(copy, copy)
    return copy
  }

  const read = (text: string): string | undefined => {
    if (text === lastText) return lastName
    const end = text.startsWith(head) ? text.indexOf('"', head.length) : -1
    lastText = text
    lastName = end <= head.length || !text.endsWith('}') ? undefined : remembered(text.slice(head.length, end))
    return lastName
  }
  readers.set(key, read)
  return read
}
