import { isTime } from '../record/isTime.js'
import type { Timestamps } from './RecordFormat.js'

/** How a time is written before a text. */
export type Prefix = Exclude<Timestamps, 'none' | 'event'>

/** Reads the time that stands from `start` to `end`, in ms since 1970: the number nearest to it, NaN when it is none. */
export type ReadTime = (bytes: Buffer, start: number, end: number) => number

const DOT = 0x2e
const ZERO = 0x30

/** From here on (2^32) a double has so few binary places that adding up two parts rounds as reading the whole does. */
const EXACT = 4_294_967_296
const powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7]

const pattern = /^\d+(?:\.\d+)?(?:e-\d+)?$/

/** Any decimal text, slowly. */
const parseDecimal = (text: string, exponent: number): number =>
  pattern.test(text) ? Number(exponent === 0 ? text : `${text}e${exponent}`) : NaN

/** Digits as they usually come: whole ms and at most seven digits beyond; else undefined. */
const scanDecimal = (bytes: Buffer, start: number, end: number, exponent: number): number | undefined => {
  let dot = start
  while (dot < end && bytes[dot] !== DOT) dot += 1
  let left = dot - start + exponent
  let whole = 0
  let rest = 0
  for (let i = start; i < end; i += 1) {
    if (i === dot) continue
    const digit = (bytes[i] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return undefined
    if (left > 0) whole = whole * 10 + digit
    else rest = rest * 10 + digit
    left -= 1
  }
  const power = powers[-left]
  if (power === undefined || dot === end - 1 || whole < EXACT || !isTime(whole)) return undefined
  return whole + rest / power
}

const decimal =
  (exponent: number): ReadTime =>
  (bytes, start, end) =>
    scanDecimal(bytes, start, end, exponent) ?? parseDecimal(bytes.toString('latin1', start, end), exponent)

const isoPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)?$/

const parseIso = (text: string): number => {
  const [, seconds = '', fraction = '0', zone = 'Z'] = isoPattern.exec(text) ?? []
  return Date.parse(`${seconds}${zone}`) + Number(`0.${fraction}e3`)
}

const readers: Readonly<Record<Prefix, ReadTime>> = {
  s: decimal(3),
  ms: decimal(0),
  us: decimal(-3),
  ns: decimal(-6),
  iso: (bytes, start, end) => parseIso(bytes.toString('latin1', start, end)),
}

/** The reader of one way to write a time. */
export const writtenTime = (format: Prefix): ReadTime => {
  const read = readers[format]
  return (bytes, start, end) => {
    const time = read(bytes, start, end)
    return isTime(time) ? time : NaN
  }
}
