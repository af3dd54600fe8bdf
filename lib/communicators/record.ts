import { anObject, checked } from '../codecs/checked.js'
import { concatMap, defer, finalize, merge, Subject, Subscription, tap, type MonoTypeOperatorFunction } from 'rxjs'
import type { Signal, Status } from '../Signal.js'
import { after } from '../timing/wait.js'
import { onExit } from './record/onExit.js'
import type { RecordConfig } from './record/RecordConfig.js'
import { createRecorder } from './record/recorder.js'
import { recordSettings } from './record/recordSettings.js'
import { reportError } from './record/reportError.js'

/**
 * Writes every signal to a file on its way, as `replayCommunicator` reads it without further options.
 *
 * ```text
 * signals      -a---b---c----|
 *              record({ file })
 *              -a---b---(cX)-|     X: NotRecorded, c holds the delimiter
 * file         1000 a⏎ 1400 b⏎
 * ```
 *
 * A record is the time in ms, the separator, the text, the delimiter. Replies and statuses are JSON texts beginning with
 * `{"_tag":"`; so are the sources, one at the beginning of each batch and at each change: overlapping connections and raw
 * frames of single streams replay as they were. A signal that cannot be written is followed by a `NotRecorded`.
 *
 * What is lost, and when:
 *
 * - `kill -9` or a crash: what came in the last `flush` ms. What it left half written is cut off when the file is written
 *   on, which `Repaired` says.
 * - SIGTERM, SIGINT, SIGHUP, `process.exit`, an error that nobody catches, the end: nothing. The signals are listened to
 *   while something is recorded, and end the process as ever where nobody else listens to them.
 * - A loss of power: what was not on the disk yet, see `fsync`.
 * - A full disk: what was kept back. It is an error, and says how many signals that are; the file stays sound.
 * - A file that is removed: what it held. `NotRecorded` says so with the next batch, and a new one begins.
 *
 * Only one process writes a recording: a second one is told with its first signal, by a file `….lock` beside it, which a
 * crash does not leave in force. The file is made when the first signal comes. Memory is bounded by 64 KiB and a signal.
 *
 * Each part begins with what was so before it, so that it can be read alone: the connections that are open, the streams
 * that they carry, and, where `books` says them, the order books.
 *
 * Completes with the source. Errors with the source; when the file exists, unless `append` is set; when another process
 * writes it; when the disk refuses, at the latest `flush` ms after the signal: then the file is closed. Unsubscribing
 * writes what is kept back and closes the file; a disk that refuses then is reported to `config.onUnhandledError`.
 *
 * ```ts
 * client.signal$.pipe(record({ file: 'btc.txt.gz', rotate: { every: 'day' }, books: client.heldBooks })).subscribe()
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const record = checked(
  'record',
  [anObject('a config { file }', ['file'])],
  (config: RecordConfig): MonoTypeOperatorFunction<Signal> => {
    const settings = recordSettings(config)
    return (source) =>
      defer(() => {
        /** What is said between signals, and ends them. */
        const said$ = new Subject<Signal>()
        let waiting = Subscription.EMPTY
        let notes: Status[] = []

        const orFail = (work: () => void) => {
          try {
            work()
            for (const note of taken()) said$.next(note)
          } catch (error) {
            said$.error(error)
          }
        }
        const taken = () => {
          const all = notes
          notes = []
          return all
        }
        const { write, flush, close } = createRecorder(settings, {
          kept: () => {
            waiting.unsubscribe()
            if (settings.flush > 0) waiting = after(settings.flush, settings.scheduler, () => orFail(flush)) // F63
          },
          told: (status) => notes.push(status),
        })
        const forget = onExit({ save: () => orFail(flush), end: () => orFail(close) })

        const recorded = (signal: Signal): readonly Signal[] => {
          if (signal._tag === 'NotRecorded') return [signal]
          const reason = write(signal)
          const before = taken()
          return [...before, signal, ...(reason === undefined ? [] : [notRecorded(signal, reason)])]
        }

        return merge(
          said$,
          source.pipe(
            concatMap(recorded),
            tap({ complete: close, error: close }),
            tap({ complete: () => said$.complete() }),
          ),
        ).pipe(
          finalize(() => {
            forget()
            waiting.unsubscribe()
            try {
              close()
            } catch (error) {
              reportError(error)
            }
          }),
        )
      })
  },
)

const notRecorded = ({ receivedAt, source }: Signal, reason: string): Signal => {
  const status: Signal = { _tag: 'NotRecorded', reason, receivedAt }
  return source === undefined ? status : { ...status, source }
}
