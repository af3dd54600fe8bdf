import type { Report } from './watch.js'

/** What a replay, or a time live, came to, as one JSON object. */
export interface Summary {
  readonly files: readonly string[]
  readonly venue: string
  readonly frames: number
  readonly events: Readonly<Record<string, number>>
  readonly parseErrors: { readonly unknown: number; readonly invalid: number }
  readonly control: number
  readonly gaps: number
  readonly resyncs: number
  readonly books: Readonly<Record<string, BookSummary>>
  readonly notes: readonly string[]
  readonly recordedSeconds: number
  readonly seconds: number
  readonly framesPerSecond: number
}

interface BookSummary {
  readonly isSynced: boolean
  readonly bestBid: string
  readonly bestAsk: string
  readonly levels: { readonly bids: number; readonly asks: number }
  readonly gaps: number
  readonly resyncs: number
  readonly comparisons: number
  readonly mismatches: number
}

const level = (best: { readonly price: string; readonly quantity: string } | undefined) =>
  best === undefined ? 'none' : `${best.price} × ${best.quantity}`

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

export const summarize = (report: Report, files: readonly string[], venue: string, ms: number): Summary => {
  const books = [...report.books.values()].map((book) => ({ ...book, ...book.grades() }))
  const { received, unknown, invalid, control } = report.counters
  return {
    files,
    venue,
    frames: received,
    events: Object.fromEntries([...report.kinds].sort(([, a], [, b]) => b - a)),
    parseErrors: { unknown, invalid },
    control,
    gaps: sum(books.map(({ gaps }) => gaps)),
    resyncs: sum(books.map(({ resyncs }) => resyncs)),
    books: Object.fromEntries(
      books.map(({ symbol, isSynced, top, levels, gaps, resyncs, comparisons, mismatches }) => [
        symbol,
        { isSynced, bestBid: level(top.bid), bestAsk: level(top.ask), levels, gaps, resyncs, comparisons, mismatches },
      ]),
    ),
    notes: report.notes,
    recordedSeconds: (report.to - (report.from ?? report.to)) / 1000,
    seconds: ms / 1000,
    framesPerSecond: Math.round(received / (ms / 1000)),
  }
}

/** The same for people; `time` says how long it took. */
export const summaryLines = (summary: Summary, time: string): readonly string[] => [
  `${summary.files.join(', ')} as ${summary.venue}`,
  `frames          ${summary.frames}`,
  ...Object.entries(summary.events).map(([kind, count]) => `  ${kind.padEnd(14)}${count}`),
  `parse errors    ${summary.parseErrors.unknown} unknown, ${summary.parseErrors.invalid} invalid`,
  ...Object.entries(summary.books).flatMap(([symbol, book]) => [
    `book ${symbol}  ${book.isSynced ? 'synced' : 'not synced'}, ${book.levels.bids} bids, ${book.levels.asks} asks`,
    `  best bid      ${book.bestBid}`,
    `  best ask      ${book.bestAsk}`,
    `  compared with the venue's book tickers ${book.comparisons} times: ${book.mismatches} mismatches`,
  ]),
  `gaps            ${summary.gaps}`,
  `resyncs         ${summary.resyncs}`,
  ...summary.notes.map((note) => `note            ${note}`),
  `time            ${time}: ${summary.framesPerSecond} frames/s`,
]
