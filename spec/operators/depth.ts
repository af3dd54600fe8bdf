import type { Level } from '../../lib/codecs/Levels.js'
import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { BookState } from '../../lib/operators/BookState.js'

/** `'10x1 9x2'` as levels. */
export const levels = (text: string): readonly Level[] =>
  text.split(' ').flatMap((level): readonly Level[] => {
    const [price, quantity] = level.split('x')
    return price === undefined || quantity === undefined ? [] : [[price, quantity]]
  })

/** `U-u`, `U-u<pu`, each with `@E` if the time is not `u`; then bids and asks, as in `'1-2 10x1 / 11x1'`. */
export const update = (text: string, symbol = 'BTCUSDT'): DepthUpdate => {
  const [, U, u, pu, E = u, bids = '', asks = ''] =
    /^(\d+)-(\d+)(?:<(\d+))?(?:@(\d+))?(?: ([^/]*))?(?:\/ (.*))?$/.exec(text) ?? []
  return {
    symbol,
    eventTime: Number(E),
    firstUpdateId: Number(U),
    lastUpdateId: Number(u),
    ...(pu !== undefined && { previousUpdateId: Number(pu) }),
    bids: levels(bids),
    asks: levels(asks),
  }
}

/** A snapshot, by default with one level on each side. */
export const snapshot = (lastUpdateId: number, bids = '10x1', asks = '11x1'): DepthSnapshot => ({
  lastUpdateId,
  bids: levels(bids),
  asks: levels(asks),
})

/** A state in a few characters: `start 1`, `7 10x1/11x1`, or `stale 60000 7 10x1/11x1`. */
export const shown = (state: BookState): string => {
  if (state._tag === 'Syncing') return `${state.reason} ${state.attempt}`
  const { bid, ask } = state.top
  const stale = state._tag === 'Stale' ? `stale ${state.quiet} ` : ''
  return `${stale}${state.book.lastUpdateId} ${bid ? `${bid.price}x${bid.quantity}` : ''}/${ask ? `${ask.price}x${ask.quantity}` : ''}`
}
