import { firstValueFrom, map, NEVER, take, toArray } from 'rxjs'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
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

/** The venues of exchanges, as tardis.dev calls them. */
const exchanges: Readonly<Record<string, string>> = { binance: 'binanceSpot', 'binance-futures': 'binanceFutures' }

/** So many bytes hold the first line and the beginning of the second. */
const HEAD = 4 * 1024

const beginningOf = (path: string): Buffer => {
  const [file, head] = [openSync(path, 'r'), Buffer.alloc(HEAD)]
  try {
    return head.subarray(0, readSync(file, head))
  } finally {
    closeSync(file)
  }
}

/** The venue that the CSV files of tardis.dev have in their first column. */
const exchangeIn = (path: string): string | undefined => {
  const head = beginningOf(path)
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  const text = (isGzip ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head).toString()
  const [header = '', row = ''] = text.split('\n')
  return header.startsWith('exchange,symbol,') ? exchanges[row.split(',')[0] ?? ''] : undefined
}

/** @throws Error for a path that leads to no file. */
const checkFile = (path: string) => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new Error(`FILE: expected a recording, came ${quoted(path)}, which is not there`)
  if (found.isDirectory()) throw new Error(`FILE: expected a recording, came ${quoted(path)}, which is a folder`)
}

/**
 * The venue of a recording: the one whose name is in the name of its file, that of the exchange in a file of tardis.dev, or
 * the one in the names of its sources, as `record` writes them. @throws UsageError where neither says, Error where there is no file.
 */
export const recordedVenue = async (config: ReplayConfig, files: readonly string[]): Promise<AnyVenue> => {
  const [path = ''] = files
  const named = nameIn(basename(path))
  if (named === undefined && !isPipe(path)) checkFile(path)
  const found = named ?? (isPipe(path) ? undefined : (exchangeIn(path) ?? (await saidIn(config, path))))
  if (found !== undefined) return venueNamed(found)
  throw new UsageError(
    `expected the venue of the recording, which neither its name nor its first records say: give --venue, one of ${venueNames.join(', ')}`,
  )
}
