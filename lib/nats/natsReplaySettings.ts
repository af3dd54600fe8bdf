import { asyncScheduler, type SchedulerLike } from 'rxjs'
import type { Pace } from '../communicators/replay/ReplayConfig.js'
import type { Venue } from '../venues/Venue.js'
import type { BrokerFrom } from './begin.js'
import { misuse, numbersOf } from './misuse.js'
import type { NatsConfig } from './NatsConfig.js'
import { checkedFrom, natsSettings } from './natsSettings.js'

/** A message by its sequence, or the first that was stored at or after a time, ms since 1970. */
type Stored = Exclude<BrokerFrom, string>

/** What is replayed of a broker, and how. */
export interface NatsReplayConfig<V extends Venue = Venue> extends Pick<
  NatsConfig<V>,
  'venue' | 'stream' | 'window' | 'patience'
> {
  /** The first message. Default: the first that is stored. */
  readonly from?: Stored
  /** The first message that is not played. Default: all that is stored when it begins is played. */
  readonly to?: Stored
  /** `'instant'` (default), `'recorded'`, or a factor: `2` is twice as fast as it was. */
  readonly pace?: Pace
  /** How many ms the clock runs on after the last message, at most, while something is due; default 60,000. */
  readonly drain?: number
  /** The real time in which a paced replay waits; default RxJS's `asyncScheduler`. */
  readonly timer?: SchedulerLike
}

const WHO = 'natsReplay'

const factorOf = (pace: Pace): number => {
  if (pace === 'instant') return Infinity
  if (pace === 'recorded') return 1
  if (typeof pace === 'number' && pace > 0 && Number.isFinite(pace)) return pace
  throw misuse(WHO, "`pace` 'instant', 'recorded' or a factor above 0", pace, '2 plays twice as fast')
}

/** @throws TypeError where it cannot be meant. */
export const natsReplaySettings = (config: NatsReplayConfig) => {
  const { from = { sequence: 1 }, to, pace = 'instant', timer = asyncScheduler } = config
  for (const place of [from, to])
    if (typeof place === 'string') throw misuse(WHO, '{ sequence } or { time }', place, 'what is live is no replay')
  return {
    ...natsSettings({ ...config, from }, WHO),
    ...{ to: to === undefined ? undefined : checkedFrom(WHO, to), timer, factor: factorOf(pace) },
    drain: numbersOf(WHO)(config, 'drain', 0, 60_000),
  }
}
