import { byteAt } from './input.js'
import { formOf, LevelsView, STRIDE, type Level } from './LevelsView.js'
import { cursor, scanList, scanPair, type Scan } from './scan.js'
import { scanNumber } from './scanNumber.js'

const QUOTE = 34
const COMMA = 44
const BRACKET = 91
const END_BRACKET = 93

/** More levels than any venue sends in one list are not kept as numbers, so that the room for them has a bound. */
const MOST = 20_000 * STRIDE

/** The numbers of the levels that are being read. */
const room: number[] = []

const none = new LevelsView([])

/** `[["61686.00","2.29"],…]`; where one of the decimals is no number that gives its text back, all are read as texts. */
export const scanLevels: Scan<LevelsView | readonly Level[]> = (text, start) => {
  const count = scanNumbers(text, start)
  if (count < 0) return scanList(scanPair, text, start)
  return count === 0 ? none : new LevelsView(room.slice(0, count))
}

/** How many numbers there are now in `room`, or -1. */
const scanNumbers = (text: string, start: number): number => {
  let at = start
  let count = 0
  if (byteAt(at) !== BRACKET) return -1
  if (byteAt(at + 1) === END_BRACKET) {
    cursor.at = at + 2
    return 0
  }
  do {
    if (count === MOST || byteAt(at + 1) !== BRACKET || byteAt(at + 2) !== QUOTE) return -1
    const price = scanNumber(text, at + 3)
    const scale = cursor.scale
    at = cursor.at
    if (price !== price || byteAt(at) !== QUOTE) return -1
    if (byteAt(at + 1) !== COMMA || byteAt(at + 2) !== QUOTE) return -1
    const quantity = scanNumber(text, at + 3)
    at = cursor.at
    if (quantity !== quantity || byteAt(at) !== QUOTE || byteAt(at + 1) !== END_BRACKET) return -1
    room[count] = price
    room[count + 1] = quantity
    room[count + 2] = formOf(scale, cursor.scale)
    count += STRIDE
    at += 2
  } while (byteAt(at) === COMMA)
  if (byteAt(at) !== END_BRACKET) return -1
  cursor.at = at + 1
  return count
}
