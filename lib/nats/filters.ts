import type { ConsumerConfig } from '@nats-io/jetstream'
import { router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'
import type { Subjects } from './subjects.js'

/** What is read of the wanted streams. */
export interface Filters {
  /** The subjects of the wanted streams. */
  readonly streams: ReadonlySet<string>
  /** The snapshots of the symbols whose depth is wanted, by the subjects where they are asked for. */
  readonly asks: ReadonlySet<string>
  /** Whether a message of this subject is delivered. */
  readonly isMeant: (subject: string) => boolean
  readonly isSnapshot: (subject: string) => boolean
  /** What the server is asked to leave out. */
  readonly consumer: Pick<ConsumerConfig, 'filter_subject' | 'filter_subjects'>
}

/** Lists of filters came with this version of the server. */
const WITH_LISTS = [2, 10] as const

/** Whether a server takes a list of filters; one that says no version does not. */
export const takesLists = (version = ''): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > WITH_LISTS[0] || (major === WITH_LISTS[0] && minor >= WITH_LISTS[1])
}

/**
 * The subjects of what is wanted. A server that takes no lists of filters sends all of the venue, and what is not wanted
 * is left out here: several consumers with one filter each would be in no order among each other.
 */
export const filtersOf = (venue: Venue, subjects: Subjects, names: ReadonlySet<string>, hasLists: boolean): Filters => {
  const route = router(venue)
  const streams = new Set(Array.from(names, subjects.ofStream))
  const symbols = [...names].flatMap((name) => {
    const { kind, symbol } = route(name) ?? {}
    return kind === 'depth' && symbol !== undefined ? [symbol] : []
  })
  const snapshots = new Set(symbols.map(subjects.ofSnapshot))
  const always = [subjects.statuses, subjects.other]
  const statuses = subjects.statuses.slice(0, -1)
  return {
    streams,
    asks: new Set(symbols.map(subjects.ask)),
    isMeant: (subject) =>
      streams.has(subject) || snapshots.has(subject) || subject === subjects.other || subject.startsWith(statuses),
    isSnapshot: (subject) => snapshots.has(subject),
    consumer: hasLists ? { filter_subjects: [...always, ...streams, ...snapshots] } : { filter_subject: subjects.all },
  }
}
