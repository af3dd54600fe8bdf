import { jetstreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { asyncScheduler, Observable, type SchedulerLike, type Subscriber } from 'rxjs'
import { aConfigOfVenue, checked } from '../codecs/checked.js'
import type { Communicator } from '../communicators/Communicator.js'
import { recordedClock } from '../communicators/recordedClock.js'
import { playAtOnce } from '../communicators/replay/playAtOnce.js'
import { playPaced } from '../communicators/replay/playPaced.js'
import type { Player } from '../communicators/replay/Player.js'
import type { Signal } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import { aConnection } from './aConnection.js'
import { beginning } from './begin.js'
import { filterOf, foundStream, hasOnly } from './brokerStream.js'
import { createFeed } from './feed.js'
import { incomingReader } from './incoming.js'
import { linkState } from './linkState.js'
import { natsReplaySettings, type NatsReplayConfig } from './natsReplaySettings.js'
import { storedMessages } from './storedMessages.js'
import { subjectsOf } from './subjects.js'

/**
 * Plays what a broker keeps, as `replayCommunicator` plays files: everything that was published, in its order, on a clock
 * that shows when connectors received it.
 *
 * ```text
 * stream       1000 a    1400 b    2000 c
 * replay       a---------b---------c----------|
 * now()        1000      1400      2000
 * ```
 *
 * The wanted streams are ignored: everything comes that is stored when it begins. `scheduler` is the recorded clock.
 *
 * Completes after the last message, once nothing is due on the clock or after `drain` ms of it. A server that is away is
 * waited for. Errors when the connection is closed, when there is no such stream, and when subscribed while a subscription
 * runs, because there is one clock. Unsubscribing deletes the consumer at the server, and leaves no timer.
 *
 * ```ts
 * const communicator = natsReplay(connection, { venue: asterFutures, from: { time: noon }, pace: 'recorded' })
 * const client = createClient({ venue: asterFutures, communicator })
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const natsReplay = checked(
  'natsReplay',
  [aConnection, aConfigOfVenue('a config { venue }')],
  <V extends Venue>(
    connection: NatsConnection,
    config: NatsReplayConfig<V>,
  ): Communicator<V['name']> & { readonly scheduler: SchedulerLike } => {
    const { venue, from, to, stream, prefix, window, patience, factor, drain, timer } = natsReplaySettings(config)
    const subjects = subjectsOf(venue, prefix)
    let playing: Player | undefined
    const clock = recordedClock(undefined, () => playing?.wake())
    const stage = (subscriber: Subscriber<Signal>) => ({
      clock,
      open: () => !subscriber.closed,
      deliver: (signal: Signal) => subscriber.next(signal),
    })

    const play = async (subscriber: Subscriber<Signal>, player: Player, stop: AbortSignal) => {
      const manager = await jetstreamManager(connection, { checkAPI: false })
      const info = await foundStream(manager, stream)
      if (info === undefined) throw new Error(`natsReplay: expected the stream '${stream}', and there is none`)
      const read = incomingReader(subjects.statuses)
      const common = { connection, manager, stream, patience, scheduler: asyncScheduler }
      const begin = (place: typeof from) =>
        beginning(place, { ...common, subjects, isWanted: () => true, read }).then(({ sequence }) => sequence)
      const start = await begin(from)
      const end = to === undefined ? info.state.last_seq : (await begin(to)) - 1
      const feed = createFeed(true)
      const filter = filterOf(info, subjects.all)
      const isWhole = hasOnly(info, subjects.all)
      let next = Math.max(start, info.state.first_seq)
      const missed = (sequence: number, receivedAt: number) => {
        const isHole = isWhole && sequence > next
        return isHole ? feed.missed(next, sequence - 1, 'they were removed while it played', receivedAt) : []
      }
      const said = (message: Msg, sequence: number): readonly Signal[] => {
        const incoming = read(message, sequence)
        const taken = incoming === undefined ? [] : feed.take(...incoming)
        const gap = missed(sequence, taken[0]?.receivedAt ?? clock.scheduler.now())
        next = sequence + 1
        return gap.length === 0 ? taken : [...gap, ...taken]
      }
      clock.reset()
      for await (const messages of storedMessages({ ...common, filter, start, end, window, stop })) {
        const signals = messages.flatMap((message) => said(...message))
        await player.play({ signals, times: signals.map(({ receivedAt }) => receivedAt) })
      }
      if (subscriber.closed) return
      await player.drain(drain)
      subscriber.complete()
    }

    const replay = new Observable<Signal>((subscriber) => {
      if (playing !== undefined)
        return subscriber.error(
          new Error('natsReplay: expected one subscription at a time, came a second: there is one clock, make another'),
        )
      const player = factor === Infinity ? playAtOnce(stage(subscriber)) : playPaced(stage(subscriber), factor, timer)
      const stop = new AbortController()
      playing = player
      subscriber.add(() => {
        playing = undefined
        player.stop()
        stop.abort()
      })
      subscriber.add(
        linkState(connection).subscribe((state) => {
          if (state._tag === 'Gone')
            subscriber.error(new Error(`natsReplay: the connection to the broker: ${state.reason}`))
        }),
      )
      play(subscriber, player, stop.signal).catch((error: unknown) => subscriber.error(error))
    })
    return Object.assign(() => replay, { scheduler: clock.scheduler, venue: venue.name })
  },
)
