import { VirtualTimeScheduler } from 'rxjs'

/** A scheduler whose time passes when it is told to. */
export class Clock extends VirtualTimeScheduler {
  /** Lets so many ms pass, and everything happen that is due until then. */
  pass(ms: number): void {
    const until = this.frame + ms
    this.schedule(() => undefined, ms)
    this.maxFrames = until
    this.flush()
  }
}
