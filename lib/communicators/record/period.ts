const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span of time that one part covers. */
export interface Period {
  /** Its beginning, as exact as the span needs: `2024-08-08T1315`. Names of one span sort by time. */
  readonly name: string
  /** When the next one begins, in ms since 1970. */
  readonly end: number
}

/** The shortest text that tells the beginnings of such spans apart: how much of a time, without colons and dots, it is. */
const lengths: readonly (readonly [unit: number, characters: number])[] = [
  [DAY, '2024-08-08'.length],
  [HOUR, '2024-08-08T13'.length],
  [MINUTE, '2024-08-08T1315'.length],
  [SECOND, '2024-08-08T131507'.length],
  [1, '2024-08-08T131507123'.length],
]

/** How long a span is, in ms. */
export const spanOf = (every: 'hour' | 'day' | number): number =>
  every === 'hour' ? HOUR : every === 'day' ? DAY : every

/** The span, of so many ms counted from 1970, that a time belongs to. */
export const periodOf = (ms: number, span: number): Period => {
  const start = Math.floor(ms / span) * span
  const [, characters] = lengths.find(([unit]) => span % unit === 0) ?? [1, undefined]
  return { name: new Date(start).toISOString().replaceAll(/[:.Z]/g, '').slice(0, characters), end: start + span }
}
