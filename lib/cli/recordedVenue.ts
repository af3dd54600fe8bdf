import { firstValueFrom, map, NEVER, take, toArray } from 'rxjs'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { replayCommunicator, type ReplayConfig } from '../index.js'
import { quoted } from './readCall.js'
import { UsageError } from './UsageError.js'
import { venueNames, venueNamed, type AnyVenue } from './venues.js'

/** So many signals at the beginning of a recording are looked at. */
const LOOKED_AT = 20

/** What is read to find out can be read again. */
const isPipe = (path: string) => path === '-' || path === '/dev/stdin'

const nameIn = (text: string) => venueNames.find((name) => text.includes(name))

/** The venue that the first sources of a file are called by, as `asterFutures-1`. */
const saidIn = (config: ReplayConfig, path: string): Promise<string | undefined> =>
  firstValueFrom(
    replayCommunicator({ ...config, files: path, pace: 'instant', drain: 0 })(NEVER).pipe(
      take(LOOKED_AT),
      toArray(),
      map((signals) => signals.flatMap(({ source }) => venueNames.filter((name) => source?.id.startsWith(`${name}-`)))),
      map(([name]) => name),
    ),
  )

/** @throws Error for a path that leads to no file. */
const checkFile = (path: string) => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new Error(`FILE: expected a recording, came ${quoted(path)}, which is not there`)
  if (found.isDirectory()) throw new Error(`FILE: expected a recording, came ${quoted(path)}, which is a folder`)
}

/**
 * The venue of a recording: the one whose name is in the name of its file, or in those of its sources, as `record` writes
 * them. @throws UsageError where neither says, Error where there is no file.
 */
export const recordedVenue = async (config: ReplayConfig, files: readonly string[]): Promise<AnyVenue> => {
  const [path = ''] = files
  const named = nameIn(basename(path))
  if (named === undefined && !isPipe(path)) checkFile(path)
  const found = named ?? (isPipe(path) ? undefined : await saidIn(config, path))
  if (found !== undefined) return venueNamed(found)
  throw new UsageError(
    `expected the venue of the recording, which neither its name nor its first records say: give --venue, one of ${venueNames.join(', ')}`,
  )
}
