import { anObject, checked } from '../codecs/checked.js'
import { Observable, type SchedulerLike } from 'rxjs'
import type { Signal } from '../Signal.js'
import type { Communicator } from './Communicator.js'
import { recordedClock } from './recordedClock.js'
import { UNTIMED } from './replay/Batch.js'
import { fromThere } from './replay/fromThere.js'
import { inSequence } from './replay/inSequence.js'
import { mergedByTime } from './replay/mergedByTime.js'
import { playAtOnce } from './replay/playAtOnce.js'
import type { Player, Stage } from './replay/Player.js'
import { playPaced } from './replay/playPaced.js'
import { readRecords } from './replay/readRecords.js'
import type { ReplayConfig } from './replay/ReplayConfig.js'
import { replaySettings, type ReplaySettings } from './replay/replaySettings.js'
import { skipping } from './replay/skipping.js'
import { newStory } from './replay/Story.js'

const batchesOf = (settings: ReplaySettings, run: Parameters<typeof newStory>[0], stop: AbortSignal) =>
  settings.merge
    ? mergedByTime(settings.files.map((file) => readRecords(settings, file, newStory(run), stop)))
    : inSequence(settings, newStory(run), stop)

const playerOf = ({ factor, timer }: ReplaySettings, stage: Stage): Player =>
  factor === Infinity ? playAtOnce(stage) : playPaced(stage, factor, timer)

/**
 * Plays recordings: the frames of delimited files, plain or gzip, as they came, on a clock that shows their time.
 *
 * ```text
 * file         1000 {…}⏎ 1400 {…}⏎ nonsense⏎ 2000 {…}⏎
 * replay       a---------b---------x---------c----------|     x: BadRecord, with file and byte offset
 * now()        1000      1400      1400      2000
 * ```
 *
 * What cannot be read is a `BadRecord` or a `BadFile` among the signals, and the rest still comes, behind damage, too. What
 * a gzip member holds comes after its checksum was found right; what can be decoded of a damaged one is marked by
 * `Unverified`. The wanted streams are ignored: everything comes. It holds at most 1 MiB of each file, and a record.
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
  (config: ReplayConfig): Communicator & { readonly scheduler: SchedulerLike } => {
    const settings = replaySettings(config)
    const isFromThere = settings.from !== undefined && settings.timestamps !== 'none'
    const skipped = isFromThere ? skipping() : undefined
    let playing: Player | undefined
    const clock = recordedClock(settings.from, () => playing?.wake())

    const replay = new Observable<Signal>((subscriber) => {
      if (playing !== undefined) {
        const advice = 'make another replayCommunicator, or share the Observable'
        subscriber.error(new Error(`expected one subscription at a time, came a second: there is one clock, ${advice}`))
        return
      }
      const stop = new AbortController()
      const ends = new Set<number>()
      const batches = batchesOf(settings, { ends, isFed: skipped?.isHeard() === true }, stop.signal)
      const player = playerOf(settings, {
        clock,
        open: () => !subscriber.closed,
        deliver: (signal, time) => {
          const now = clock.scheduler.now()
          const isStamped = time !== UNTIMED || signal.receivedAt === now
          subscriber.next(isStamped ? signal : { ...signal, receivedAt: now })
        },
      })

      const run = async () => {
        const { play, drain } = fromThere(player, ends, skipped)
        clock.reset()
        skipped?.reset()
        for (let ahead = batches.next(); !subscriber.closed;) {
          const { done, value } = await ahead
          if (done === true) break
          ahead = batches.next()
          await play(value)
        }
        await drain(settings.drain)
        subscriber.complete()
      }

      playing = player
      run().catch((error: unknown) => subscriber.error(error))
      return () => {
        playing = undefined
        player.stop()
        stop.abort() // F85
        batches.return(undefined).catch(() => undefined)
      }
    })

    return Object.assign(() => replay, { scheduler: clock.scheduler }, skipped !== undefined && { skipped })
  },
)
