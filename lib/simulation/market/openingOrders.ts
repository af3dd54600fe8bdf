import type { Flow } from './flow.js'
import type { Matching } from './matching.js'

/** Before the market opens, orders wait on both sides of `price`, a quarter of `size` each. */
export const openingOrders = (
  book: Matching,
  { rests }: Pick<Flow, 'rests'>,
  random: () => number,
  { price, size }: { readonly price: number; readonly size: number },
): void => {
  const quantity = () => 1 + Math.floor(random() * 2_000)
  for (let away = 1; away <= size / 4; away++) {
    rests(book.submit({ side: 'BUY', quantity: quantity(), price: price - away }).orderId)
    rests(book.submit({ side: 'SELL', quantity: quantity(), price: price + away }).orderId)
  }
}
