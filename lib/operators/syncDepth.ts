import { anObject, checked } from '../codecs/checked.js'
import { flat } from '../codecs/flat.js'
import { asyncScheduler, from, NEVER, Observable, Subscription, type OperatorFunction } from 'rxjs'
import { collecting, depthSequence, newestWaiting } from '../book/depthSequence.js'
import { LiveBook } from '../book/LiveBook.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import { backoff } from '../timing/backoff.js'
import type { RequestProgress } from '../timing/RequestProgress.js'
import { after } from '../timing/wait.js'
import type { BookState, Syncing, SyncingReason, TopOfBook } from './BookState.js'
import { plausible, whatIsWrongWith } from './plausible.js'
import { snapshotRequests } from './snapshotRequests.js'
import { trampoline } from './trampoline.js'
import type { SyncDepthConfig } from './SyncDepthConfig.js'
import { isFinal } from './isFinal.js'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'

/** So long an update may take after the stream was acknowledged, in ms, before the snapshot is asked for without one. */
const SOON = 1_000

/**
 * Makes a true order book of the depth updates of one symbol and a snapshot, as long as the venue's rule holds; when
 * it breaks, says so at once and starts anew.
 *
 * ```
 * updates    --1---2---3---4---6---7------|
 * snapshot     ----(2|)
 * again                        ---(6|)
 *            --s---S---S---S---g--SS------|
 * ```
 *
 * `s` is `Syncing` for the reason `start`, `g` for `gap`, `S` is `Synced`; a drained backlog is one `Synced`, and a
 * snapshot that is newer than all updates is the book. The snapshot is asked for with the first update, or, where
 * `acknowledged` is given, a second after the stream is, or, by `available`, when one can be had. `gap`, `restart`,
 * `reset`, `crossed` and `implausible` end the book of the last `Synced` before they are said. After a reset the next
 * update asks for a snapshot; one on its way is discarded. While `silent` says so the book is `Stale`, and readable.
 *
 * Completes with the source, after a snapshot that is under way has come and was used, or has failed; nothing else
 * keeps it from completing. Errors when the source or `reset` errors, when `snapshot` throws, when a snapshot fails
 * for good (`final: true`), or when the source brings a second symbol. Unsubscribing cancels the snapshot and all
 * waiting at once. Where it ends without being lost, the book stays readable as it was.
 *
 * ```ts
 * client.stream('btcusdt@depth@100ms').pipe(
 *   syncDepth({ rule: asterFutures.depthRule, snapshot: client.snapshot }),
 * ).subscribe((state) => {
 *   if (state._tag === 'Synced') show(state.book.bestBid, state.book.bestAsk)
 * })
 * ```
 */
export const syncDepth = checked(
  'syncDepth',
  [anObject('a config { rule, snapshot }', ['rule'], ['snapshot'])],
  ({
    rule,
    snapshot,
    reset = NEVER,
    symbol: known = '',
    acknowledged = NEVER,
    available = NEVER,
    silent = NEVER,
    scheduler = snapshot.scheduler ?? asyncScheduler,
    receivedAt = () => scheduler.now(),
    maxBuffer,
    retry = {},
    timeout = 10_000,
  }: SyncDepthConfig): OperatorFunction<DepthUpdate, BookState> =>
    (source) =>
      new Observable((subscriber) => {
        const oneByOne = trampoline(subscriber)
        const whatIsWrong = plausible()
        let sequence = collecting<DepthUpdate>([])
        let symbol = known
        let isSymbolSeen = false
        /** The last update that came, and was believed, whatever was lost since. */
        let lastSeen = -Infinity
        let book: LiveBook | undefined
        let top: TopOfBook = { bid: undefined, ask: undefined }
        let attempt = 0
        /** Why there is no book, whatever else is said meanwhile. */
        let cause: Pick<Syncing, 'reason' | 'error'> = { reason: 'start' }
        let isToldToWait = false
        /** It was said that more updates wait than may. */
        let isToldFull = false
        /** Nothing was asked for yet, or since the reset: the next update will. */
        let isIdle = true
        /** The wait for that update. */
        let soon = Subscription.EMPTY
        let isDone = false

        const run = (job: () => void): void =>
          oneByOne(() => {
            job()
            if (isDone && !requests.isUnderWay()) subscriber.complete()
          })

        const say = (what: Pick<Syncing, 'reason' | 'error'> = cause): void =>
          subscriber.next({ _tag: 'Syncing', attempt, ...what })

        const lose = (reason: SyncingReason, error?: unknown): void => {
          cause = { reason, ...(error !== undefined && { error }) }
          isToldToWait = false
          book?.end(reason)
          book = undefined
          requests.cancel()
        }

        const resync = (reason: SyncingReason, error?: unknown): void => {
          lose(reason, error)
          if (isDone) return
          attempt++
          say()
          requests.ask(symbol, attempt === 1 ? undefined : backoff(retry, attempt - 1))
        }

        const show = (live: LiveBook, update: DepthUpdate | undefined): void => {
          const { bestBid: bid, bestAsk: ask } = live.reader
          if (bid !== top.bid || ask !== top.ask) top = { bid, ask }
          subscriber.next({ _tag: 'Synced', book: live.reader, top, update })
        }

        const follow = (live: LiveBook, updates: readonly DepthUpdate[], at: number): void => {
          for (const update of updates) live.apply(update, at)
          // F27
          if (live.isCrossed) {
            sequence = collecting(updates)
            return resync('crossed')
          }
          const update = updates.at(-1)
          if (update !== undefined) attempt = 0
          show(live, update)
        }

        const received = (update: DepthUpdate): void => {
          if (!isSymbolSeen) symbol = flat(update.symbol)
          isSymbolSeen = true
          if (update.symbol !== symbol)
            throw new TypeError(`expected one symbol, came ${symbol} and ${update.symbol}: use its stream, or groupBy`)
          const at = receivedAt()
          const wrong = whatIsWrong(update, at)
          if (wrong !== undefined) return disbelieve(update, wrong) // F75
          lastSeen = update.lastUpdateId
          const [next, verdict] = depthSequence(rule, sequence, { _tag: 'Update', update }, maxBuffer)
          sequence = next
          switch (verdict._tag) {
            case 'Applied':
              // Nothing is applied before a snapshot was accepted.
              return follow(book as LiveBook, [update], at)
            case 'Gap':
              return resync('gap')
            case 'Restarted':
              return resync('restart')
            case 'Buffered':
              return isIdle ? leaveIdle() : undefined
            case 'Overflowed':
              if (!isToldFull) say({ reason: 'buffer full' }) // F69
              isToldFull = true
          }
        }

        /** While there is no book, nothing is lost but what came before. */
        const disbelieve = (update: DepthUpdate, wrong: string): void => {
          sequence = collecting([])
          if (book !== undefined) resync('implausible', new Error(`an update of ${update.symbol} has ${wrong}`))
        }

        const leaveIdle = (): void => {
          isIdle = false
          soon.unsubscribe()
          if (attempt === 0) resync('start')
          else requests.ask(symbol)
        }

        const arrived = (answer: DepthSnapshot): void => {
          requests.cancel()
          const { lastUpdateId, bids, asks } = answer
          const newest = newestWaiting(sequence)
          const wrong = whatIsWrongWith(answer, newest)
          if (wrong !== undefined) return resync('implausible', new Error(`a snapshot of ${symbol} has ${wrong}`)) // F75
          // Without an update that says otherwise, it is from before what was known already.
          if (newest === undefined && lastUpdateId < lastSeen) return resync('snapshot too old') // F23
          const isEmpty = bids.length + asks.length === 0
          const [next, verdict] = depthSequence(rule, sequence, { _tag: 'Snapshot', lastUpdateId, isEmpty })
          sequence = next
          if (verdict._tag !== 'Accepted') return resync('snapshot too old')
          const at = scheduler.now()
          isToldFull = false
          book = new LiveBook(symbol, answer, at, scheduler)
          follow(book, verdict.updates, at) // F51
        }

        const failed = (error: unknown): void => {
          if (isFinal(error))
            subscriber.error(error) // F24
          else resync('snapshot failed', error) // F24
        }

        const progressed = (progress: RequestProgress): void => {
          if (isDone) return
          const wasToldToWait = isToldToWait
          isToldToWait = progress._tag === 'Waiting'
          if (isToldToWait) say({ reason: 'waiting for the budget' }) // F53
          if (progress._tag === 'Absent') say({ reason: 'no snapshot yet' }) // F65
          if (progress._tag === 'Failed') say({ reason: 'snapshot failed', error: progress.error })
          if (progress._tag === 'Sent' && wasToldToWait) say()
        }

        const forget = (): void => {
          soon.unsubscribe()
          if (isIdle) return
          isIdle = true
          isToldFull = false
          lose('reset')
          sequence = collecting([])
          attempt = 1
          say()
        }

        const begin = (): void => {
          if (!isIdle || symbol === '' || !soon.closed) return
          soon = after(SOON, scheduler, () => run(() => isIdle && leaveIdle()))
          subscriber.add(soon) // F46
        }

        const offered = (): void => {
          if (isIdle && attempt === 0 && symbol !== '') leaveIdle()
        }

        const quiet = (ms: number): void => {
          if (book !== undefined) subscriber.next({ _tag: 'Stale', book: book.reader, top, quiet: ms }) // F52
        }

        const requests = snapshotRequests({ snapshot, scheduler, timeout, run, arrived, failed, progressed })
        subscriber.add(requests.cancel) // F46
        const error = (reason: unknown): void => run(() => subscriber.error(reason))
        subscriber.add(from(reset).subscribe({ next: () => run(forget), error }))
        subscriber.add(from(acknowledged).subscribe({ next: () => run(begin), error }))
        subscriber.add(from(available).subscribe({ next: () => run(offered), error }))
        subscriber.add(from(silent).subscribe({ next: (ms) => run(() => quiet(ms)), error }))
        subscriber.add(
          source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
            next: (update) => run(() => received(update)),
            error,
            complete: () => run(() => (isDone = true)),
          }),
        )
      }),
)
