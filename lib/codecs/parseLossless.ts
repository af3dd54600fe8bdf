const QUOTE = 34
const PLUS = 43
const MINUS = 45
const DOT = 46
const ZERO = 48
const NINE = 57
const COLON = 58
const BACKSLASH = 92

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE

const isExponent = (code: number): boolean => code === 101 || code === 69

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

const behindDigits = (text: string, start: number): number => {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

/** The place behind the whole JSON number that starts there, or -1 where it is none. */
const endOfWhole = (text: string, start: number): number => {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start
  const at = behindDigits(text, first)
  return at === first || (at > first + 1 && text.charCodeAt(first) === ZERO) ? -1 : at
}

/** The place behind the JSON number that starts there, or -1 where it is none. */
const endOfNumber = (text: string, start: number): number => {
  let at = endOfWhole(text, start)
  if (at < 0) return -1
  if (text.charCodeAt(at) === DOT) {
    const fraction = at + 1
    at = behindDigits(text, fraction)
    if (at === fraction) return -1
  }
  if (!isExponent(text.charCodeAt(at))) return at
  const sign = text.charCodeAt(at + 1)
  const exponent = sign === PLUS || sign === MINUS ? at + 2 : at + 1
  at = behindDigits(text, exponent)
  return at === exponent ? -1 : at
}

/** The quote that ends the text which starts there, or the end of all. */
const endOfText = (text: string, start: number): number => {
  let at = start + 1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return at
}

const isKey = (text: string, start: number): boolean => {
  let at = start
  while (isSpace(text.charCodeAt(at))) at++
  return text.charCodeAt(at) === COLON
}

/** The text with quotes around each of the numbers that `isSpoilt` picks; what is no JSON stays none. */
const quoted = (text: string, isSpoilt: (number: string) => boolean): string => {
  let result = ''
  let done = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfText(text, at)
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at)
      // No JSON: the parser is to find it as it is.
      if (end < 0) return text
      if (isSpoilt(text.slice(at, end)) && !isKey(text, end)) {
        result += `${text.slice(done, at)}"${text.slice(at, end)}"`
        done = end
      }
      at = end - 1
    }
  }
  return done === 0 ? text : result + text.slice(done)
}

const isLossy = (number: string): boolean => {
  const value = Number(number)
  return !Number.isSafeInteger(value) || String(value) !== number
}

/** A JSON number without a fraction and without an exponent. */
export const isWhole = (text: string): boolean => endOfWhole(text, 0) === text.length

const isLong = (number: string): boolean => isWhole(number) && !Number.isSafeInteger(Number(number))

/** 2^53 has so many digits. */
const LONG = 16

/** Whether so many digits stand in a row anywhere: some of them stand where every sixteenth character is looked at. */
const hasLong = (text: string): boolean => {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue
    let start = at
    while (start > 0 && at - start < LONG && isDigit(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (end - start < LONG && isDigit(text.charCodeAt(end))) end++
    if (end - start >= LONG) return true
  }
  return false
}

/**
 * As `JSON.parse`, but a number that it would spoil is its text: `1812112568701845504` is `'1812112568701845504'`, and
 * `-8.02e-05` is `'-8.02e-05'`.
 *
 * @throws SyntaxError where the text is no JSON.
 */
export const parseLossless = (text: string): unknown => JSON.parse(quoted(text, isLossy))

/**
 * As `JSON.parse`, but a whole number beyond 2^53 - 1 is its text, digit for digit; any other number is a number.
 *
 * @throws SyntaxError where the text is no JSON.
 */
export const parseExact = (text: string): unknown => JSON.parse(hasLong(text) ? quoted(text, isLong) : text)
