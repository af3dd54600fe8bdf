import { concatMap, defer, finalize, of, tap, type MonoTypeOperatorFunction, type Observable } from 'rxjs'
import type { Signal } from '../Signal.js'
import type { RecordConfig } from './record/RecordConfig.js'
import { recorder } from './record/recorder.js'
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
 * `{"_tag":"`; so are the sources, one before the first signal and at each change: overlapping connections and raw frames of
 * single streams replay as they were. A signal that cannot be written is followed by a `NotRecorded`, which is not written.
 *
 * The file is made when the first signal comes. Batches are written at once and whole, so that memory is bounded and an
 * end of the process loses `flushEvery` ms at most. The end of the source and unsubscribing write what is kept back and
 * close the file; an observer that hears the end may read it.
 *
 * Completes with the source. Errors with the source; when the file exists, unless `append` is set; when the disk refuses:
 * then the file is closed. A disk that refuses while unsubscribing is reported to `config.onUnhandledError`.
 *
 * ```ts
 * const recorded: Communicator = (wanted$) => live(wanted$).pipe(record({ file: 'btc.txt.gz', rotate: { daily: true } }))
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const record = (config: RecordConfig): MonoTypeOperatorFunction<Signal> => {
  const settings = recordSettings(config)
  return (source) =>
    defer(() => {
      const { write, close } = recorder(settings)
      return source.pipe(
        concatMap((signal) => (signal._tag === 'NotRecorded' ? of(signal) : written(signal, write(signal)))),
        tap({ complete: close, error: close }),
        finalize(() => {
          try {
            close()
          } catch (error) {
            reportError(error)
          }
        }),
      )
    })
}

const written = (signal: Signal, reason: string | undefined): Observable<Signal> => {
  if (reason === undefined) return of(signal)
  const { receivedAt, source } = signal
  const status: Signal = { _tag: 'NotRecorded', reason, receivedAt }
  return of(signal, source === undefined ? status : { ...status, source })
}
