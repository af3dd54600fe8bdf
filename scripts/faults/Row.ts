/** What holds whatever happens. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8'

/** Code that handles a fault, and what stands in its place when it is taken out. */
export interface Handling {
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly code: string
  readonly instead: string
}

/** A spec that injects a fault, or a part of it, and fails without its handling. */
export interface Proof {
  readonly spec: string
  /** The title of a test, or of a group of them, as it is written in the spec. */
  readonly test: string
  /** Checked in this spec. */
  readonly invariants: readonly Invariant[]
  readonly without: Handling
}

/** One fault. */
export interface Row {
  readonly id: string
  readonly fault: string
  readonly must: string
  readonly proofs: readonly Proof[]
  /** Why a part of it cannot be injected here. */
  readonly beyond?: string
}
