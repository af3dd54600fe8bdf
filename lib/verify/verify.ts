import { defer, from as fromPromise, map, Observable, switchMap } from 'rxjs'
import { aConfigOfVenue, checked } from '../codecs/checked.js'
import { createClient } from '../client/createClient.js'
import type { Counters } from '../client/Counters.js'
import { checksumOf } from '../communicators/replay/checksum.js'
import { expandFiles } from '../communicators/replay/expandFiles.js'
import type { ReplayConfig } from '../communicators/replay/ReplayConfig.js'
import { replaySettings } from '../communicators/replay/replaySettings.js'
import { replayCommunicator } from '../communicators/replayCommunicator.js'
import type { BookTicker } from '../events/BookTicker.js'
import type { Status } from '../Signal.js'
import { router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'
import { createBookCheck, type CheckedBook } from './bookCheck.js'
import { createFileCheck } from './fileCheck.js'
import { collect } from './findings.js'
import { problemsIn } from './problems.js'
import type { FileReport, Quiet, RecordingReport } from './RecordingReport.js'
import { createStreamCheck, type StreamCheck } from './streamCheck.js'

/** A recording, and whose it is. */
export interface VerifyConfig extends Omit<ReplayConfig, 'pace' | 'drain' | 'timer'> {
  /** Whose recording it is. */
  readonly venue: Venue
}

/** Nothing at all for so many ms is told. */
const QUIET = 10_000

/** Follows all that a client of the recording hears, and gives what was found at its end. */
const checking = (venue: Venue, config: ReplayConfig) => {
  const client = createClient({ venue, communicator: replayCommunicator(config), onNotice: () => undefined })
  const route = router(venue)
  const files = createFileCheck()
  const streams = new Map<string, StreamCheck>()
  const books = new Map<string, CheckedBook>()
  const silences = collect<Quiet>()
  const unmerged: string[] = []
  let [from, to, losses] = [NaN, NaN, 0]
  let counters: Counters | undefined

  const passed = (at: number) => {
    if (Number.isNaN(from)) from = at
    else if (at - to > QUIET) silences.add({ from: to, to: at })
    to = at
  }

  const streamOf = (kind: string, stream: string): StreamCheck => {
    const name = stream === '' ? kind : stream
    const found =
      streams.get(name) ?? createStreamCheck({ stream: name, kind, row: venue.streams[kind], rule: venue.depthRule })
    streams.set(name, found)
    return found
  }

  const bookOf = (symbol: string): CheckedBook => {
    const found = books.get(symbol)
    if (found !== undefined) return found
    const check = createBookCheck(symbol, () => !files.isSynthetic())
    books.set(symbol, check)
    client.book(symbol).subscribe((state) => check.state(state, client.scheduler.now()))
    return check
  }

  const told = (status: Status) => {
    files.told(status)
    if (status._tag === 'Unmerged') unmerged.push(status.stream)
    if (status._tag !== 'Disconnected') return
    losses += 1
    for (const check of [...streams.values(), ...books.values()]) check.lost()
  }

  const report = (checksums: ReadonlyMap<string, FileReport['checksum']>): RecordingReport => {
    const { received = 0, control = 0, unknown = 0, invalid = 0 } = counters ?? {}
    const found = {
      ...(!Number.isNaN(from) && { from, to }),
      ...{ frames: received, control, unknown, invalid, losses, unmerged, silences: silences.found() },
      ...files.report(checksums),
      streams: [...streams.values()].map((check) => check.report(to)),
      books: [...books.values()].map((check) => check.report(to)),
    }
    return { ...found, problems: problemsIn(found) }
  }

  return new Observable<typeof report>((subscriber) => {
    client.watch({
      begun: ({ receivedAt }) => passed(receivedAt),
      delivered: (kind, stream, event, receivedAt) => {
        streamOf(kind, stream).heard(event, receivedAt)
        const symbol = venue.depthRule === undefined ? undefined : route(stream)?.symbol
        if (kind === 'depth' && symbol !== undefined) bookOf(symbol)
        // The kind says which event it is.
        if (kind === 'bookTicker' && symbol !== undefined) books.get(symbol)?.ticker(event as BookTicker)
      },
      repeated: (kind, stream, count) => streamOf(kind, stream).repeated(count),
      told,
      ended: () => {
        client.counters$.subscribe((now) => (counters = now))
        subscriber.next(report)
        subscriber.complete()
      },
      ...{ handled: nothing, failed: nothing, sent: nothing, bookChanged: nothing },
    })
    return client.connect()
  })
}

const nothing = () => undefined

/**
 * Says what a recording is worth: what is missing of each stream by its numbers, when nothing came, times that cannot be,
 * damaged files, whether its order books agree with the venue's own best bids and asks, and what all of it holds.
 *
 * ```text
 * subscribe   ----------------(r|)     r: the report, when all files are read
 * ```
 *
 * It reads the files as `replayCommunicator` does, with the same options, as fast as it can, and besides whatever stands
 * beside one as `….CHECKSUM`. `problems` of the report says in sentences what is wrong, and is empty for a recording that
 * is whole; `reportText` makes a text of it.
 *
 * Emits once and completes; it does not error for what is wrong with files. Unsubscribing closes them.
 *
 * ```ts
 * verify({ venue: binanceSpot, files: 'day.txt.gz' }).subscribe((report) => console.log(reportText(report)))
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const verify = checked(
  'verify',
  [aConfigOfVenue('a config { venue, files }')],
  ({ venue, ...config }: VerifyConfig): Observable<RecordingReport> => {
    const { files } = replaySettings(config, 'verify')
    return defer(() => expandFiles(files)).pipe(
      switchMap((found) =>
        checking(venue, { ...config, files: found, drain: 0 }).pipe(
          switchMap((report) => checksumsOf(found.map(({ path }) => path)).pipe(map(report))),
        ),
      ),
    )
  },
)

const checksumsOf = (paths: readonly string[]): Observable<ReadonlyMap<string, FileReport['checksum']>> =>
  new Observable((subscriber) => {
    const stop = new AbortController()
    const each = paths.map(async (path) => [path, await checksumOf(path, stop.signal)] as const)
    const all$ = fromPromise(Promise.all(each)).pipe(map((all) => new Map(all)))
    subscriber.add(() => stop.abort())
    return all$.subscribe(subscriber)
  })
