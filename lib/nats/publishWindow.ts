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
  const slots = new Map<number, Slot<M>>()
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

  const remove = (number: number, slot: Slot<M>) => {
    size -= slot.size
    slots.delete(number)
  }
  const dropOldest = (): boolean => {
    for (let number = dropping === undefined ? fresh : dropping.at + 1; number < end; number++) {
      const slot = slots.get(number)
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
    if (dropping?.at !== number) return slots.get(number)
    const slot = { message: notice(dropping.count), size: 0, isOpen: false }
    dropping = undefined
    waiting++
    slots.set(number, slot)
    return slot
  }

  return {
    add: (message, of) => {
      slots.set(end++, { message, size: of, isOpen: false })
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
      const slot = number < fresh ? slots.get(number) : undefined
      if (slot === undefined) return
      remove(number, slot)
      if (slot.isOpen) open--
      while (first < toSend && !slots.has(first)) first++
    },
    rewind: () => {
      for (let number = first; number < toSend; number++) {
        const slot = slots.get(number)
        if (slot !== undefined) slot.isOpen = false
      }
      toSend = first
      open = 0
    },
    sent: () => [...slots].flatMap(([number, { message }]) => (number < fresh ? [[number, message] as const] : [])),
    inFlight: () => open,
    waiting: () => waiting,
    isEmpty: () => slots.size === 0 && dropping === undefined,
  }
}
