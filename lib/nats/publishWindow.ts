/** What is sent and not acknowledged yet, and what waits to be sent, in one order. */
export interface PublishWindow<M> {
  /** Takes one more; gives how many others, or this one, were dropped for it. */
  readonly add: (message: M, size: number) => number
  /** The next to send, while fewer than the window's are unacknowledged. */
  readonly next: () => readonly [number: number, message: M] | undefined
  /** It is stored, or never will be: it is not sent again. */
  readonly settle: (number: number) => void
  /** All that were sent at any time, and are not settled. */
  readonly sent: () => readonly (readonly [number: number, message: M])[]
  /** All that is unacknowledged is to be sent again, in order. */
  readonly rewind: () => void
  readonly inFlight: () => number
  readonly waiting: () => number
  readonly isEmpty: () => boolean
}

export interface WindowConfig<M> {
  /** So many are sent and not acknowledged. */
  readonly inFlight: number
  /** So many may wait beside these, and so much of them. */
  readonly most: number
  readonly mostSize: number
  /** What is sent in the place of those that were dropped. */
  readonly notice: (dropped: number) => M
}

interface Slot<M> {
  readonly message: M
  readonly size: number
  isOpen: boolean
}

/** So many places may be empty before the oldest that is not. */
const MOST_EMPTY = 4_096

/**
 * Numbers count from 0. What is dropped is the oldest that was never sent: one notice stands in the place of all that
 * were dropped there, and is sent in its turn.
 *
 * ```
 * sent, unacknowledged   5 . 7 8
 * to be sent                     n . . 12 13     n: a notice of those dropped
 * ```
 */
export const publishWindow = <M>({ inFlight, most, mostSize, notice }: WindowConfig<M>): PublishWindow<M> => {
  /** From `base` on; those that are settled or dropped are empty. */
  let slots: (Slot<M> | undefined)[] = []
  let base = 0
  let filled = 0
  /** All before are settled. */
  let first = 0
  let toSend = 0
  /** From here on nothing was ever sent. */
  let fresh = 0
  let end = 0
  let open = 0
  let waiting = 0
  let size = 0
  let dropping: { readonly at: number; count: number } | undefined

  const get = (number: number) => slots[number - base]
  const remove = (number: number, slot: Slot<M>) => {
    size -= slot.size
    filled--
    slots[number - base] = undefined
  }
  /** What is settled is let go of in large pieces. */
  const advance = () => {
    while (first < toSend && get(first) === undefined) first++
    if (first - base < MOST_EMPTY) return
    slots = slots.slice(first - base)
    base = first
  }
  const dropOldest = (): boolean => {
    for (let number = dropping === undefined ? fresh : dropping.at + 1; number < end; number++) {
      const slot = get(number)
      if (slot === undefined) continue
      remove(number, slot)
      waiting--
      dropping ??= { at: number, count: 0 }
      dropping.count++
      return true
    }
    return false
  }
  /** The notice comes in the place of the first that was dropped. */
  const slotAt = (number: number): Slot<M> | undefined => {
    if (dropping?.at !== number) return get(number)
    const { count } = dropping
    dropping = undefined
    const slot = { message: notice(count), size: 0, isOpen: false }
    waiting++
    filled++
    slots[number - base] = slot
    return slot
  }

  return {
    add: (message, of) => {
      end = slots.push({ message, size: of, isOpen: false }) + base
      filled++
      waiting++
      size += of
      let dropped = 0
      while ((waiting > most || size > mostSize) && dropOldest()) dropped++
      return dropped
    },
    next: () => {
      if (open >= inFlight) return undefined
      while (toSend < end) {
        const number = toSend++
        const slot = slotAt(number)
        if (number >= fresh) {
          fresh = toSend
          if (slot !== undefined) waiting--
        }
        if (slot === undefined) continue
        slot.isOpen = true
        open++
        return [number, slot.message]
      }
      return undefined
    },
    settle: (number) => {
      const slot = number < fresh ? get(number) : undefined
      if (slot === undefined) return
      remove(number, slot)
      if (slot.isOpen) open--
      advance()
    },
    rewind: () => {
      for (let number = first; number < toSend; number++) {
        const slot = get(number)
        if (slot !== undefined) slot.isOpen = false
      }
      toSend = first
      open = 0
    },
    sent: () =>
      slots
        .slice(0, fresh - base)
        .flatMap((slot, i) => (slot === undefined ? [] : [[base + i, slot.message] as const])),
    inFlight: () => open,
    waiting: () => waiting,
    isEmpty: () => filled === 0 && dropping === undefined,
  }
}
