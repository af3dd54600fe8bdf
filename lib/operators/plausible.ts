import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'

/** What one update may tell at most: no venue has so many ids in a second. */
const MOST_IDS = 1e9
/** How much further than ours the venue's clock may go from one update to the next, in ms. */
const MOST_AHEAD = 60_000
/** How much it may fall behind: so long may a process, or a whole machine, have been away. */
const MOST_BEHIND = 86_400_000

/** Says of one update after the other what cannot be believed of it; `undefined` where all can. */
export type Plausible = (update: DepthUpdate, receivedAt: number) => string | undefined

/**
 * An update cannot be believed where its ids span more than any venue has, or its time jumps away from that at which it
 * came. Where the next one has jumped as far, it was a clock that was set.
 */
export const plausible = (): Plausible => {
  let lastAt = NaN
  /** Of the last update that was believed, and of one since that was not: its time less that at which it came. */
  let lastAhead = NaN
  let otherAhead = NaN
  return ({ firstUpdateId, lastUpdateId, eventTime }, receivedAt) => {
    if (lastUpdateId - firstUpdateId > MOST_IDS) return `ids from ${firstUpdateId} to ${lastUpdateId}`
    // In a recording without times our clock stands still.
    const most = receivedAt > lastAt ? MOST_AHEAD : MOST_BEHIND
    const ahead = eventTime - receivedAt
    const jump = ahead - lastAhead
    const sinceOther = ahead - otherAhead
    lastAt = receivedAt
    if ((jump > most || jump < -MOST_BEHIND) && !(sinceOther <= most && sinceOther >= -MOST_BEHIND)) {
      otherAhead = ahead
      return `the time ${eventTime}, which is ${jump} ms off`
    }
    lastAhead = ahead
    otherAhead = NaN
    return undefined
  }
}

/** What cannot be believed of a snapshot, the newest update before it being known. */
export const whatIsWrongWith = (
  { lastUpdateId }: Pick<DepthSnapshot, 'lastUpdateId'>,
  newest: DepthUpdate | undefined,
): string | undefined =>
  newest !== undefined && lastUpdateId - newest.lastUpdateId > MOST_IDS
    ? `the id ${lastUpdateId}, the stream ${newest.lastUpdateId}`
    : undefined
