import { anObject, checked } from '../codecs/checked.js'
import { createReplays, type Replay } from './replay/createReplays.js'
import type { ReplayConfig } from './replay/ReplayConfig.js'
import { replaySettings } from './replay/replaySettings.js'

/**
 * Plays recordings, our own and those of others: the frames of files, plain, gzip or zip, as they came, on a clock that
 * shows their time.
 *
 * ```text
 * file         1000 {…}⏎ 1400 {…}⏎ nonsense⏎ 2000 {…}⏎
 * replay       a---------b---------x---------c----------|     x: BadRecord, with file and byte offset
 * now()        1000      1400      1400      2000
 * ```
 *
 * What cannot be read is a `BadRecord` or a `BadFile` among the signals, and the rest still comes, behind damage, too. What
 * a gzip member holds comes after its checksum was found right; what can be decoded of a damaged one is marked by
 * `Unverified`. What a format of others does not hold is absent, and `FileFormat` says so once. The wanted streams are ignored: everything comes. It holds at most 1 MiB of each file, and a record.
 *
 * `scheduler` is the recorded clock: give it to every operator that waits. Timers due at `t` run before the frame of `t`.
 * Before the first frame it shows `from ?? 0`, and what is set then counts from the first frame.
 *
 * Completes after the last frame, once nothing is due on the clock or after `drain` ms of it. Errors only when subscribed
 * while a subscription runs, because there is one clock. Unsubscribing stops reading at once, closes the files and leaves
 * no timer; subscribing again then plays from the start.
 *
 * ```ts
 * const communicator = replayCommunicator({ files: ['day1.txt.gz', 'day2.txt.gz'], timestamps: 'ns' })
 * communicator(NEVER).pipe(bufferTime(1000, communicator.scheduler)).subscribe((second) => console.log(second.length))
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const replayCommunicator = checked(
  'replayCommunicator',
  [anObject('a config { files }', ['files'])],
  (config: ReplayConfig): Replay => createReplays([replaySettings(config)])[0],
)
