import type { ConnectionSettings } from '../websocketConfig.js'

/** How long each sign of life may take. */
export type LivenessRules = Pick<
  ConnectionSettings,
  'connectTimeout' | 'inactivity' | 'silence' | 'ownSilence' | 'pingEvery' | 'missedPongs'
>

/** What a connection has to do to find out whether it is alive, or because it is not. */
type LivenessAction =
  | { readonly _tag: 'Ping' }
  /** It is not alive; fruitless, if no data ever came. */
  | { readonly _tag: 'GiveUp'; readonly reason: string; readonly isFruitless: boolean }

/** What came on a stream: `unknown` if it is none of those carried, `back` if it had been reported as silent. */
type StreamActivity = 'unknown' | 'active' | 'back'

/** Whether a connection lives: it opens, data comes, our PINGs are answered, and no stream is silent. Times in ms. */
export interface Liveness {
  readonly opened: (now: number) => void
  /** It carries these streams from now on; those that it did not carry before count as active now. */
  readonly carry: (names: ReadonlySet<string>, now: number) => void
  /** Data came, of a stream if it names one. */
  readonly data: (name: string | undefined, now: number) => StreamActivity
  /** The venue answered a PING, or sent a heartbeat of its own. */
  readonly pong: () => void
  readonly action: (now: number) => LivenessAction | undefined
  /** The streams that became silent since the last look; each is told once, until data comes again. */
  readonly silent: (now: number) => readonly { readonly stream: string; readonly quiet: number }[]
  /** When to look again. */
  readonly dueAt: () => number
}

/** A process that was blocked sees its timers before its sockets; after this time it has read them, in ms. */
export const LOOK_AGAIN = 250

interface Stream {
  lastSeenAt: number
  isSilent: boolean
  /** How long it may be quiet before it is told to be silent. */
  readonly silentAfter: number
  /** How long a connection with nothing but such streams may carry no data. */
  readonly lostAfter: number
}

/** Changes in place, since every frame is noted. */
export const createLiveness = (rules: LivenessRules, startedAt: number): Liveness => {
  const { connectTimeout, inactivity, silence, ownSilence, pingEvery, missedPongs } = rules
  const streams = new Map<string, Stream>()
  let isOpen = false
  /** When data may be expected from. */
  let expectedSince = startedAt
  let lastDataAt = -Infinity
  let lostAfter = Infinity
  let suspectedAt: number | undefined
  let pingAt = Infinity
  let unanswered = 0
  /** When the next stream becomes silent, at the earliest. */
  let silentAt = Infinity
  /** A look came late, so that the sockets are read first. */
  let lookAgainAt: number | undefined

  const quietSince = () => Math.max(expectedSince, lastDataAt)
  const deadline = () => (isOpen ? quietSince() + lostAfter : startedAt + connectTimeout)
  const watch = (stream: Stream): Stream => {
    silentAt = Math.min(silentAt, stream.lastSeenAt + stream.silentAfter)
    return stream
  }
  const giveUp = (reason: string): LivenessAction => ({ _tag: 'GiveUp', reason, isFruitless: lastDataAt === -Infinity })

  return {
    opened: (now) => {
      isOpen = true
      expectedSince = now
      pingAt = now + pingEvery
    },

    carry: (names, now) => {
      for (const name of streams.keys()) if (!names.has(name)) streams.delete(name)
      for (const name of names) {
        if (streams.has(name)) continue
        const own = ownSilence(name)
        const allowances = {
          silentAfter: own ?? silence,
          lostAfter: Math.max(inactivity, own ?? 0), // F07
        }
        streams.set(name, watch({ lastSeenAt: now, isSilent: false, ...allowances }))
        expectedSince = now
      }
      lostAfter = Math.min(Infinity, ...[...streams.values()].map((stream) => stream.lostAfter))
    },

    data: (name, now) => {
      lastDataAt = now
      const stream = streams.get(name ?? '')
      if (stream === undefined) return 'unknown'
      stream.lastSeenAt = now
      if (!stream.isSilent) return 'active'
      stream.isSilent = false
      watch(stream)
      return 'back'
    },

    pong: () => {
      unanswered = 0
    },

    action: (now) => {
      suspectedAt = now < deadline() ? undefined : (suspectedAt ?? now)
      // F06 F07
      if (
        suspectedAt !== undefined &&
        // The socket is read once more before silence counts.
        now >= suspectedAt + LOOK_AGAIN // F06 F44
      )
        return giveUp(
          isOpen ? `no data for ${Math.floor(now - quietSince())} ms` : `not open after ${connectTimeout} ms`,
        )
      if (now < pingAt) return undefined
      if (unanswered >= missedPongs) return giveUp(`no PONG to ${unanswered} PINGs`) // F06 F09
      pingAt = now + pingEvery
      unanswered += 1
      return { _tag: 'Ping' }
    },

    silent: (now) => {
      if (now < (lookAgainAt ?? silentAt)) return []
      if (lookAgainAt === undefined && now > silentAt + LOOK_AGAIN) {
        lookAgainAt = now + LOOK_AGAIN
        return []
      }
      lookAgainAt = undefined
      silentAt = Infinity
      const found = []
      for (const [name, stream] of streams) {
        if (stream.isSilent) continue
        const quiet = now - stream.lastSeenAt
        // F16
        if (quiet >= stream.silentAfter) {
          stream.isSilent = true
          found.push({ stream: name, quiet })
        } else watch(stream)
      }
      return found
    },

    dueAt: () =>
      Math.min(pingAt, suspectedAt === undefined ? deadline() : suspectedAt + LOOK_AGAIN, lookAgainAt ?? silentAt),
  }
}
