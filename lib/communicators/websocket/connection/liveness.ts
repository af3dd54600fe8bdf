import type { ConnectionSettings } from '../websocketConfig.js'
import { givenUp, type End } from './ConnectionFact.js'

/** How long each sign of life may take. */
export type LivenessRules = Pick<
  ConnectionSettings,
  'connectTimeout' | 'inactivity' | 'silenceOf' | 'pingEvery' | 'missedPongs'
>

/** What came on a stream: `unknown` if it is none of those carried, `back` if it had been reported as quiet. */
type StreamActivity = 'unknown' | 'active' | 'back'

/** A stream that brought nothing for `quiet` ms: its allowance, or, once it was told, that once more. */
export interface QuietStream {
  readonly stream: string
  readonly quiet: number
  readonly isTwice: boolean
}

/**
 * Whether a connection lives: it opens, anything at all comes, our PINGs are answered. A stream that is quiet is no sign
 * that its connection is dead: it is told, and whoever knows other connections decides. Times in ms.
 */
export interface Liveness {
  readonly opened: (now: number) => void
  /** It carries these streams from now on; those that it did not carry before count as active now. */
  readonly carry: (names: ReadonlySet<string>, now: number) => void
  /** Data came, of a stream if it names one. */
  readonly data: (name: string | undefined, now: number) => StreamActivity
  /** Something came that is no data. */
  readonly sign: (now: number) => void
  /** The venue answered a PING, or sent a heartbeat of its own. */
  readonly pong: (now: number) => void
  /** Whether a PING has to be sent now, which then counts as sent. */
  readonly ping: (now: number) => boolean
  readonly pingAt: () => number
  /** That it is not alive. */
  readonly death: (now: number) => End | undefined
  /** The streams that became quiet since the last look, and those that are so for twice as long. */
  readonly quiet: (now: number) => readonly QuietStream[]
  /** When to look for `death` and what is `quiet`. */
  readonly dueAt: () => number
}

interface Stream {
  lastSeenAt: number
  /** How often it was told to be quiet since then: at most twice. */
  told: number
  /** When it is told once more. */
  againAt: number
  readonly allowance: number
}

/** Changes in place, since every frame is noted. Streams that are `known` to be quiet are told again once they come. */
export const createLiveness = (
  rules: LivenessRules,
  startedAt: number,
  known: ReadonlySet<string> = new Set(),
): Liveness => {
  const { connectTimeout, inactivity, silenceOf, pingEvery, missedPongs } = rules
  const streams = new Map<string, Stream>()
  let isOpen = false
  let lastSignAt = startedAt
  let hasData = false
  let pingAt = Infinity
  let unanswered = 0
  /** When the next stream becomes quiet, at the earliest. */
  let quietAt = Infinity

  const deadline = () => (isOpen ? lastSignAt + inactivity : startedAt + connectTimeout)
  const dueOf = ({ lastSeenAt, told, againAt, allowance }: Stream) => (told === 0 ? lastSeenAt + allowance : againAt)
  const watch = (stream: Stream): Stream => {
    quietAt = Math.min(quietAt, dueOf(stream))
    return stream
  }
  const isPongAwaited = () => unanswered >= missedPongs
  const dead = (reason: string) => givenUp(reason, !hasData)

  return {
    opened: (now) => {
      isOpen = true
      lastSignAt = now
      pingAt = now + pingEvery
    },

    carry: (names, now) => {
      for (const name of streams.keys()) if (!names.has(name)) streams.delete(name)
      for (const name of names) {
        if (streams.has(name)) continue
        const told = known.has(name) ? 2 : 0
        streams.set(name, watch({ lastSeenAt: now, told, againAt: Infinity, allowance: silenceOf(name) }))
      }
    },

    data: (name, now) => {
      hasData = true
      lastSignAt = now
      const stream = streams.get(name ?? '')
      if (stream === undefined) return 'unknown'
      stream.lastSeenAt = now
      if (stream.told === 0) return 'active'
      stream.told = 0
      watch(stream)
      return 'back'
    },

    sign: (now) => {
      lastSignAt = now // F51
    },

    pong: (now) => {
      lastSignAt = now // F51
      unanswered = 0
    },

    ping: (now) => {
      if (now < pingAt || isPongAwaited()) return false
      pingAt = now + pingEvery
      unanswered += 1
      return true
    },

    pingAt: () => (isPongAwaited() ? Infinity : pingAt),

    death: (now) => {
      if (now >= pingAt && isPongAwaited()) return dead(`no PONG to ${unanswered} PINGs`) // F06 F09
      if (now < deadline()) return undefined // F06
      return dead(
        isOpen ? `no sign of life for ${Math.floor(now - lastSignAt)} ms` : `not open after ${connectTimeout} ms`,
      )
    },

    quiet: (now) => {
      if (now < quietAt) return []
      quietAt = Infinity
      const found = []
      for (const [name, stream] of streams) {
        // F16
        if (now >= dueOf(stream)) {
          stream.told += 1
          stream.againAt = stream.told === 1 ? now + stream.allowance : Infinity
          found.push({ stream: name, quiet: now - stream.lastSeenAt, isTwice: stream.told === 2 })
        }
        watch(stream)
      }
      return found
    },

    dueAt: () => Math.min(deadline(), isPongAwaited() ? pingAt : Infinity, quietAt),
  }
}
