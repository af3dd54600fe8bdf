import type { AccountUpdate } from '../../events/AccountUpdate.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { positionFields } from '../exchange/futuresWallet.js'
import type { Instrument } from '../exchange/Instrument.js'
import { moneyText } from '../exchange/Money.js'
import { typeInForce, type Order } from '../exchange/Order.js'
import type { Wallet } from '../exchange/Wallet.js'
import { openNotional } from './futuresPages.js'
import type { Trading } from './Trading.js'

/** How Aster's and Binance's futures write orders, and what happens to them. */

/** The digits of average prices. */
const DIGITS = 5

/** Which price sets an order off. */
export const workingType = ({ trigger }: Order) => (trigger?.by === 'mark' ? 'MARK_PRICE' : 'CONTRACT_PRICE')

/** Of a trailing stop, from where on it follows, and how far behind, in percent. */
export const trailingFields = ({ instrument, trigger }: Order): { activationPrice?: string; callbackRate?: string } => {
  if (trigger?.trailing === undefined) return {}
  const { rate, activation = 0 } = trigger.trailing
  return { activationPrice: instrument.scale.price(activation), callbackRate: String(Math.round(rate * 1_000) / 10) }
}

export const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, updatedAt, status, timeInForce, type: origType, side } = order
  const { positionSide = 'BOTH', isReduceOnly: reduceOnly, isCloseAll: closePosition = false } = order
  const { stopPrice, ...fields } = orderFields(order, DIGITS)
  const { price, averagePrice: avgPrice, quantity: origQty, filledQuantity, filledQuote } = fields
  const ids = { orderId: Number(orderId), symbol: instrument.symbol, clientOrderId, updateTime: updatedAt }
  const amounts = { price, avgPrice, origQty, executedQty: filledQuantity, cumQuote: filledQuote }
  const kinds = { status, timeInForce, type: typeInForce(order), origType, side, positionSide, reduceOnly }
  const stop = { closePosition, stopPrice, workingType: workingType(order), priceProtect: false }
  const { activationPrice: activatePrice, callbackRate: priceRate } = trailingFields(order)
  return { ...ids, ...amounts, ...kinds, ...stop, ...(priceRate !== undefined && { activatePrice, priceRate }) }
}

export const result = (order: Order) => ({ ...common(order), cumQty: orderFields(order, DIGITS).filledQuantity })

export const orderUpdate = (execution: Execution): OrderUpdate => {
  const { at, type, order, trade } = execution
  const { commission, ...lastFill } = fillFields(execution)
  return {
    eventTime: at,
    transactionTime: at,
    order: {
      symbol: order.instrument.symbol,
      clientOrderId: order.clientOrderId,
      side: order.side,
      orderType: typeInForce(order),
      timeInForce: order.timeInForce,
      // Nothing else is said of an order whose terms are others.
      executionType: type === 'AMENDMENT' ? 'NEW' : type,
      status: order.status,
      orderId: Number(order.orderId),
      tradeTime: at,
      tradeId: trade?.tradeId ?? 0,
      bidsNotional: openNotional([order], 'BUY'),
      asksNotional: openNotional([order], 'SELL'),
      isMaker: trade?.isMaker ?? false,
      isReduceOnly: order.isReduceOnly,
      workingType: workingType(order),
      originalOrderType: order.type,
      positionSide: order.positionSide ?? 'BOTH',
      ...(order.trigger && { isCloseAll: order.isCloseAll === true }),
      ...trailingFields(order),
      realizedProfit: moneyText(trade?.realized ?? 0n),
      ...orderFields(order, DIGITS),
      ...lastFill,
      ...(commission !== null && trade !== undefined && { commission, commissionAsset: trade.commissionAsset }),
    },
  }
}

const walletBalances = (wallet: Wallet, quote: string) => {
  const own = wallet.holdings().filter(({ instrument }) => instrument.quote === quote)
  const apart = own.reduce((sum, holding) => sum + (wallet.margin?.isolatedWallet(holding) ?? 0n), 0n)
  return wallet
    .balances()
    .filter(({ asset }) => asset === quote)
    .map(({ asset, free, locked }) => {
      const [walletBalance, crossWalletBalance] = [moneyText(free + locked), moneyText(free + locked - apart)]
      return { asset, walletBalance, crossWalletBalance, balanceChange: '0' }
    })
}

const updateOf = (
  { at, wallet }: Pick<Execution, 'at' | 'wallet'>,
  { symbol, quote }: Instrument,
  reason: string,
  mark: number,
): AccountUpdate => ({
  eventTime: at,
  transactionTime: at,
  account: {
    reason,
    balances: walletBalances(wallet, quote),
    positions: wallet
      .holdings()
      .filter((holding) => holding.instrument.symbol === symbol)
      .map((holding) => ({
        symbol,
        ...positionFields(holding, mark),
        marginType: wallet.margin?.isIsolated(symbol) === true ? 'isolated' : 'cross',
        isolatedWallet: wallet.margin?.isIsolated(symbol) ? moneyText(wallet.margin.isolatedWallet(holding)) : '0',
        positionSide: holding.positionSide,
      })),
  },
})

/** The balance and the position after a fill. */
export const accountUpdate = (execution: Execution): AccountUpdate =>
  updateOf(execution, execution.order.instrument, 'ORDER', execution.trade?.price ?? 0)

/** What an account hears of what it changed of itself. */
export const changeEvents: NonNullable<Trading['changeEvents']> = (change) => {
  const { at, changed } = change
  const times = { eventTime: at, transactionTime: at }
  switch (changed.kind) {
    case 'leverage': {
      const { leverage, instrument } = changed
      return [['ACCOUNT_CONFIG_UPDATE', { ...times, leverage: { symbol: instrument.symbol, leverage } }]]
    }
    case 'positionMode':
      return [
        ['ACCOUNT_CONFIG_UPDATE', { ...times, account: { isMultiAssets: false, isDualSide: changed.isDualSide } }],
      ]
    case 'marginType':
      return [['ACCOUNT_UPDATE', updateOf(change, changed.instrument, 'MARGIN_TYPE_CHANGE', change.mark)]]
    case 'margin':
      return [['ACCOUNT_UPDATE', updateOf(change, changed.instrument, 'MARGIN_TRANSFER', change.mark)]]
  }
}
