import { parse } from 'lossless-json'

/** A number that `JSON.parse` may spoil: of 16 digits or more, with a point, or with an exponent. In a text it does no harm. */
const spoilt = /(?:^|[:,[])\s*-?(?:\d{16}|\d+[.eE])/

/** What a number is: itself where it is a whole one that a number holds, else its text, digit for digit. */
const exactly = (text: string): number | string => {
  const number = Number(text)
  return Number.isSafeInteger(number) && String(number) === text ? number : text
}

/**
 * As `JSON.parse`, but a number that it would spoil is its text: `1812112568701845504` is `'1812112568701845504'`, and
 * `-8.02e-05` is `'-8.02e-05'`. Texts without such numbers cost no more than one look at them.
 *
 * @throws SyntaxError where the text is no JSON.
 */
export const parseLossless = (text: string): unknown => {
  if (!spoilt.test(text)) return JSON.parse(text)
  try {
    return parse(text, undefined, { parseNumber: exactly, onDuplicateKey: ({ newValue }) => newValue })
  } catch {
    // Nested deeper than the stack is no error in JSON: `JSON.parse` says what is one.
    return JSON.parse(text)
  }
}
