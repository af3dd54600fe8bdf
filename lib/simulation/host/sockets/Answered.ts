import type { Carried } from './Carried.js'

/** What holds for requests on a connection. */
interface RequestRules {
  readonly streamsPerConnection: number
  /** Whether the venue has a stream of this name. */
  readonly knows: (stream: string) => boolean
  /** Ms since 1970. */
  readonly now: () => number
}

/** What a request brings: the answer, and what the connection carries from then on. */
export interface Answered {
  readonly reply: unknown
  readonly carried: Carried
  /** The request was in order. */
  readonly isDone?: true
  /** The stream limit was broken. */
  readonly isTooMany?: true
}

/** Reads one message of a client as a venue does: every text has an answer. */
export type Answer = (text: string, carried: Carried, rules: RequestRules) => Answered
