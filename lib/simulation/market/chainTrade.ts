import { createHash } from 'node:crypto'
import type { TradePro } from '../../events/TradePro.js'
import type { Scale } from './Scale.js'
import type { NumberedFill } from './tape.js'

const hex = (text: string, length: number) => `0x${createHash('sha256').update(text).digest('hex').slice(0, length)}`

/** Every seventh does not say who they are. */
const address = (orderId: number) => (orderId % 7 === 0 ? 'hidden' : hex(`order ${orderId}`, 40))

/** A trade with the transaction that settled it, and who made it; both are made up from its ids. */
export const chainTrade = (symbol: string, scale: Scale, at: number, fill: NumberedFill): TradePro => ({
  eventTime: at,
  tradeTime: at,
  symbol,
  tradeId: fill.tradeId,
  price: scale.price(fill.price),
  quantity: scale.quantity(fill.quantity),
  transactionHash: hex(`${symbol} ${fill.tradeId}`, 64),
  addresses: [address(fill.takerId), address(fill.makerId)],
})
