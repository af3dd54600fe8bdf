/** After 429 and what is like it, and after 418, where nothing says how long to wait, in ms. */
export const TOO_MANY = 60_000
export const BANNED = 120_000

/** The longest ban that a venue tells, in ms, three days: whatever asks for more is a mistake. */
const LONGEST = 3 * 86_400_000

/** The time of a Date header, in ms since 1970; `undefined` where it is none. */
export const timeOf = (date: string | undefined): number | undefined => {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** How long to wait for a time that a venue named, both in ms since 1970 by its clock; never negative. */
export const waitUntil = (until: number, now: number): number => bounded(until - now)

const bounded = (ms: number): number => Math.min(LONGEST, Math.max(0, ms)) // F76

/**
 * How long a Retry-After header asks us to wait, in ms from `now` (ms since 1970): a number of seconds, or an HTTP date.
 * `undefined` where it says neither; never negative, and never more than three days.
 */
export const retryAfter = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d+$/.test(text)) return bounded(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : waitUntil(date, now)
}
