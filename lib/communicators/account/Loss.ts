/** A time in which events of an account may have been missed. Times in ms since 1970, by the signals' clock. */
export interface Loss {
  /** What happened, as the status says it. */
  readonly reason: string
  /**
   * When the account was heard last, or began to be carried. What happened shortly before may still have been on its
   * way, and account events are not sent in a certain order: ask from some seconds earlier.
   */
  readonly heardAt: number
  /** When the loss was noticed; of several without a `reconcile` between that worked, the first. */
  readonly lostAt: number
  /** From when on events come again; they wait. */
  readonly connectedAt: number
}
