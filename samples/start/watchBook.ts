import type { BookState, BookTicker, TopOfBook } from 'aster-rx'
import { merge, type Observable, tap } from 'rxjs'
import { gradeBook, type Grades } from './gradeBook.js'

/** What is known of one symbol's order book so far. */
export interface BookReport {
  readonly symbol: string
  isSynced: boolean
  top: TopOfBook
  levels: { readonly bids: number; readonly asks: number }
  lastUpdateId: number
  gaps: number
  /** How often it was synced again after it was lost. */
  resyncs: number
  lost: string[]
  readonly grades: () => Grades
}

const losses = new Set<string>(['gap', 'restart', 'crossed', 'reset'])

/** Follows a book, and grades it against the venue's own book tickers. */
export const watchBook = (
  symbol: string,
  book$: Observable<BookState>,
  ticker$: Observable<BookTicker>,
  lost$: Observable<unknown>,
): { readonly report: BookReport; readonly watch$: Observable<unknown> } => {
  const grader = gradeBook()
  const none = { bid: undefined, ask: undefined }
  const report: BookReport = {
    ...{ symbol, isSynced: false, top: none, levels: { bids: 0, asks: 0 }, lastUpdateId: 0 },
    ...{ gaps: 0, resyncs: 0, lost: [], grades: grader.finish },
  }
  const onState = (state: BookState) => {
    if (state._tag === 'Syncing') {
      if (losses.has(state.reason)) report.lost.push(state.reason)
      if (state.reason === 'gap') report.gaps++
      report.isSynced = false
      return
    }
    if (!report.isSynced && report.lost.length > 0) report.resyncs++
    report.isSynced = true
    report.top = state.top
    report.levels = state.book.size
    report.lastUpdateId = state.book.lastUpdateId
    if (state._tag === 'Synced' && state.update !== undefined) grader.onTop(state.update.lastUpdateId, state.top)
  }
  const watch$ = merge(lost$.pipe(tap(grader.forget)), book$.pipe(tap(onState)), ticker$.pipe(tap(grader.onTicker)))
  return { report, watch$ }
}
