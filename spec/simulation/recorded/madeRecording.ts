import { market, type MarketEvent } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'

/** When it begins, in ms since 1970: with a minute. */
export const START = 1_700_000_040_000

/** What is made up, and what of it somebody recorded. */
export interface MadeRecordingConfig {
  readonly seconds?: number
  readonly kinds?: readonly MarketEvent['kind'][]
  /** The depth updates of 150 ms from here on are lost. */
  readonly gapAt?: number
}

/** A market as somebody recorded it, with its book behind the first event, and the events that it was made of. */
export const madeRecording = ({ seconds = 60, kinds, gapAt = Infinity }: MadeRecordingConfig = {}) => {
  const made = market({ seed: 5, start: START, duration: seconds * 1_000 })
  const snapshot = JSON.stringify(asterFutures.depthSnapshot.encode(made.snapshot()))
  const events = [...made].filter(({ kind }) => kinds?.includes(kind) ?? true)
  const [first = '', ...others] = events.flatMap(({ at, kind, stream, event }) => {
    const isLost = kind === 'depth' && at >= gapAt && at < gapAt + 150
    const encode: (event: never) => unknown = asterFutures.streams[kind].event.encode
    return isLost ? [] : [`${at} ${JSON.stringify({ stream, data: encode(event as never) })}`]
  })
  return { text: [first, `${START} ${snapshot}`, ...others, ''].join('\n'), events }
}
