import { Subscription } from 'rxjs'
import { anObject, anything, checked } from '../codecs/checked.js'
import type { Sent } from '../communicators/Communicator.js'
import type { BookState } from '../operators/BookState.js'
import type { ParseError } from '../parser/ParseError.js'
import type { Frame, Reply, Status } from '../Signal.js'

/**
 * Is told of all that passes through a client, in its order and before those who listen. Plain functions, as they are
 * called several times for each frame: they must not throw.
 */
export interface Watcher {
  /** A frame or reply is about to be handled; one that comes while another is handled lies between its `begun` and `handled`. */
  readonly begun: (signal: Frame | Reply) => void
  /** All who listen have had what it brought. */
  readonly handled: (signal: Frame | Reply) => void
  /** An event is about to be handed on. */
  readonly delivered: (kind: string, stream: string, event: unknown, receivedAt: number) => void
  /** So many events of a stream were left out, since another connection had brought them. */
  readonly repeated: (kind: string, stream: string, count: number) => void
  /** Something was wrong with a frame. */
  readonly failed: (error: ParseError) => void
  /** A status, in order with the frames. */
  readonly told: (status: Status) => void
  /** A message has left on a socket. */
  readonly sent: (message: Sent) => void
  /** A book that somebody listens to is in another state; `undefined` where nobody listens to it any more. */
  readonly bookChanged: (symbol: string, state: BookState | undefined) => void
  /** The client has ended; nothing follows. */
  readonly ended: () => void
}

/** Those who watch a client. */
export interface Watchers {
  /** Replaced where it changes. */
  all: readonly Watcher[]
}

const words = {
  ...{ begun: true, handled: true, delivered: true, repeated: true, failed: true },
  ...{ told: true, sent: true, bookChanged: true, ended: true },
} satisfies Record<keyof Watcher, true>

const aWatcher = anObject('a watcher', [], Object.keys(words))

export const watchedBy = checked(
  'watch',
  [anything, aWatcher],
  (watchers: Watchers, watcher: Watcher): Subscription => {
    watchers.all = [...watchers.all, watcher]
    return new Subscription(() => {
      watchers.all = watchers.all.filter((other) => other !== watcher)
    })
  },
)
