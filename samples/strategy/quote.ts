import type { AsterFutures, Client } from 'aster-rx'
import {
  concat,
  concatMap,
  EMPTY,
  filter,
  ignoreElements,
  interval,
  merge,
  scan,
  startWith,
  withLatestFrom,
} from 'rxjs'
import type { Observable } from 'rxjs'

/** What the strategy needs of a client, and of an account. */
export type Market = Pick<Client<AsterFutures>, 'book' | 'orderUpdate$' | 'scheduler'>
export interface Orders {
  readonly place: (side: 'BUY' | 'SELL', price: string) => Observable<unknown>
  readonly cancelAll: () => Observable<unknown>
}

/** How it stands at a moment. */
export interface Row {
  /** Ms since 1970. */
  readonly time: number
  readonly mid: number
  readonly spread: number
  /** From -1, asks only, to 1, bids only. */
  readonly imbalance: number
  readonly position: number
  readonly pnl: number
}

const flat = { position: 0, cash: 0 }

/** Every second it bids and asks at the best prices anew, and says how it stands: PnL after fees, against the middle. */
export const quote = ({ book, orderUpdate$, scheduler }: Market, { place, cancelAll }: Orders): Observable<Row> => {
  const account$ = orderUpdate$.pipe(
    filter(({ order }) => order.executionType === 'TRADE'),
    scan(({ position, cash }, { order: { side, lastFilledPrice, lastFilledQuantity, commission = '0' } }) => {
      const quantity = Number(lastFilledQuantity) * (side === 'BUY' ? 1 : -1)
      return { position: position + quantity, cash: cash - quantity * Number(lastFilledPrice) - Number(commission) }
    }, flat),
    startWith(flat),
  )
  return interval(1_000, scheduler).pipe(
    withLatestFrom(book('BTCUSDT'), account$),
    concatMap(([, state, { position, cash }]) => {
      const { bid, ask } = state._tag === 'Synced' ? state.top : {}
      if (bid === undefined || ask === undefined) return EMPTY
      const mid = (Number(bid.price) + Number(ask.price)) / 2
      const [bids, asks] = [Number(bid.quantity), Number(ask.quantity)]
      const row: Row = {
        time: scheduler.now(),
        mid,
        spread: Number(ask.price) - Number(bid.price),
        imbalance: (bids - asks) / (bids + asks),
        position,
        pnl: cash + position * mid,
      }
      const quotes = [
        ...(position < 0.01 ? [place('BUY', bid.price)] : []),
        ...(position > -0.01 ? [place('SELL', ask.price)] : []),
      ]
      return concat(cancelAll(), merge(...quotes)).pipe(ignoreElements(), startWith(row))
    }),
  )
}
