import type { Observable, SchedulerLike } from 'rxjs'
import type { Row } from './Row.js'

/** What a command writes to, and what ends it. Data goes to the standard output, everything else to the standard error. */
export interface Terminal {
  /** Data: a row or lines for people, or, with `--json`, the value. */
  readonly data: (value: object, row: () => Row | string) => void
  /** Something that is no data: a sentence for people, or, with `--json`, the value. */
  readonly say: (text: string, value?: object) => void
  /** Something went wrong, and the program will end with 1. */
  readonly fail: (text: string, value?: object) => void
  /**
   * Shows a line that is drawn again and again, on a terminal only; `text` is given its width. Gives what takes it away.
   */
  readonly progress: (text: (columns: number) => string) => () => void
  /** Resolves when the standard output takes more; `undefined` when it does already. */
  readonly full: () => Promise<void> | undefined
  /**
   * Resolves at the end of `work$` with true, or with false as soon as the program is to end, which unsubscribes from it;
   * an error of it passes through.
   */
  readonly until: (work$: Observable<unknown>) => Promise<boolean>
  readonly scheduler: SchedulerLike
  /** The folder of the package. */
  readonly root: URL
}
