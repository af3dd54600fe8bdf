/** How far the messages of one partition are handled. */
export interface PartitionProgress {
  /** Notes that a message is given to be handled; false where it was handled before. */
  readonly give: (sequence: number) => boolean
  /** It is handled, and all before it. */
  readonly done: (sequence: number) => void
  /** What is read up to here and not given is of other partitions. */
  readonly pass: (sequence: number) => void
  /** How many are given and not handled. */
  readonly open: () => number
  /** All up to this sequence are handled; what comes next is behind it. */
  readonly handled: () => number
  /** What is read next. */
  readonly next: () => number
}

/** Begins behind `handled`, the last message that was handled before. */
export const partitionProgress = (handled: number): PartitionProgress => {
  let given: number[] = []
  let first = 0
  let last = handled
  let finished = handled
  const open = () => given.length - first

  return {
    give: (sequence) => {
      if (sequence <= last) return false
      last = sequence
      given.push(sequence)
      return true
    },
    done: (sequence) => {
      finished = Math.max(finished, Math.min(sequence, last))
      while ((given[first] ?? Infinity) <= sequence) first++
      if (first * 2 < given.length) return
      given = given.slice(first)
      first = 0
    },
    pass: (sequence) => {
      last = Math.max(last, sequence)
    },
    open,
    handled: () => (open() === 0 ? last : finished),
    next: () => last + 1,
  }
}
