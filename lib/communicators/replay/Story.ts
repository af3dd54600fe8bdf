import type { Source } from '../../Signal.js'
import { openConnections, type OpenConnections } from '../openConnections.js'
import { UNTIMED } from './Batch.js'

/** A source, and the time of its last signal. */
export interface Track {
  readonly source: Source | undefined
  last: number
}

/** What files that follow each other have in common: a connection may go on in the next file. */
export interface Story {
  /** The sources that the recordings name. */
  tracks: Map<string, Track>
  /** The latest time that was delivered. */
  reached: number
  /** Something of it was delivered: `from` is behind it. */
  hasBegun: boolean
  /** A clock was stepped behind `from`: whatever it shows, nothing comes before `from` any more. */
  isPast: boolean
  /** How many files have ended. */
  files: number
  /** Somebody hears what is skipped. */
  readonly isFed: boolean
  readonly connections: OpenConnections
  /** The times of the last records of files that were read whole. */
  readonly ends: Set<number>
}

/** Files that are played at once have their ends in common. */
export const newStory = ({ ends, isFed }: Pick<Story, 'ends' | 'isFed'>): Story => ({
  ...{ tracks: new Map<string, Track>(), reached: UNTIMED, hasBegun: false, isPast: false, files: 0 },
  ...{ connections: openConnections(), ends, isFed },
})

export const newTrack = (source: Source | undefined): Track => ({ source, last: UNTIMED })

/** The track of a source that a recording names, the same one each time. */
export const trackOf = (story: Story, { id, stream, symbol }: Partial<Source>): Track => {
  const key = JSON.stringify([id, stream, symbol])
  const known = story.tracks.get(key)
  if (known !== undefined) return known
  const about = { ...(stream !== undefined && { stream }), ...(symbol !== undefined && { symbol }) }
  const track = newTrack(id === undefined ? undefined : { id, ...about })
  story.tracks.set(key, track)
  return track
}
