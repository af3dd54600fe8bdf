import type { BookTicker, TopOfBook } from 'aster-rx'

/** How a book fared against what the venue itself says is its best bid and ask. */
export interface Grades {
  readonly comparisons: number
  readonly mismatches: number
}

/**
 * Compares the top of a book after each depth update with the last book ticker whose update id is not later. A ticker
 * may arrive after the update that it grades, so an update waits for the first ticker beyond it.
 */
export const gradeBook = () => {
  const tickers: BookTicker[] = []
  const waiting: { readonly id: number; readonly top: TopOfBook }[] = []
  let comparisons = 0
  let mismatches = 0

  const grade = (top: TopOfBook, { bidPrice, bidQuantity, askPrice, askQuantity }: BookTicker) => {
    const { bid, ask } = top
    const isSame =
      bid?.price === bidPrice && bid.quantity === bidQuantity && ask?.price === askPrice && ask.quantity === askQuantity
    comparisons++
    if (!isSame) mismatches++
  }

  const settle = (isLast: boolean) => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const { id, top } = first
      if (!isLast && (tickers.at(-1)?.updateId ?? 0) <= id) return
      const beyond = tickers.findIndex(({ updateId }) => updateId > id)
      const until = beyond < 0 ? tickers.length : beyond
      const ticker = tickers[until - 1]
      if (ticker !== undefined) {
        grade(top, ticker)
        tickers.splice(0, until - 1)
      }
      waiting.shift()
    }
  }

  return {
    onTicker: (ticker: BookTicker) => {
      tickers.push(ticker)
      settle(false)
    },
    onTop: (id: number, top: TopOfBook) => {
      waiting.push({ id, top })
      settle(false)
    },
    /** The connection was lost: what it said last says nothing of what comes next. */
    forget: () => {
      tickers.length = 0
      waiting.length = 0
    },
    /** Grades what still waits, with the last ticker of all. */
    finish: (): Grades => {
      settle(true)
      return { comparisons, mismatches }
    },
  }
}
