import type { AsterFutures, Client, OrderCalls, OrderId } from 'aster-rx'
import {
  concat,
  concatMap,
  EMPTY,
  filter,
  ignoreElements,
  interval,
  map,
  merge,
  mergeScan,
  of,
  scan,
  startWith,
  toArray,
  withLatestFrom,
  type Observable,
} from 'rxjs'

/** What the strategy needs of a client, and of an account's orders. */
export type Market = Pick<Client<AsterFutures>, 'book' | 'orderUpdate$' | 'scheduler'>
export type Quotes = Pick<OrderCalls<AsterFutures>, 'place' | 'cancel'>

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
const order = { symbol: 'BTCUSDT', orderType: 'LIMIT', timeInForce: 'GTX', quantity: '0.002' } as const

/** Every second it bids and asks at the best prices anew, and says how it stands: PnL after fees, against the middle. */
export const quote = ({ book, orderUpdate$, scheduler }: Market, { place, cancel }: Quotes): Observable<Row> => {
  const account$ = orderUpdate$.pipe(
    filter(({ order }) => order.executionType === 'TRADE'),
    scan(({ position, cash }, { order: { side, lastFilledPrice, lastFilledQuantity, commission = '0' } }) => {
      const quantity = Number(lastFilledQuantity) * (side === 'BUY' ? 1 : -1)
      return { position: position + quantity, cash: cash - quantity * Number(lastFilledPrice) - Number(commission) }
    }, flat),
    startWith(flat),
  )
  /** An order is refused where it would take: then there is none in this second. */
  const quoted = (side: 'BUY' | 'SELL', price: string) =>
    place({ ...order, side, price }).pipe(
      filter((result) => result._tag === 'Accepted'),
      map((result): OrderId => result.order),
    )

  interface Second {
    readonly open: readonly OrderId[]
    readonly row?: Row
  }
  const nothing: Second = { open: [] }
  return interval(1_000, scheduler).pipe(
    withLatestFrom(book('BTCUSDT'), account$),
    mergeScan(
      ({ open }, [, state, { position, cash }]) => {
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
        const cancelled = merge(...open.map(cancel)).pipe(ignoreElements())
        const placed = merge(
          position < 0.01 ? quoted('BUY', bid.price) : EMPTY,
          position > -0.01 ? quoted('SELL', ask.price) : EMPTY,
        ).pipe(
          toArray(),
          map((open): Second => ({ open })),
        )
        return concat(of<Second>({ open, row }), cancelled, placed)
      },
      nothing,
      1,
    ),
    concatMap(({ row }) => (row === undefined ? EMPTY : of(row))),
  )
}
