import { escaped } from './grammar.js'
import type { Envelope } from './Venue.js'

/** What stands in a listen key's place. */
const LISTEN_KEY = '<listenKey>'

/** A shorter one is no key: replacing it everywhere would spoil the text. */
const SHORTEST = 16

/**
 * Puts `<listenKey>` in place of every listen key in a venue's frames, where one is said to be one and where one stands
 * for a stream's name: whoever has a key, has the account's events.
 */
export const listenKeyMask = ({ stream, isListenKey = () => false }: Envelope): ((text: string) => string) => {
  // The value goes to its end, or to the end of a text that was cut.
  const named = new RegExp(`"(${escaped(stream)}|listenKey)"(\\s*:\\s*)"((?:[^"\\\\]|\\\\.)*)("|\\\\?$)`, 'g')
  return (text) => {
    const keys = new Set<string>()
    const masked = text.replace(named, (whole, name: string, colon: string, value: string, end: string) => {
      if (name === stream && !isListenKey(value)) return whole
      if (value.length >= SHORTEST) keys.add(value)
      return `"${name}"${colon}"${LISTEN_KEY}${end}`
    })
    return [...keys].reduce((rest, key) => rest.replaceAll(key, LISTEN_KEY), masked)
  }
}
