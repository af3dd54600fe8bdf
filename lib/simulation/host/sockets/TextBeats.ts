/** A heartbeat that is a text, and what answers it, as `answered` reads it. */
export interface TextBeat {
  readonly text: string
  readonly answer: string
}

/** The heartbeats of a venue that sends them as texts. */
export interface TextBeats {
  /** The n-th on a connection, from 0. */
  readonly beat: (n: number, now: number) => TextBeat
  /** What a client's text answers; `undefined` where it answers no heartbeat. */
  readonly answered: (text: string) => string | undefined
}
