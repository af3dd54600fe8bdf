import { asyncScheduler, from, NEVER, Observable, Subscription, take, throwIfEmpty, type OperatorFunction } from 'rxjs'
import { collecting, depthSequence } from '../book/depthSequence.js'
import { LiveBook } from '../book/LiveBook.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import { backoff } from '../timing/backoff.js'
import { after, within } from '../timing/wait.js'
import type { BookState, SyncingReason, TopOfBook } from './BookState.js'
import { trampoline } from './trampoline.js'
import type { SyncDepthConfig } from './SyncDepthConfig.js'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'

const isFinal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'final' in error && error.final === true

const severalSymbols = (one: string, other: string): string =>
  `syncDepth makes the book of one symbol, and the source brought ${one} and ${other}: use the stream of one symbol, or groupBy`

/**
 * Makes a true order book of the depth updates of one symbol and a snapshot, as long as the venue's rule holds; when
 * it breaks, says so at once and starts anew.
 *
 * ```
 * updates    --1---2---3---4---6---7------|
 * snapshot     ----(2|)
 * again                        ---(6|)
 *            --s-----(S)S--S---g---(S)-----|
 * ```
 *
 * `s` is `Syncing` for the reason `start`, `g` for `gap`, `S` is `Synced`; a drained backlog is one `Synced`. The
 * snapshot is asked for when the first update has come, not before. `gap`, `restart`, `reset` and `crossed` end the
 * book of the last `Synced` before they are said. After a reset the next update asks for a snapshot; a snapshot that
 * was on its way is discarded.
 *
 * Completes with the source, after a snapshot that is under way has come and was used, or has failed; `reset` never
 * keeps it from completing. Errors when the source or `reset` errors, when `snapshot` throws, when a snapshot fails
 * for good (`final: true`), or when the source brings a second symbol. Unsubscribing cancels the snapshot and all
 * waiting at once. Where it ends without being lost, the book stays readable as it was.
 *
 * ```ts
 * client.stream('btcusdt@depth@100ms').pipe(
 *   syncDepth({ rule: asterFutures.depthRule, snapshot: client.snapshot, scheduler: client.scheduler }),
 * ).subscribe((state) => {
 *   if (state._tag === 'Synced') show(state.book.bestBid, state.book.bestAsk)
 * })
 * ```
 */
export const syncDepth =
  ({
    rule,
    snapshot,
    reset = NEVER,
    scheduler = asyncScheduler,
    maxBuffer,
    retry = {},
    timeout: patience = 10_000,
  }: SyncDepthConfig): OperatorFunction<DepthUpdate, BookState> =>
  (source) =>
    new Observable((subscriber) => {
      const late = () => new Error(`no snapshot within ${patience} ms`)
      const oneByOne = trampoline(subscriber)
      let sequence = collecting<DepthUpdate>([])
      let symbol = ''
      let book: LiveBook | undefined
      let top: TopOfBook = { bid: undefined, ask: undefined }
      let attempt = 0
      /** The request for a snapshot, and the wait before it. */
      let request = new Subscription()
      let isAsked = false
      /** Nothing was asked for yet, or since the reset: the next update will. */
      let isIdle = true
      let isDone = false

      const run = (job: () => void): void =>
        oneByOne(() => {
          job()
          if (isDone && !isAsked) subscriber.complete()
        })

      const cancel = (): void => {
        request.unsubscribe() // F25
        isAsked = false
      }

      const lose = (reason: SyncingReason): void => {
        book?.end(reason)
        book = undefined
        cancel()
      }

      const say = (reason: SyncingReason): void => subscriber.next({ _tag: 'Syncing', reason, attempt })

      /** At once without a `wait`, which is in ms. */
      const requestSnapshot = (wait?: number): void => {
        const mine = new Subscription()
        request = mine
        subscriber.add(mine) // F46
        const turn = (job: () => void): void => run(() => (mine.closed ? undefined : job()))
        const ask = (): void => {
          isAsked = true
          const answer$ = from(snapshot(symbol)).pipe(
            take(1),
            within<DepthSnapshot>(patience, scheduler, late), // F24
            throwIfEmpty(),
          )
          mine.add(
            answer$.subscribe({
              next: (answer) => turn(() => arrived(answer)),
              error: (error: unknown) => turn(() => failed(error)),
            }),
          )
        }
        if (wait === undefined) turn(ask)
        else mine.add(after(wait, scheduler, () => turn(ask)))
      }

      const resync = (reason: SyncingReason): void => {
        lose(reason)
        if (isDone) return
        attempt++
        say(reason)
        requestSnapshot(attempt === 1 ? undefined : backoff(retry, attempt - 1))
      }

      const follow = (live: LiveBook, updates: readonly DepthUpdate[]): void => {
        for (const update of updates) live.apply(update)
        const update = updates.at(-1)
        if (update === undefined) return
        // F27
        if (live.isCrossed) {
          sequence = collecting(updates)
          return resync('crossed')
        }
        attempt = 0
        const { bestBid: bid, bestAsk: ask } = live
        if (bid !== top.bid || ask !== top.ask) top = { bid, ask }
        subscriber.next({ _tag: 'Synced', book: live, top, update })
      }

      const received = (update: DepthUpdate): void => {
        symbol ||= update.symbol
        if (update.symbol !== symbol) throw new TypeError(severalSymbols(symbol, update.symbol))
        const [next, verdict] = depthSequence(rule, sequence, { _tag: 'Update', update }, maxBuffer)
        sequence = next
        switch (verdict._tag) {
          case 'Applied':
            // Nothing is applied before a snapshot was accepted.
            return follow(book as LiveBook, [update])
          case 'Gap':
            return resync('gap')
          case 'Restarted':
            return resync('restart')
          case 'Buffered':
            if (isIdle) leaveIdle()
        }
      }

      const leaveIdle = (): void => {
        isIdle = false
        if (attempt === 0) resync('start')
        else requestSnapshot()
      }

      const arrived = (answer: DepthSnapshot): void => {
        cancel()
        const { lastUpdateId, bids, asks } = answer
        const isEmpty = bids.length + asks.length === 0
        const [next, verdict] = depthSequence(rule, sequence, { _tag: 'Snapshot', lastUpdateId, isEmpty })
        sequence = next
        if (verdict._tag !== 'Accepted') return resync('snapshot too old')
        book = new LiveBook(symbol, answer)
        follow(book, verdict.updates)
      }

      const failed = (error: unknown): void => {
        if (isFinal(error))
          subscriber.error(error) // F24
        else resync('snapshot failed') // F24
      }

      const forget = (): void => {
        if (isIdle) return
        isIdle = true
        lose('reset')
        sequence = collecting([])
        attempt = 1
        say('reset')
      }

      const error = (reason: unknown): void => run(() => subscriber.error(reason))
      subscriber.add(from(reset).subscribe({ next: () => run(forget), error }))
      subscriber.add(
        source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
          next: (update) => run(() => received(update)),
          error,
          complete: () => run(() => (isDone = true)),
        }),
      )
    })
