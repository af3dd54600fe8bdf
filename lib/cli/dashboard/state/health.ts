import type { BookState, Status } from 'aster-rx/core'

/** What a client was seen to do. */
export type Fact =
  | { readonly type: 'frame' }
  | { readonly type: 'error' }
  | { readonly type: 'status'; readonly status: Status }
  /** Without a state nobody listens to the book any more. */
  | { readonly type: 'book'; readonly symbol: string; readonly state: BookState | undefined }

/** What a client has done so far. */
export interface Health {
  readonly frames: number
  readonly errors: number
  /** The sources that are connected. */
  readonly connected: ReadonlySet<string>
  readonly losses: number
  readonly books: ReadonlyMap<string, BookState>
  /** How often a book that could be read was lost, by what lost it. */
  readonly resyncs: ReadonlyMap<string, number>
}

export const newHealth: Health = {
  ...{ frames: 0, errors: 0, losses: 0 },
  ...{ connected: new Set(), books: new Map(), resyncs: new Map() },
}

const without = <A>(values: ReadonlySet<A>, value: A): ReadonlySet<A> =>
  new Set([...values].filter((other) => other !== value))

const withStatus = (health: Health, status: Status): Health => {
  const id = status.source?.id ?? ''
  const { connected, losses } = health
  switch (status._tag) {
    case 'Connected':
      return { ...health, connected: new Set([...connected, id]) }
    case 'Disconnected':
      // An attempt that failed loses nothing.
      return { ...health, connected: without(connected, id), losses: losses + Number(connected.has(id)) }
    case 'Closed':
      return { ...health, connected: without(connected, id) }
    default:
      return health
  }
}

const withBook = (health: Health, symbol: string, state: BookState | undefined): Health => {
  const before = health.books.get(symbol)
  const books = new Map(health.books)
  if (state === undefined) books.delete(symbol)
  else books.set(symbol, state)
  const isLost = before !== undefined && before._tag !== 'Syncing' && state?._tag === 'Syncing'
  if (!isLost) return { ...health, books }
  const { reason } = state
  return { ...health, books, resyncs: new Map([...health.resyncs, [reason, (health.resyncs.get(reason) ?? 0) + 1]]) }
}

export const withFact = (health: Health, fact: Fact): Health => {
  switch (fact.type) {
    case 'frame':
      return { ...health, frames: health.frames + 1 }
    case 'error':
      return { ...health, errors: health.errors + 1 }
    case 'status':
      return withStatus(health, fact.status)
    case 'book':
      return withBook(health, fact.symbol, fact.state)
  }
}

/** Something that was counted up to a time, in ms. */
export interface Count {
  readonly at: number
  readonly count: number
}

/** How many a second, from the oldest count to the newest; 0 while there is but one. */
export const rateOf = (counts: readonly Count[]): number => {
  const [first] = counts
  const last = counts.at(-1)
  return first === undefined || last === undefined || last.at === first.at
    ? 0
    : ((last.count - first.count) / (last.at - first.at)) * 1_000
}
