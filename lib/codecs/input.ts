/**
 * The text that scans read, one byte for each of its characters: a byte of an array costs a third of what a character of
 * a text does. Scans run one after the other, so one place is enough.
 */

/** Longer texts are not read here; `JSON.parse` reads them. */
const LONGEST = 1_048_576
/** A shorter one is read faster by character. */
const SHORT = 40

/** Stands for every character that is not of ASCII: no part of the grammar of JSON but a part of its texts. */
const OTHER = 255
const LAST_OF_ASCII = 127

/** So much may be looked at behind the last character of a text, where nothing of it stands. */
const MARGIN = 512

/** A zero follows the last character. */
const bytes = new Uint8Array(LONGEST + MARGIN)
const view = new DataView(bytes.buffer)
/** A host that has nothing but the language has none. */
const encoder = typeof TextEncoder === 'undefined' ? undefined : new TextEncoder()
let loaded: string | undefined

/** How often a text was put there. */
export let loads = 0

/** Puts a text where scans read it: false for one that is too long. */
export const load = (text: string): boolean => {
  if (mayBeLoaded(text) && isLoaded(text)) return true
  if (text.length > LONGEST) return false
  loads++
  if (text.length < SHORT || !encode(text)) copy(text)
  bytes[text.length] = 0
  loaded = text
  return true
}

/** Whether it is the text that was loaded last: quick if it is. */
export const isLoaded = (text: string): boolean => text === loaded

/** Texts of one length often begin with the same characters: two others tell most of them apart sooner. */
const mayBeLoaded = (text: string): boolean => {
  const { length } = text
  if (length !== loaded?.length) return false
  const [half, quarter] = [length >> 1, length >> 2]
  return text.charCodeAt(half) === bytes[half] && text.charCodeAt(length - quarter) === bytes[length - quarter]
}

/** False where the text has other characters than those of ASCII, which take several bytes. */
const encode = (text: string): boolean => {
  if (encoder === undefined) return false
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

/** Four characters from there on, as one number. */
export const wordAt = (at: number): number => view.getInt32(at, true)

/** The number that the four digits there make, or -1 where something else stands. */
export const fourDigitsAt = (at: number): number => {
  const digits = view.getInt32(at, true) ^ 0x30303030
  // The upper half of each byte is zero for what was a digit, and stays so where 6 are added.
  if (((digits | (digits + 0x06060606)) & 0xf0f0f0f0) !== 0) return -1
  const pairs = (digits & 0x000f000f) * 10 + ((digits & 0x0f000f00) >> 8)
  return (pairs & 0xffff) * 100 + (pairs >> 16)
}

/** Whether all characters of a text are of ASCII, and none is a control character. */
export const isAscii = (text: string): boolean => /^[ -~]*$/.test(text)

/** Characters of ASCII that may stand somewhere, four or more. */
export interface Expected {
  readonly length: number
  /** Each four of them as one number, and the last four. */
  readonly words: readonly number[]
}

export const expected = (text: string): Expected => {
  const { length } = text
  const codes = Uint8Array.from({ length }, (_, at) => text.charCodeAt(at))
  const characters = new DataView(codes.buffer)
  const wordOf = (i: number) => characters.getInt32(Math.min(4 * i, length - 4), true)
  return { length, words: Array.from({ length: Math.ceil(length / 4) }, (_, i) => wordOf(i)) }
}

/** Whether they stand there. */
export const stands = ({ length, words }: Expected, start: number): boolean => {
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (view.getInt32(start + 4 * i, true) !== words[i]) return false
  return view.getInt32(start + length - 4, true) === words[last]
}
