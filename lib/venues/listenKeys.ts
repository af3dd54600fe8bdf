import type { Envelope } from './Venue.js'

/** What stands in a listen key's place. */
export const LISTEN_KEY = '<listenKey>'

/** A shorter one is no key: replacing it everywhere would spoil the text. */
const SHORTEST = 16
/** So many keys in one frame are looked for in the rest of it. No venue sends two, and each costs one more look. */
const MOST = 8

const QUOTE = 34
const COLON = 58
const BACKSLASH = 92

/** Behind white space. */
const behindSpace = (text: string, start: number): number => {
  let at = start
  let code = text.charCodeAt(at)
  while (code === 32 || (code >= 9 && code <= 13)) code = text.charCodeAt(++at)
  return at
}

/** The quote that ends a JSON text, or the end of a text that was cut; a backslash that it was cut at is no part. */
const endOfText = (text: string, start: number): number => {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH && ++at === text.length) return at - 1
  }
  return at
}

/** Where the value of the next `"name":"…"` starts and ends, or its end is the text's. */
const nextValue = (text: string, name: string, from: number): readonly [start: number, end: number] => {
  const key = `"${name}"`
  for (let at = text.indexOf(key, from); at >= 0; at = text.indexOf(key, at)) {
    at = behindSpace(text, at + key.length)
    if (text.charCodeAt(at) !== COLON) continue
    at = behindSpace(text, at + 1)
    if (text.charCodeAt(at) === QUOTE) return [at + 1, endOfText(text, at + 1)]
  }
  return [Infinity, Infinity]
}

/** What a JSON text means; itself where it is none. */
const unescaped = (written: string): string => {
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return written
  }
}

const never = () => false

/**
 * Puts `<listenKey>` in place of every listen key in a frame, where one is said to be one and where one stands for a
 * stream's name: whoever has one, has the account's events. By character, in one pass: what a stranger writes may be as
 * long as a frame.
 */
export const maskListenKeys = (text: string, { stream: name, isListenKey = never }: Envelope): string => {
  const keys = new Set<string>()
  let masked = ''
  let done = 0
  let stream = nextValue(text, name, 0)
  let listenKey = nextValue(text, 'listenKey', 0)
  for (;;) {
    const isStream = stream[0] < listenKey[0]
    const [start, end] = isStream ? stream : listenKey
    if (start === Infinity) break
    const written = text.slice(start, end)
    const value = unescaped(written)
    if (!isStream || isListenKey(value)) {
      for (const key of [written, value]) if (key.length >= SHORTEST) keys.add(key)
      masked += text.slice(done, start) + LISTEN_KEY
      done = end
    }
    // What is within a value is no name of another one.
    if (stream[0] <= end) stream = nextValue(text, name, end)
    if (listenKey[0] <= end) listenKey = nextValue(text, 'listenKey', end)
  }
  if (done === 0) return text
  if (keys.size > MOST) return JSON.stringify(LISTEN_KEY) // F70
  return [...keys].reduce((rest, key) => rest.replaceAll(key, LISTEN_KEY), masked + text.slice(done))
}
