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

/** The place behind the JSON number that starts there, or -1 where it is none. */
const endOfNumber = (text: string, start: number): number => {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start
  let at = behindDigits(text, first)
  if (at === first || (at > first + 1 && text.charCodeAt(first) === ZERO)) return -1
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

/**
 * As `JSON.parse`, but a number that it would spoil is its text: `1812112568701845504` is `'1812112568701845504'`, and
 * `-8.02e-05` is `'-8.02e-05'`.
 *
 * @throws SyntaxError where the text is no JSON.
 */
export const parseLossless = (text: string): unknown => JSON.parse(quoted(text, isLossy))
