import { readFileSync } from 'node:fs'
import { asyncScheduler, Observable } from 'rxjs'
import type { EndSignal } from './Host.js'
import { run } from './run.js'

/** As far from the sources as from what is built of them. */
const root = new URL('../../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly version: string
}

/** The first signal: a second one ends the process at once. */
const signal$ = new Observable<EndSignal>((subscriber) => {
  const signals: readonly EndSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM']
  const stop = () => signals.forEach((signal) => process.off(signal, hear))
  const hear = (signal: EndSignal) => {
    stop()
    subscriber.next(signal)
  }
  signals.forEach((signal) => process.on(signal, hear))
  return stop
})

process.exitCode = await run({
  ...{ args: process.argv.slice(2), env: process.env, stdout: process.stdout, stderr: process.stderr },
  ...{ signal$, scheduler: asyncScheduler, version: manifest.version, root },
})
