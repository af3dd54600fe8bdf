import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

// prettier-ignore
/** The intervals that every venue has, shortest first. */
export const intervals = [
  '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1M',
] as const

/** How long a kline is. */
export type Interval = Enumeration<'1s' | (typeof intervals)[number]>
export const Interval = enumeration('Interval', ['1s', ...intervals])
