import type { Signal, Source } from '../../Signal.js'

/** One connection of an account. */
interface Carrier {
  readonly source: Source
  readonly key: string
  readonly isOpen: boolean
  /** Streams that were asked for and not answered yet. */
  readonly unanswered: ReadonlySet<string>
}

/** The connections of an account by the ids of their sources, from the attempt to the end. */
export type Carriers = ReadonlyMap<string, Carrier>

export const noCarriers: Carriers = new Map()

/** A connection is attempted with a key, to carry these streams; where there are none, it carries all by itself. */
export const attempted = (carriers: Carriers, source: Source, key: string, unanswered: ReadonlySet<string>): Carriers =>
  new Map([...carriers, [source.id, { source, key, isOpen: false, unanswered }]])

/** What a signal says of the connections. */
export const noted = (carriers: Carriers, signal: Signal): Carriers => {
  const id = signal.source?.id ?? ''
  const carrier = carriers.get(id)
  if (carrier === undefined) return carriers
  const changed = (change: Partial<Carrier>) => new Map([...carriers, [id, { ...carrier, ...change }]])
  if (signal._tag === 'Connected') return changed({ isOpen: true })
  if (signal._tag === 'Acknowledged' || signal._tag === 'Rejected')
    return changed({ unanswered: new Set([...carrier.unanswered].filter((name) => name !== signal.stream)) })
  if (signal._tag === 'Disconnected' || signal._tag === 'Closed')
    return new Map([...carriers].filter(([other]) => other !== id))
  return carriers
}

/** Whether the events of a key come on one of them. */
export const carries = (carriers: Carriers, key: string): boolean =>
  [...carriers.values()].some((one) => one.key === key && one.isOpen && one.unanswered.size === 0)

/** Those of a key that are open. */
export const openWith = (carriers: Carriers, key: string): readonly Source[] =>
  [...carriers.values()].flatMap((one) => (one.key === key && one.isOpen ? [one.source] : []))
