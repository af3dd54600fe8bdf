/** The venue's time, measured from what the venue sends. */
export interface VenueClock {
  /** How far the venue's clock is ahead of ours, in ms; `undefined` before the venue has told a time. */
  readonly offset: () => number | undefined
  /** The venue's time now, in ms since 1970; ours before the venue has told a time. */
  readonly now: () => number
  /** The time of the event that was heard last, in ms since 1970; -Infinity before the first. */
  readonly heardUntil: () => number
}

/** A venue's clock for those who hear the venue. Times are ms since 1970, `sentAt` and `receivedAt` by our clock. */
export interface MeasuredClock extends VenueClock {
  /** An event of this time arrived. */
  readonly heard: (time: number, receivedAt: number) => void
  /** An answer told this time, cut to whole units of `resolution` ms. */
  readonly answered: (time: number, resolution: number, sentAt: number, receivedAt: number) => void
  /** Our clock was put forward by so many ms, or, below 0, back. */
  readonly stepped: (by: number) => void
}

/** Where the offset lies, in ms. */
interface Bounds {
  readonly lower: number
  readonly upper: number
}

/** A measurement counts for one of these spans up to two, in ms, since clocks drift. */
const SPAN = 60_000
/** An event ahead of all others by so much, in ms, is believed when the next one is, too. */
const UNLIKELY = 5_000

const unknown: Bounds = { lower: -Infinity, upper: Infinity }

const both = (a: Bounds, b: Bounds): Bounds => ({
  lower: Math.max(a.lower, b.lower),
  upper: Math.min(a.upper, b.upper),
})
const shifted = ({ lower, upper }: Bounds, by: number): Bounds => ({ lower: lower - by, upper: upper - by })

/** What all measurements of late agree on. One that contradicts the others replaces them. */
const createBounds = () => {
  let since = -Infinity
  let [before, current] = [unknown, unknown]
  const now = () => both(before, current)
  return {
    now,
    add: (measured: Bounds, at: number) => {
      const age = at - since
      if (!(age >= 0 && age < SPAN)) {
        before = age >= 0 && age < 2 * SPAN ? current : unknown
        current = unknown
        since = at
      }
      const { lower, upper } = both(now(), measured)
      if (lower > upper) before = current = unknown
      current = both(current, measured)
    },
    step: (by: number) => {
      since += by
      before = shifted(before, by)
      current = shifted(current, by)
    },
  }
}

/**
 * Measures a venue's clock against ours. An event was on its way for an unknown time, so that the venue is at least as
 * far ahead as its time says; an answer told its time between its request's leaving and its arrival. Where events say
 * less, or more, than answers allow, the answers count.
 */
export const createVenueClock = (clock: () => number): MeasuredClock => {
  const answers = createBounds()
  let events = createBounds()
  let heardUntil = -Infinity
  let isSuspect = false

  const offset = () => {
    const { lower: least } = events.now()
    const { lower, upper } = answers.now()
    if (least !== -Infinity) return Math.min(upper, Math.max(lower, least))
    return lower === -Infinity ? undefined : (lower + upper) / 2
  }

  return {
    offset,
    now: () => clock() + (offset() ?? 0),
    heardUntil: () => heardUntil,
    heard: (time, receivedAt) => {
      const lower = time - receivedAt
      const known = offset() ?? lower
      isSuspect = lower > known + UNLIKELY && !isSuspect
      if (isSuspect) return // F57
      heardUntil = time
      // Nothing is on its way for so long: one of the clocks was put back or forward.
      if (lower < known - SPAN) events = createBounds()
      events.add({ lower, upper: Infinity }, receivedAt)
    },
    answered: (time, resolution, sentAt, receivedAt) =>
      answers.add({ lower: time - receivedAt, upper: time + resolution - sentAt }, receivedAt),
    stepped: (by) => {
      events.step(by)
      answers.step(by)
    },
  }
}
