import type { ForceOrder } from '../../events/ForceOrder.js'
import type { Scale } from './Scale.js'
import type { NumberedFill } from './tape.js'

/** The taker of this trade as somebody whose position was closed by the venue. */
export const liquidation = (symbol: string, scale: Scale, at: number, fill: NumberedFill): ForceOrder => {
  const price = scale.price(fill.price)
  const quantity = scale.quantity(fill.quantity)
  return {
    eventTime: at,
    order: {
      symbol,
      side: fill.isBuyerMaker ? 'SELL' : 'BUY',
      orderType: 'LIMIT',
      timeInForce: 'IOC',
      quantity,
      price,
      averagePrice: price,
      status: 'FILLED',
      lastFilledQuantity: quantity,
      filledQuantity: quantity,
      tradeTime: at,
    },
  }
}
