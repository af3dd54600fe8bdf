import { Observable, Subject, tap } from 'rxjs'
import {
  createClient,
  replayCommunicator,
  type Communicator,
  type ReplayConfig,
  type Reply,
  type Signal,
} from '../index.js'
import { recordedStreams } from './recordedStreams.js'
import { recordedVenue } from './recordedVenue.js'
import { UsageError } from './UsageError.js'
import { marketNames, marketVenue } from './venues.js'

/** The signals of a recording, and the books that a client of it held before the last of them. */
interface FollowedBooks {
  readonly signal$: Observable<Signal>
  readonly held: () => readonly Reply[]
}

/** `undefined` where nothing says whose recording it is. */
const saidVenue = async (files: readonly string[], config: ReplayConfig): Promise<string | undefined> => {
  try {
    return (await recordedVenue(config, files)).name
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** Follows the order books of a recording; `undefined` where nothing says whose they are, or its venue has none. */
export const followBooks = async (
  files: readonly string[],
  { onRead, ...config }: ReplayConfig,
  given: string | undefined,
): Promise<FollowedBooks | undefined> => {
  const name = given ?? (await saidVenue(files, config))
  // What comes from a pipe cannot be looked at before it is read.
  if (name === undefined || !marketNames.includes(name) || files.includes('-')) return undefined
  const venue = marketVenue(name)
  const { symbols } = await recordedStreams(venue, config)
  const signal$ = new Subject<Signal>()
  const replay = replayCommunicator({ ...config, ...(onRead && { onRead }) })
  const communicator: Communicator = Object.assign(
    (wanted$: Parameters<Communicator>[0]) => replay(wanted$).pipe(tap(signal$)),
    { scheduler: replay.scheduler },
    replay.skipped && { skipped: replay.skipped },
  )
  const client = createClient({ venue, communicator, onNotice: () => undefined })
  for (const symbol of symbols) client.book(symbol).subscribe()
  return {
    held: client.heldBooks,
    signal$: new Observable((subscriber) => {
      const listening = signal$.subscribe(subscriber)
      listening.add(client.connect())
      return listening
    }),
  }
}
