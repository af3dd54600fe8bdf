import { aList, anObject, checked, maybe } from '../../codecs/checked.js'
import { replayTogether, type TogetherConfig } from '../../communicators/replayTogether.js'
import { createSimulations, type Open } from './createSimulations.js'
import type { RecordingConfig, Simulation, SimulationConfig } from './Simulation.js'

/** One of the venues that are simulated together. */
export interface VenueTogether extends Omit<SimulationConfig, 'start' | 'recording'> {
  /** As that of `simulate`, but for `from` and `to`, which all have in common. */
  readonly recording?: Omit<RecordingConfig, 'from' | 'to'>
}

/** When they are simulated, in ms since 1970, or by Dates. */
export interface SimulatedSpan extends Pick<SimulationConfig, 'start'>, Pick<TogetherConfig, 'from' | 'to'> {}

/** A simulation of each. */
type Simulations<C extends readonly VenueTogether[]> = { readonly [K in keyof C]: Simulation }

/**
 * Several venues in memory, as `simulate` makes each of them, on one virtual time: gives a simulation for each. Their
 * recordings play in one order, by time, equal times in the order of the list, as `replayTogether` plays them; orders of
 * each venue are filled in its own recording, by its own model. So a strategy that trades one market against another is
 * tested by the code that trades it live.
 *
 * ```text
 * spot         1000 a     1400 b                1900 c
 * perpetual    1000 x             1500 y                 2000 z
 * together     a x        b       y             c        z
 * ```
 *
 * `pass`, `finish`, `block`, `due` and `scheduler` are of the time that they share, whichever of them is asked. It ends with
 * the last of the recordings; each venue is closed by itself.
 *
 * ```ts
 * const [spot, perpetual] = simulateTogether([
 *   { venue: binanceSpot, accounts: [mine], recording: { files: 'spot.txt.gz' } },
 *   { venue: binanceFutures, accounts: [mine], recording: { files: 'perpetual.txt.gz' } },
 * ])
 * // … a client and its orders for each, by its transport and fetch, on the scheduler of either …
 * await spot.finish()
 * ```
 *
 * @throws TypeError when there is none, or as `simulate` does.
 */
export const simulateTogether = checked(
  'simulateTogether',
  [aList('a list of configs { venue }'), maybe(anObject('a config'))],
  <const C extends readonly VenueTogether[]>(all: C, { start, ...span }: SimulatedSpan = {}): Simulations<C> => {
    const [first, ...others] = all
    if (first === undefined) throw new TypeError('simulateTogether: expected at least one config { venue }, came none')
    const open = (files: Parameters<Open>[0]) => replayTogether(files, span)
    // One for each of the list.
    return createSimulations(
      'simulateTogether',
      [first, ...others],
      start,
      open,
    ) as readonly Simulation[] as Simulations<C>
  },
)
