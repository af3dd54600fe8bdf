/** Something that a client must not do. */
export interface Finding {
  readonly rule:
    /** A frame that the venue did not send on this connection, or not now. */
    | 'frame'
    /** A frame of a connection that was said to have ended. */
    | 'late frame'
    /** An event that was not sent. */
    | 'invented'
    | 'doubled'
    | 'disordered'
    /** An event that came, and was not delivered. */
    | 'withheld'
    /** An event that did not come, though no status said that its stream was not carried. */
    | 'lost'
    /** More messages in a second than the venue allows. */
    | 'rate'
    /** A book that is not the venue's. */
    | 'book'
    /** A kline of the venue's that its trades do not make. */
    | 'kline'
    /** A time that is not that of the host's clock, or went back though nobody said so. */
    | 'time'
    /** A recording without what was given to its recorder. */
    | 'recording'
    /** What should have come back did not. */
    | 'recovery'
    /** Something was left behind. */
    | 'remains'
    /** Somebody could read a secret. */
    | 'secret'
    /** An error that nobody was told of as a value. */
    | 'error'
  readonly detail: string
}

/** Takes down what was found. */
export type Report = (rule: Finding['rule'], detail: string) => void
