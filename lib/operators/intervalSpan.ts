import { intervals, type Interval } from '../events/Interval.js'

/** An interval that klines can be made of. */
export type KlineInterval = '1s' | (typeof intervals)[number]

/** An interval, in ms since 1970 (UTC): every time from `openTime` up to but not including `end`, whole ms or not. */
export interface Span {
  readonly openTime: number
  readonly end: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const units = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY } as const

/** Where venues count intervals from, in ms since 1970, for those that do not fill a day. */
const origins: Partial<Record<Interval, number>> = {
  '3d': DAY, // F61
  // 1970 began on a Thursday.
  '1w': 4 * DAY,
}

/** Whole ms are divided without an error; a fraction just below an end could be rounded up to it. */
const even = (time: number, length: number, origin: number): Span => {
  const openTime = Math.floor((Math.floor(time) - origin) / length) * length + origin
  return { openTime, end: openTime + length }
}

/** From March 1st of year 0, so that a leap day ends its year, to 1970, in days. */
const ORIGIN = 719_468
/** Days in 400 years, in 100, in 4 and in 1. */
const ERA = 146_097
const CENTURY = 36_524
const LEAP = 1461
const YEAR = 365

/** The first day (since 1970) of a month, counted from March of year 0. */
const firstOfMonth = (month: number): number => {
  const year = Math.floor(month / 12)
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * YEAR + leapDays + Math.floor((153 * (month - year * 12) + 2) / 5) - ORIGIN
}

/** The month, counted from March of year 0, of a day since 1970. */
const monthOf = (day: number): number => {
  const era = Math.floor((day + ORIGIN) / ERA)
  const inEra = day + ORIGIN - era * ERA
  const leapDays = Math.floor(inEra / (LEAP - 1)) - Math.floor(inEra / CENTURY) + Math.floor(inEra / (ERA - 1))
  const year = Math.floor((inEra - leapDays) / YEAR)
  const inYear = inEra - (year * YEAR + Math.floor(year / 4) - Math.floor(year / 100))
  return (era * 400 + year) * 12 + Math.floor((5 * inYear + 2) / 153)
}

const calendarMonth = (time: number): Span => {
  const month = monthOf(Math.floor(Math.floor(time) / DAY))
  return { openTime: firstOfMonth(month) * DAY, end: firstOfMonth(month + 1) * DAY }
}

/**
 * The interval that a time (ms since 1970) lies in, aligned as venues do: to UTC, three days count from 1970-01-02,
 * weeks begin on Monday, `1M` is the calendar month.
 *
 * @throws TypeError when the interval is not a documented one.
 */
export const intervalSpan = (interval: KlineInterval): ((time: number) => Span) => {
  if (interval === '1M') return calendarMonth
  const known: readonly Interval[] = ['1s', ...intervals]
  const [, count = '', unit = ''] = /^(\d+)([smhdw])$/.exec(interval) ?? []
  const length = Object.entries(units).find(([name]) => name === unit)?.[1]
  if (length === undefined || !known.includes(interval))
    throw new TypeError(`'${interval}' is no interval; expected one of ${known.join(', ')}`)
  const origin = origins[interval] ?? 0
  return (time) => even(time, Number(count) * length, origin)
}
