import type { OwnTrade } from '../exchange/Execution.js'
import { moneyText } from '../exchange/Money.js'
import { isRefusal } from '../exchange/Refusal.js'
import { selected } from './selected.js'
import { ofOwnSymbol, type AccountAnswer } from './Trading.js'

/** The fills of an account under a symbol, oldest first, each written by `text`. */
export const ownTrades = (text: (trade: OwnTrade) => unknown): AccountAnswer =>
  ofOwnSymbol(({ entry, account, symbol, get }) => {
    const orderId = get('orderId') ?? ''
    const own = entry
      .trades(account)
      .filter(({ order }) => order.instrument.symbol === symbol)
      .filter(({ order }) => orderId === '' || String(order.orderId) === orderId)
    const found = selected(own, get, { time: ({ at }) => at, id: ({ trade }) => trade.tradeId })
    return isRefusal(found) ? found : found.map(text)
  })

/** What every venue says of a fill. */
export const fillTexts = ({ at, order: { instrument }, trade }: OwnTrade) => ({
  symbol: instrument.symbol,
  id: trade.tradeId,
  price: instrument.scale.price(trade.price),
  qty: instrument.scale.quantity(trade.quantity),
  quoteQty: moneyText(BigInt(trade.price) * BigInt(trade.quantity) * instrument.tickLot),
  commission: moneyText(trade.commission),
  commissionAsset: trade.commissionAsset,
  time: at,
})

/** A fee of so many millionths as a fraction. */
const feeText = (millionths: bigint): string => (Number(millionths) / 1e6).toFixed(6)

/** What an account pays of each fill, as a fraction. */
export const commissionRate: AccountAnswer = ofOwnSymbol(({ symbol, trading: { fees } }) => ({
  symbol,
  makerCommissionRate: feeText(fees.maker),
  takerCommissionRate: feeText(fees.taker),
}))
