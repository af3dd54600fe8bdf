const readers = new Map<string, (text: string) => string | undefined>()

/**
 * Reads the stream that a combined frame names at its head, `{"stream":"btcusdt@trade",…`, without reading the rest;
 * `undefined` for every other text, and for an empty name. Who asks for the same frame again, as the parser does after
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
    const end = text.startsWith(head) ? text.indexOf('"', head.length) : -1
    lastText = text
    lastName = end <= head.length || !text.endsWith('}') ? undefined : text.slice(head.length, end)
    return lastName
  }
  readers.set(key, read)
  return read
}
