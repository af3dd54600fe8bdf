import type { Signal } from '../../../lib/Signal.js'
import type { HostClock } from '../hostClock.js'
import type { Report } from './Finding.js'

/** A stamp may be so far from the host's clock, in ms, beside the time for which the process was blocked meanwhile. */
const AGREED = 300
/** How long, in ms, a step of the host's clock may be unknown. */
const UNKNOWN = 1_500

export interface TimeOracle {
  readonly said: (signal: Signal) => void
  /** The process is not blocked now. */
  readonly turned: () => void
}

/** Compares the stamps of what a client says with its host's clock: within a source they go back with a step only. */
export const timeOracle = ({ clock, monotonic }: HostClock, report: Report): TimeOracle => {
  const latest = new Map<string, number>()
  let ahead = clock() - monotonic()
  let changedAt = monotonic()
  let turnedAt = monotonic()

  const said = ({ _tag, receivedAt, source, ...rest }: Signal): void => {
    const now = monotonic()
    const isStepped = Math.abs(clock() - now - ahead) > 1
    if (isStepped) [ahead, changedAt] = [clock() - now, now]
    // A step is told once, of all sources.
    if (_tag === 'ClockStepped') latest.clear()
    if (source === undefined || _tag === 'Reply') return
    const last = latest.get(source.id) ?? -Infinity
    latest.set(source.id, receivedAt)
    const what = `${_tag} of ${source.id} at ${receivedAt} ${JSON.stringify(rest).slice(0, 100)}`
    if (receivedAt < last) report('time', `${what}, after ${last}`)
    const late = clock() - receivedAt
    if (now > changedAt + UNKNOWN && (late < -AGREED || late > AGREED + now - turnedAt))
      report('time', `${what}, when it was ${clock()}, ${now - turnedAt} ms after the last turn`)
  }

  return {
    said,
    turned: () => {
      turnedAt = monotonic()
    },
  }
}
