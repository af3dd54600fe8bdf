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
/** Letters are written otherwise in no other way. */
const ESCAPE = '\\u'
const LONGEST_ESCAPE = 6

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

/** What a JSON text means; itself where it is none. */
const unescaped = (written: string): string => {
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return written
  }
}

/** Where a value starts and ends; there is none at `Infinity`. */
type Place = readonly [start: number, end: number]

/** The value behind a key that ends there, where it is a text: `:"…"`; its end may be that of a text that was cut. */
const valueBehind = (text: string, end: number): Place | undefined => {
  let at = behindSpace(text, end)
  if (text.charCodeAt(at) !== COLON) return undefined
  at = behindSpace(text, at + 1)
  return text.charCodeAt(at) === QUOTE ? [at + 1, endOfText(text, at + 1)] : undefined
}

const NOWHERE: Place = [Infinity, Infinity]

/** The value of the next `"name":"…"`. */
const nextValue = (text: string, name: string, from: number): Place => {
  const key = `"${name}"`
  for (let at = text.indexOf(key, from); at >= 0; at = text.indexOf(key, at)) {
    at += key.length
    const value = valueBehind(text, at)
    if (value !== undefined) return value
  }
  return NOWHERE
}

/** The same where the name is written with escapes: `"str\u0065am":"…"`. */
const nextEscaped = (text: string, name: string, from: number): Place => {
  let seen = from
  for (let at = text.indexOf(ESCAPE, from); at >= 0; at = text.indexOf(ESCAPE, seen)) {
    let start = at
    while (start > seen && text.charCodeAt(start - 1) !== QUOTE) start--
    seen = endOfText(text, at)
    const isShort = text.charCodeAt(start - 1) === QUOTE && seen - start <= LONGEST_ESCAPE * name.length
    const value = isShort && unescaped(text.slice(start, seen)) === name ? valueBehind(text, seen + 1) : undefined
    if (value !== undefined) return value // F78
    seen++
  }
  return NOWHERE
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
  const ways = text.includes(ESCAPE) ? [nextValue, nextEscaped] : [nextValue]
  const places = [name, 'listenKey'].flatMap((key) =>
    ways.map((next) => ({
      isStream: key === name,
      from: (at: number) => next(text, key, at),
      place: next(text, key, 0),
    })),
  )
  for (;;) {
    const nearest = places.reduce((a, b) => (b.place[0] < a.place[0] ? b : a))
    const [start, end] = nearest.place
    if (start === Infinity) break
    const written = text.slice(start, end)
    const value = unescaped(written)
    if (!nearest.isStream || isListenKey(value)) {
      for (const key of [written, value]) if (key.length >= SHORTEST) keys.add(key)
      masked += text.slice(done, start) + LISTEN_KEY
      done = end
    }
    // What is within a value is no name of another one.
    for (const one of places) if (one.place[0] <= end) one.place = one.from(end)
  }
  if (done === 0) return text
  if (keys.size > MOST) return JSON.stringify(LISTEN_KEY) // F70
  return [...keys].reduce((rest, key) => rest.replaceAll(key, LISTEN_KEY), masked + text.slice(done))
}
