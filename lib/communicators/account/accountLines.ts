import { BehaviorSubject, Subscription } from 'rxjs'
import type { Signal, Source } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import { createAttempts } from '../websocket/attempts.js'
import { keepLine } from '../websocket/keepLine.js'
import type { ConnectionSettings } from '../websocket/websocketSettings.js'
import { attempted, carries, noCarriers, noted, openWith } from './carriers.js'
import { streamsOf } from './streamsOf.js'

/** Who has the lines, and hears what they say. */
export interface AccountLinesPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  readonly onSignal: (signal: Signal) => void
  readonly fail: (error: unknown) => void
}

/** The lines of an account, one for each listen key. */
export interface AccountLines {
  /** All of them end with it. */
  readonly subscription: Subscription
  /** Keeps a line with this key, unless there is one. */
  readonly start: (key: string) => void
  /** What a signal says of the connections. */
  readonly note: (signal: Signal) => void
  /** The key that a connection was opened with. */
  readonly keyOf: (source: Source | undefined) => string | undefined
  /** The connections that are open with this key. */
  readonly open: (key: string) => readonly Source[]
  /** Whether the events of this key come. */
  readonly carries: (key: string) => boolean
  /** Closes all lines but that of this key. */
  readonly closeOthers: (key: string | undefined) => void
  /** Of the lines with other keys, one stays until this key's carries the account. */
  readonly closeOlder: (key: string) => void
  /** Closes the lines of dead keys that have no open connection: they do not connect again. */
  readonly closeDead: (isDead: (key: string) => boolean) => void
}

export const accountLines = ({ venue, settings, onSignal, fail }: AccountLinesPlan): AccountLines => {
  const streams = streamsOf(venue)
  const attempts = createAttempts(venue.limits.connectionAttempts)
  const subscription = new Subscription()
  /** By their keys; one whose names complete closes. */
  const lines = new Map<string, BehaviorSubject<ReadonlySet<string>>>()
  let carriers = noCarriers
  let sources = 0

  const others = (key: string | undefined) => [...lines].filter(([other]) => other !== key)

  const start = (key: string) => {
    const names$ = new BehaviorSubject(streams)
    lines.set(key, names$)
    const line$ = keepLine({
      ...{ venue, settings, names$, attempts },
      address: (endpoint) => ({ url: endpoint + venue.dialect.account(key), carried: [] }),
      nextSource: () => {
        const source = { id: `${settings.name}-${(sources += 1)}` }
        carriers = attempted(carriers, source, key, streams)
        return source
      },
    })
    const complete = () => {
      subscription.remove(line)
      lines.delete(key)
    }
    const line = line$.subscribe({ next: onSignal, error: fail, complete })
    subscription.add(line)
  }

  return {
    subscription,
    start: (key) => {
      if (lines.has(key)) return // F34
      start(key)
    },
    note: (signal) => {
      carriers = noted(carriers, signal)
    },
    keyOf: (source) => carriers.get(source?.id ?? '')?.key,
    open: (key) => openWith(carriers, key),
    carries: (key) => carries(carriers, key),
    closeOthers: (key) => {
      for (const [, names$] of others(key)) names$.complete()
    },
    closeOlder: (key) => {
      for (const [, names$] of others(key).slice(0, -1)) names$.complete()
    },
    closeDead: (isDead) => {
      for (const [key, names$] of [...lines]) if (isDead(key) && openWith(carriers, key).length === 0) names$.complete()
    },
  }
}
