/** `received = routed + unknown + invalid + control`, always. */
export interface Counters {
  /** Frames and replies; one that holds several things, as a list of wrapped events, counts for each of them. */
  readonly received: number
  /** Events and depth snapshots. */
  readonly routed: number
  /** Of a stream or an event that the venue's tables do not list. */
  readonly unknown: number
  /** Not JSON, not as its row says, or ambiguous. */
  readonly invalid: number
  /** Answers, heartbeats and the venue's own errors. */
  readonly control: number
  /** Beside that sum: routed, and not handed on, because another connection had brought the same event. */
  readonly repeated: number
  /** Beside that sum: enumerated values that are not in their documented lists; their events are routed, and `surprise$` shows them. */
  readonly unknownValues: number
}

export const noCounts: Counters = {
  received: 0,
  routed: 0,
  unknown: 0,
  invalid: 0,
  control: 0,
  repeated: 0,
  unknownValues: 0,
}
