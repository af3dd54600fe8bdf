/**
 * How long a Retry-After header asks us to wait, in ms from `now` (ms since 1970): a number of seconds, or an HTTP date.
 * `undefined` where it says neither; never negative.
 */
export const retryAfter = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
