/** What stands in a listen key's place. */
export const LISTEN_KEY = '<listenKey>'

/** A name with `@` or a leading `!` is a market stream's; any other is a listen key, or an account stream's. */
export const isMarketStream = (name: string): boolean => name.includes('@') || name.startsWith('!')

/** The value of `"stream"` or `"listenKey"`, to its end or to the end of a text that was cut. */
const named = /"(stream|listenKey)"(\s*:\s*)"((?:[^"\\]|\\.)*)("|\\?$)/g

/** A shorter one is no key: replacing it everywhere would spoil the text. */
const SHORTEST = 16

/** Puts `<listenKey>` in place of every listen key in a frame: whoever has one, has the account's events. */
export const maskListenKeys = (text: string): string => {
  const keys = new Set<string>()
  const masked = text.replace(named, (whole, name: string, colon: string, value: string, end: string) => {
    if (name === 'stream' && isMarketStream(value)) return whole
    if (value.length >= SHORTEST) keys.add(value)
    return `"${name}"${colon}"${LISTEN_KEY}${end}`
  })
  return [...keys].reduce((rest, key) => rest.replaceAll(key, LISTEN_KEY), masked)
}
