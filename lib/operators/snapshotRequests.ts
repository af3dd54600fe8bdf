import { from, Subscription, take, throwIfEmpty } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { OnProgress, RequestProgress } from '../timing/RequestProgress.js'
import { after } from '../timing/wait.js'
import type { SyncDepthConfig } from './SyncDepthConfig.js'

/** Asks for one snapshot at a time. */
export interface SnapshotRequests {
  /** Asks for the snapshot of a symbol: at once, or after so many ms. */
  readonly ask: (symbol: string, wait?: number) => void
  /** Cancels the request under way, and the wait before it. */
  readonly cancel: () => void
  /** A snapshot was asked for, and neither came nor failed. */
  readonly isUnderWay: () => boolean
}

/** What requests are made by, and who is told. All times are in ms. */
export interface SnapshotRequestsConfig extends Required<Pick<SyncDepthConfig, 'snapshot' | 'scheduler' | 'timeout'>> {
  /** Runs one job after the other. */
  readonly run: (job: () => void) => void
  readonly arrived: (snapshot: DepthSnapshot) => void
  readonly failed: (error: unknown) => void
  readonly progressed: OnProgress
}

export const snapshotRequests = (config: SnapshotRequestsConfig): SnapshotRequests => {
  const { snapshot, scheduler, timeout: patience, run, arrived, failed, progressed } = config
  let request = Subscription.EMPTY
  let isAsked = false

  const cancel = (): void => {
    request.unsubscribe() // F25
    isAsked = false
  }

  const begin = (symbol: string, mine: Subscription, turn: (job: () => void) => void): void => {
    /** Runs while an answer may be expected: not while the request waits for its turn. */
    let timer = Subscription.EMPTY
    const now = { isWaiting: false, hasEnded: false }
    const stop = () => {
      timer.unsubscribe()
      mine.remove(timer)
    }
    const start = () => {
      stop()
      const late = () => failed(new Error(`no snapshot within ${patience} ms`))
      if (!mine.closed) mine.add((timer = after(patience, scheduler, () => turn(late)))) // F24
    }
    const onProgress = (progress: RequestProgress) => {
      if (mine.closed) return
      if (progress._tag === 'Absent') return turn(() => progressed(progress))
      now.isWaiting = progress._tag !== 'Sent'
      if (now.isWaiting)
        stop() // F53
      else start() // F53
      turn(() => progressed(progress))
    }
    isAsked = true
    const answer$ = from(snapshot(symbol, onProgress)).pipe(take(1), throwIfEmpty())
    mine.add(
      answer$.subscribe({
        next: (answer) => {
          now.hasEnded = true
          stop()
          turn(() => arrived(answer))
        },
        error: (error: unknown) => {
          now.hasEnded = true
          stop()
          turn(() => failed(error))
        },
      }),
    )
    if (!now.hasEnded && !now.isWaiting) start()
  }

  return {
    cancel,
    isUnderWay: () => isAsked,
    ask: (symbol, wait) => {
      const mine = new Subscription()
      request = mine
      const turn = (job: () => void): void => run(() => (mine.closed ? undefined : job()))
      if (wait === undefined) turn(() => begin(symbol, mine, turn))
      else mine.add(after(wait, scheduler, () => turn(() => begin(symbol, mine, turn))))
    },
  }
}
