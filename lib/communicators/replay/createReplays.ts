import { Observable, type SchedulerLike, type Subscriber } from 'rxjs'
import type { Signal } from '../../Signal.js'
import type { Communicator } from '../Communicator.js'
import { recordedClock } from '../recordedClock.js'
import { letGo, UNTIMED, type Batch } from './Batch.js'
import { expandFiles } from './expandFiles.js'
import { fromThere } from './fromThere.js'
import { inSequence } from './inSequence.js'
import { mergedByTime } from './mergedByTime.js'
import { playAtOnce } from './playAtOnce.js'
import type { Player, Stage } from './Player.js'
import { playPaced } from './playPaced.js'
import { readRecords } from './readRecords.js'
import type { ReplaySettings } from './replaySettings.js'
import { skipping, type Skipping } from './skipping.js'
import { newStory, type Story } from './Story.js'
import type { TakeBatch } from './WaitingBatch.js'

/** A replay as a communicator: it has the recorded clock. */
export type Replay = Communicator & { readonly scheduler: SchedulerLike }

type Run = Parameters<typeof newStory>[0]

async function* batchesOf(given: ReplaySettings, run: Run, stop: AbortSignal): AsyncGenerator<Batch, void> {
  const settings = { ...given, files: await expandFiles(given.files) }
  const story = (): Story => newStory(run)
  yield* settings.merge
    ? mergedByTime(settings.files.map((file) => readRecords(settings, file, story(), stop)))
    : inSequence(settings, story(), stop)
}

async function* oneByOne(batches: AsyncGenerator<Batch, void>): AsyncGenerator<TakeBatch, void> {
  for await (const batch of batches) {
    let next: Batch | undefined = batch
    yield () => {
      const taken = next
      next = undefined
      return taken
    }
  }
}

const playerOf = ({ factor, timer }: ReplaySettings, stage: Stage): Player =>
  factor === Infinity ? playAtOnce(stage) : playPaced(stage, factor, timer)

const skippingOf = ({ from, format }: ReplaySettings): Skipping | undefined =>
  from !== undefined && format?.timestamps !== 'none' ? skipping() : undefined

/**
 * Whether a signal says something new: each client is told once of a format. Whoever reads files at once cannot know
 * which of them is the first to say it.
 */
const formatNews = () => {
  const said = new Set<string>()
  return (signal: Signal, place: number): boolean => {
    if (signal._tag !== 'FileFormat') return true
    const before = said.size
    return said.add([place, signal.format, signal.lacks].join()).size > before
  }
}

const misuse = (advice: string) =>
  new Error(`expected one subscription at a time, came a second: there is one clock, ${advice}`)

/**
 * Replays on one clock, which the first of the settings rules: its pace, its beginning and its end. They play when all of
 * them are subscribed to, in one order, and end together; whoever unsubscribes hears no more, and the last one stops all.
 */
export const createReplays = (all: readonly [ReplaySettings, ...ReplaySettings[]]): readonly [Replay, ...Replay[]] => {
  const [first] = all
  const outletOf = (settings: ReplaySettings) => ({ settings, skipped: skippingOf(settings) })
  const outlets = [outletOf(first), ...all.slice(1).map(outletOf)] as const
  let waiting: (Subscriber<Signal> | undefined)[] = []
  let playing: Player | undefined
  let stopAll = (): void => undefined
  const clock = recordedClock(first.from, () => playing?.wake())

  const play = (subscribers: readonly Subscriber<Signal>[]) => {
    const stop = new AbortController()
    const isNews = formatNews()
    const parts = outlets.map(({ settings, skipped }) => {
      const run = { ends: new Set<number>(), isFed: skipped?.isHeard() === true }
      return { skipped, ends: run.ends, batches: batchesOf(settings, run, stop.signal) }
    })
    const [only, another] = parts
    const isOne = only !== undefined && another === undefined
    const batches = isOne ? only.batches : mergedByTime(parts.map((one) => oneByOne(one.batches)))
    const open = () => subscribers.some(({ closed }) => !closed)
    const player = playerOf(first, {
      clock,
      open,
      deliver: (signal, time, of) => {
        const now = clock.scheduler.now()
        const isStamped = time !== UNTIMED || signal.receivedAt === now
        const place = isOne ? 0 : of
        if (!isNews(signal, place)) return
        subscribers[place]?.next(isStamped ? signal : { ...signal, receivedAt: now })
      },
    })

    const run = async () => {
      const from = fromThere(player, parts)
      clock.reset()
      for (const { skipped } of parts) skipped?.reset()
      for (let ahead = batches.next(); open();) {
        const { done, value } = await ahead
        if (done === true) break
        ahead = batches.next()
        await from.play(value)
        letGo(value)
      }
      await from.drain(first.drain)
      for (const subscriber of subscribers) subscriber.complete()
    }

    playing = player
    stopAll = () => {
      if (open()) return
      playing = undefined
      player.stop()
      stop.abort() // F85
      batches.return(undefined).catch(() => undefined)
    }
    run().catch((error: unknown) => {
      for (const subscriber of subscribers) subscriber.error(error)
    })
  }

  const replayOf = ({ skipped }: Pick<ReturnType<typeof outletOf>, 'skipped'>, place: number): Replay => {
    const replay = new Observable<Signal>((subscriber) => {
      if (playing !== undefined || waiting[place] !== undefined)
        return subscriber.error(
          misuse(`make another ${all.length > 1 ? 'replayTogether' : 'replayCommunicator'}, or share the Observable`),
        )
      waiting[place] = subscriber
      subscriber.add(() => {
        if (waiting[place] === subscriber) waiting[place] = undefined
        else stopAll()
      })
      const ready = all.flatMap((_, i) => waiting[i] ?? [])
      if (ready.length < all.length) return
      waiting = []
      play(ready)
    })
    return Object.assign(() => replay, { scheduler: clock.scheduler }, skipped !== undefined && { skipped })
  }
  const [one, ...others] = outlets
  return [replayOf(one, 0), ...others.map((outlet, i) => replayOf(outlet, i + 1))]
}
