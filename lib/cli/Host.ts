import type { Writable } from 'node:stream'
import type { Observable, SchedulerLike } from 'rxjs'

/** Where text goes. */
export interface Output extends Writable {
  readonly isTTY?: boolean
  /** How many characters fit on a line. */
  readonly columns?: number
}

/** A signal that ends the program. */
export type EndSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM'

/** Everything that the program has of its process. */
export interface Host {
  /** What stands behind the program's name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly signal$: Observable<EndSignal>
  /** What all waiting and all times use. */
  readonly scheduler: SchedulerLike
  readonly version: string
  /** The folder of the package. */
  readonly root: URL
}
