const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** What is done before a process ends. */
export interface LastWork {
  /** A signal came, which may end it. */
  readonly save: () => void
  /** It ends now. */
  readonly end: () => void
}

const works = new Set<LastWork>()

const end = () => works.forEach((work) => work.end())

/**
 * Ends the process as the signal would have, unless somebody else listens to it. Stands before all others, so that one
 * that listens `once` is still seen.
 */
const onSignal = (signal: NodeJS.Signals) => {
  works.forEach((work) => work.save()) // F63
  process.off(signal, onSignal)
  if (process.listenerCount(signal) > 0) return void setImmediate(() => works.size > 0 && listen(signal))
  end()
  process.kill(process.pid, signal)
}

const listen = (signal: NodeJS.Signals) => {
  process.off(signal, onSignal)
  process.prependListener(signal, onSignal)
}

/**
 * Does something before the process ends: by itself, by `process.exit`, by an error, or by a signal. Gives what takes it
 * back.
 */
export const onExit = (work: LastWork): (() => void) => {
  if (works.size === 0) {
    process.on('exit', end) // F63
    signals.forEach(listen)
  }
  works.add(work)
  return () => {
    works.delete(work)
    if (works.size > 0) return
    process.off('exit', end)
    signals.forEach((signal) => process.off(signal, onSignal))
  }
}
