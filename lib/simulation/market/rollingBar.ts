import { emptyBar, withBar, type Bar } from './Bar.js'

/** The bar of a window that moves on with the time, in sixtieths of its length, as venues do it. */
export interface RollingBar {
  readonly add: (at: number, traded: Bar) => void
  /** The window that ends at this time: its first millisecond, and its bar. */
  readonly at: (time: number) => { readonly openTime: number; readonly bar: Bar }
}

const PARTS = 60

/** `length` in ms; `price` is the one that was paid before, in ticks. */
export const rollingBar = (length: number, price: number): RollingBar => {
  const part = length / PARTS
  let parts: readonly { readonly from: number; readonly bar: Bar }[] = []
  let before = price

  const partOf = (time: number) => Math.floor(time / part) * part
  const forget = (openTime: number) => {
    const old = parts.filter(({ from }) => from < openTime)
    before = old.at(-1)?.bar.close ?? before
    if (old.length > 0) parts = parts.slice(old.length)
  }

  return {
    add: (at, traded) => {
      if (traded.tradeCount === 0) return
      const from = partOf(at)
      forget(from - length + part)
      const last = parts.at(-1)
      const isGoingOn = last?.from === from
      const bar = isGoingOn ? withBar(last.bar, traded) : traded
      parts = [...(isGoingOn ? parts.slice(0, -1) : parts), { from, bar }]
    },
    at: (time) => {
      const openTime = partOf(time) - length + part
      forget(openTime)
      return { openTime, bar: parts.reduce((sum, { bar }) => withBar(sum, bar), emptyBar(before)) }
    },
  }
}
