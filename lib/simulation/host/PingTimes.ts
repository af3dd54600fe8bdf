/** A heartbeat comes every so many ms; its answer must come within so many. */
export interface PingTimes {
  readonly every: number
  readonly within: number
}
