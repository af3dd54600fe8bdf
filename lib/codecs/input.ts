/**
 * The text that scans read, one byte for each of its characters: a byte of an array costs a third of what a character of
 * a text does. Scans run one after the other, so one place is enough.
 */

/** Longer texts are not read here; `JSON.parse` reads them. */
const LONGEST = 1_048_576
/** A text of more characters is read anew where it is asked for again. */
const LARGE = 65_536
/** A shorter one is read faster by character. */
const SHORT = 40

/** Stands for every character that is not of ASCII: no part of the grammar of JSON but a part of its texts. */
const OTHER = 255
const LAST_OF_ASCII = 127

/** A zero follows the last character. */
const bytes = new Uint8Array(LONGEST + 1)
const encoder = new TextEncoder()
let loaded: string | undefined
/** How often a text was put there. */
export let loads = 0

/** Puts a text where scans read it: false for one that is too long. */
export const load = (text: string): boolean => {
  if (isLoaded(text)) return true
  if (text.length > LONGEST) return false
  loads++
  if (text.length < SHORT || !encode(text)) copy(text)
  bytes[text.length] = 0
  // Nobody asks for a text for long, and a long one is not kept for that.
  loaded = text.length > LARGE ? undefined : text
  return true
}

/** Frames of one length are told apart by a few of their characters sooner than by what they begin with. */
const isLoaded = (text: string): boolean => {
  const { length } = text
  if (length !== loaded?.length) return false
  for (let at = length - 1, step = (length >> 3) + 1; at >= 0; at -= step)
    if (text.charCodeAt(at) !== loaded.charCodeAt(at)) return false
  return text === loaded
}

/** False where the text has other characters than those of ASCII, which take several bytes. */
const encode = (text: string): boolean => {
  const { read, written } = encoder.encodeInto(text, bytes)
  return read === text.length && written === read
}

const copy = (text: string): void => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    bytes[at] = code > LAST_OF_ASCII ? OTHER : code
  }
}

/** The character there, as far as it is one of ASCII; 0 behind the last one. */
// Nobody reads on behind the zero.
export const byteAt = (at: number): number => bytes[at] as number

/** The characters of a text of ASCII, to look for it by `stands`. */
export const codesOf = (text: string): Uint8Array => encoder.encode(text)

/** Whether these characters stand there. */
export const stands = (codes: Uint8Array, start: number): boolean => {
  for (let i = 0; i < codes.length; i++) if (bytes[start + i] !== codes[i]) return false
  return true
}
