const HEAD = '{"stream":"'

/** The stream that a combined frame names at its head, without reading the rest; `undefined` for every other text. */
export const streamOf = (text: string): string | undefined => {
  if (!text.startsWith(HEAD)) return undefined
  const end = text.indexOf('"', HEAD.length)
  return end < 0 || !text.endsWith('}') ? undefined : text.slice(HEAD.length, end)
}
