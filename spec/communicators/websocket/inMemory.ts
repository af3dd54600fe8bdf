import { BehaviorSubject } from 'rxjs'
import type { WebsocketConfig } from '../../../lib/communicators/websocket/websocketConfig.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { Signal, Status } from '../../../lib/Signal.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { expectHonestStatus, expectWithinRate } from '../../faults/invariants.js'
import { createMemoryVenue } from './MemoryVenue.js'

/** A communicator on a venue in memory, with everything that it said. Without chance: each wait is a quarter shorter. */
export const inMemory = (
  names: readonly string[],
  config: WebsocketConfig = {},
  given: Venue = asterFutures,
  memory = createMemoryVenue(),
) => {
  const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(names))
  const signals: Signal[] = []
  const all: Signal[] = []
  const communicator = websocketCommunicator(given, {
    transport: memory.transport,
    scheduler: memory.clock.scheduler,
    random: () => 0.5,
    ...config,
  })
  let isComplete = false
  let listener: (signal: Signal) => void = () => undefined
  let error: unknown
  const subscription = communicator(wanted$).subscribe({
    next: (signal) => {
      signals.push(signal)
      all.push(signal)
      listener(signal)
    },
    error: (reason: unknown) => {
      error = reason
    },
    complete: () => {
      isComplete = true
    },
  })
  return {
    ...memory,
    signals,
    wanted$,
    snapshot: communicator.snapshot,
    subscription,
    communicator,
    want: (...wanted: readonly string[]) => wanted$.next(new Set(wanted)),
    isComplete: () => isComplete,
    /** Calls for every signal from now on. */
    tap: (next: (signal: Signal) => void) => {
      listener = next
    },
    error: () => error,
    /**
     * Unsubscribes: no socket and no timer may remain, and nothing more may be said; what was said was in its order, and
     * what was sent within the venue's rate.
     */
    end: () => {
      subscription.unsubscribe()
      expect(memory.connections.filter((connection) => !connection.isLeft())).toEqual([])
      expect(memory.clock.due()).toBeUndefined()
      signals.length = 0
      memory.pass(1_000_000)
      expect(signals).toEqual([])
      expectHonestStatus(all)
      for (const { sent } of memory.connections)
        expectWithinRate(
          sent.map(({ at }) => at),
          given.limits.messagesPerSecond,
        )
    },
    /** What was said since the last look, one line each; frames by their text. */
    said: (): readonly string[] => signals.splice(0).map(line),
  }
}

/** `12010 asterFutures-1 Disconnected {"code":1006,"reason":"reset"}` */
export const line = (signal: Signal): string => {
  const { _tag, receivedAt, source, ...rest } = signal
  const detail = 'text' in rest ? rest.text : JSON.stringify(rest)
  return [receivedAt, source?.id ?? '-', _tag, detail].filter((part) => part !== '{}').join(' ')
}

/** The statuses of one kind. */
export const statuses = <T extends Status['_tag']>(signals: readonly Signal[], tag: T) =>
  signals.filter((signal): signal is Extract<Status, { _tag: T }> => signal._tag === tag)
