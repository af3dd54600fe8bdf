import * as t from 'io-ts'
import type { Codec } from './Codec.js'
import { byteAt } from './input.js'
import { scanInteger } from './scan.js'

const MINUS = 45

/** The year 5138 in ms: a larger number is microseconds. */
const LATEST = 1e14

/** What stands on the wire: whole milliseconds, or whole microseconds, since 1970. */
const isWire = (u: unknown): u is number => Number.isSafeInteger(u) && Number(u) >= 0

/** A time on the wire in ms since 1970, whichever of both it is. */
export const milliseconds = (time: number): number => (time > LATEST ? time / 1_000 : time)

/** The whole microseconds nearest to a time in ms; its whole part is multiplied apart, so that nothing is rounded twice. */
const microseconds = (ms: number): number => {
  const whole = Math.floor(ms)
  return whole * 1_000 + Math.round((ms - whole) * 1_000)
}

const isTimestamp = (u: unknown): u is number => {
  if (typeof u !== 'number' || !(u >= 0 && u <= LATEST)) return false
  return Number.isInteger(u) || microseconds(u) > LATEST
}

/**
 * Milliseconds since 1970 (UTC). Where the venue sends microseconds they are the fraction, exact until the year 2248:
 * `1723110001001.123`.
 */
export type Timestamp = number
export const Timestamp: Codec<Timestamp, number> = Object.assign(
  new t.Type<Timestamp, number, unknown>(
    'Timestamp',
    isTimestamp,
    (u, context) => (isWire(u) ? t.success(milliseconds(u)) : t.failure(u, context)),
    (ms) => (Number.isInteger(ms) ? ms : microseconds(ms)),
  ),
  {
    fast: (u: unknown) => (isWire(u) ? milliseconds(u) : undefined),
    scan: (text: string, at: number) => {
      const time = byteAt(at) === MINUS ? undefined : scanInteger(text, at)
      return time === undefined ? undefined : milliseconds(time)
    },
  },
)
