import { aList, anObject, checked, maybe } from '../codecs/checked.js'
import { createReplays, type Replay } from './replay/createReplays.js'
import type { ReplayConfig } from './replay/ReplayConfig.js'
import { replaySettings } from './replay/replaySettings.js'

/** What all that is replayed together has in common. */
export type TogetherConfig = Pick<ReplayConfig, 'from' | 'to' | 'pace' | 'drain' | 'timer'>

/** The files of one venue, and how they are written. */
export type TogetherFiles = Omit<ReplayConfig, keyof TogetherConfig>

/** A communicator for each. */
type Replays<C extends readonly TogetherFiles[]> = { readonly [K in keyof C]: Replay }

/**
 * Replays several venues on one recorded clock: gives a communicator for the client of each, whose signals come in one
 * order, by time, equal times in the order of the list. So a program that follows several markets has in a backtest what
 * it had live: a timer of one client sees what all of them had heard by then.
 *
 * ```text
 * spot         1000 a     1400 b                1900 c
 * perpetual    1000 x             1500 y                 2000 z
 * together     a x        b       y             c        z
 * now()        1000       1400    1500          1900     2000
 * ```
 *
 * Nothing that one of them says is compared with what another says: `btcusdt@trade` of two venues are two streams. What
 * several files of one venue say of one stream is merged as `merge` tells, without loss.
 *
 * It begins when all communicators are subscribed to, and all complete at the common end, once nothing is due on the clock
 * or after `drain` ms of it. Whoever unsubscribes hears no more, and the others go on; the last one closes the files. An
 * error, as of a second subscription meanwhile, is that of `replayCommunicator`.
 *
 * ```ts
 * const [spot, perpetual] = replayTogether([{ files: 'spot.txt.gz' }, { files: 'perpetual.txt.gz' }], { from: noon })
 * const spotClient = createClient({ venue: binanceSpot, communicator: spot })
 * const perpetualClient = createClient({ venue: asterFutures, communicator: perpetual })
 * ```
 *
 * @throws TypeError when there is none, or a config cannot be meant.
 */
export const replayTogether = checked(
  'replayTogether',
  [aList('a list of configs { files }'), maybe(anObject('a config'))],
  <const C extends readonly TogetherFiles[]>(all: C, config: TogetherConfig = {}): Replays<C> => {
    const { from, to, pace, drain, timer } = config
    const common = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(pace !== undefined && { pace }),
      ...(drain !== undefined && { drain }),
      ...(timer !== undefined && { timer }),
    }
    const [first, ...others] = all.map((files) => replaySettings({ ...files, ...common }, 'replayTogether'))
    if (first === undefined) throw new TypeError('replayTogether: expected at least one config { files }, came none')
    // One for each of the list.
    return createReplays([first, ...others]) as Replays<C>
  },
)
