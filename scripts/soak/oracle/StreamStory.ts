import type { Report } from './Finding.js'

/** One event that the venue sent, on one connection or on several. */
export interface Item {
  readonly id: string
  /** What should go up from event to event. */
  readonly number: number
  /** Sent again, right after itself. */
  readonly isRepeat: boolean
  /** Sent after one that is later. */
  isOvertaken: boolean
  /** Numbers had begun anew a moment before: where connections overlap, it may be taken for a repeat. */
  isUnsettled: boolean
  /** When it was sent, in ms. */
  readonly at: number
  isReceived: boolean
  /** Connections that may still bring it. */
  expected: number
}

/** What the venue says of an event. */
type Sent = Pick<Item, 'id' | 'number' | 'at'> & {
  readonly isTimed: boolean
  /** On a connection that was asked for the stream anew, before the client knows that it carries it again. */
  readonly isRenewed: boolean
}

/** What happened to one stream: what was sent, and what was delivered. */
export interface StreamStory {
  /** Sent on a connection, for the n-th time in a row: the same item on every connection. */
  readonly sent: (sent: Sent, repeat: number) => Item
  readonly delivered: (id: string) => void
  /** A connection carries it now, as the client said. */
  readonly acknowledged: (source: string) => void
  /** A connection is gone, as the client said; `isBroken` where it took with it what was on its way. */
  readonly ended: (source: string, isBroken: boolean) => void
  /** Nobody wants it now, so that no connection need carry it. */
  readonly unwanted: () => void
  /** At rest: everything that was sent has arrived. */
  readonly finish: () => void
  readonly windows: () => number
}

const REMEMBERED = 200

/** For so long after numbers began anew, in ms; for so many events, where they say no time. */
const UNSETTLED = 2_100
const UNSETTLED_EVENTS = 1_200

const remember = (ids: string[], id: string) => {
  ids.push(id)
  if (ids.length > REMEMBERED) ids.shift()
}

/**
 * Judges one stream by nothing but order: what was delivered must be what was sent, each once and in the order of
 * sending, and whatever is missing must not have come, while the client said that nobody carried the stream.
 */
export const streamStory = (name: string, report: Report, isOrdered = true): StreamStory => {
  let pending: Item[] = []
  const carriers = new Set<string>()
  /** Delivered last, and missing there. */
  const latest: string[] = []
  const passed: string[] = []
  let previous: Item | undefined
  let last: Item | undefined
  /** Nobody carried it since the last delivery. */
  let wasUncovered = true
  let windows = 0
  let settledAt = -Infinity
  let unsettled = 0
  /** Before and after a step back of the venue's own numbers: whoever comes later may take one for the other. */
  const mixed: string[] = []

  /** Whether numbers went down for good, or one of them came late: told by the next one. */
  const compare = ({ number }: Item) => {
    if (last === undefined || previous === undefined || !(last.number < previous.number)) return
    remember(mixed, previous.id)
    remember(mixed, last.id)
    if (number > previous.number) last.isOvertaken = true
    else {
      settledAt = last.at + UNSETTLED
      unsettled = UNSETTLED_EVENTS
      last.isUnsettled = true
    }
  }

  const judge = (item: Item) => {
    if (item.isRepeat || item.isOvertaken) return
    if (item.isReceived)
      return item.isUnsettled ? undefined : report('withheld', `${name} ${item.id} came and was not delivered`)
    else if (item.expected > 0) report('lost', `${name} ${item.id} was overtaken by what came later`)
    else if (!wasUncovered) report('lost', `${name} ${item.id} never came, and no status tells of it`)
  }

  return {
    windows: () => windows,
    sent: ({ id, number, at, isTimed, isRenewed }, repeat) => {
      const key = repeat > 1 ? `${id}#${repeat}` : id
      const known = pending.findLast((item) => item.id === key)
      if (known !== undefined) return known
      const isRepeat = repeat > 1 || latest.includes(key)
      const marks = { isRepeat, isOvertaken: false, isUnsettled: false, isReceived: false }
      const item: Item = { id: key, number, at, ...marks, expected: 0 }
      if (latest.includes(key)) return item
      compare(item)
      item.isUnsettled = at <= settledAt || (!isTimed && unsettled-- > 0)
      if (isRenewed) {
        item.isOvertaken = true
        remember(mixed, key)
      }
      previous = last
      last = item
      pending.push(item)
      return item
    },
    delivered: (id) => {
      const isThis = (item: Item) => item.isReceived && (item.id === id || item.id.startsWith(`${id}#`))
      const place = pending.findIndex(isThis)
      const item = pending[place]
      if (item === undefined) {
        if (mixed.includes(id)) return
        if (latest.includes(id)) return report('doubled', `${name} ${id} was delivered again`)
        if (passed.includes(id)) return report('disordered', `${name} ${id} was delivered after what was sent later`)
        return report('invented', `${name} ${id} was delivered, and had not come`)
      }
      // Without numbers, what only a slower connection brings may come later.
      const mayCome = (other: Item) => !isOrdered && other.expected > 0
      for (const missed of pending.slice(0, place)) {
        if (mayCome(missed)) continue
        judge(missed)
        remember(passed, missed.id)
      }
      pending = [...pending.slice(0, place).filter(mayCome), ...pending.slice(place + 1)]
      remember(latest, item.id)
      wasUncovered = carriers.size === 0
    },
    acknowledged: (source) => {
      carriers.add(source)
    },
    ended: (source, isBroken) => {
      if (!carriers.delete(source)) return
      if (isBroken) wasUncovered = true
      if (carriers.size > 0) return
      wasUncovered = true
      windows += 1
    },
    unwanted: () => {
      wasUncovered = true
    },
    finish: () => {
      for (const item of pending) {
        if (item.isRepeat || item.isOvertaken || (item.isReceived && item.isUnsettled)) continue
        if (item.isReceived) report('withheld', `${name} ${item.id} came and was never delivered`)
        else if (item.expected > 0) report('lost', `${name} ${item.id} is still expected`)
      }
      pending = []
    },
  }
}
