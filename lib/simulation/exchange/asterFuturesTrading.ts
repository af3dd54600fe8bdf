import type { AccountUpdate } from '../../events/AccountUpdate.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import { asterFuturesPages } from './asterFuturesPages.js'
import { futuresEndpoints } from './endpoints.js'
import type { Execution } from './Execution.js'
import { futuresWallet } from './futuresWallet.js'
import { holdingTexts } from './holdingTexts.js'
import { moneyText } from './Money.js'
import { isOpen, openLots, type Order } from './Order.js'
import { orderTexts, tradeTexts } from './tradedTexts.js'
import type { Trading } from './Trading.js'
import type { Wallet } from './Wallet.js'

/** Of average prices. */
const DIGITS = 5

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, updatedAt, status, timeInForce, type, side, isReduceOnly } = order
  const { price, averagePrice: avgPrice, quantity: origQty, filledQuantity, filledQuote } = orderTexts(order, DIGITS)
  return {
    orderId: Number(orderId),
    symbol: instrument.symbol,
    status,
    clientOrderId,
    price,
    avgPrice,
    origQty,
    executedQty: filledQuantity,
    cumQuote: filledQuote,
    timeInForce,
    type,
    reduceOnly: isReduceOnly,
    closePosition: false,
    side,
    positionSide: 'BOTH',
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    origType: type,
    updateTime: updatedAt,
  }
}

/** What is left of an order on one side of the book is worth. */
const notional = (order: Order, side: 'BUY' | 'SELL') => {
  const { instrument, price = 0 } = order
  const left = isOpen(order) && order.side === side ? openLots(order) : 0
  return moneyText(BigInt(left) * BigInt(price) * instrument.tickLot)
}

const orderUpdate = (execution: Execution): OrderUpdate => {
  const { at, type, order, trade } = execution
  const { symbol } = order.instrument
  const { commission, ...lastFill } = tradeTexts(execution)
  return {
    eventTime: at,
    transactionTime: at,
    order: {
      symbol,
      clientOrderId: order.clientOrderId,
      side: order.side,
      orderType: order.type,
      timeInForce: order.timeInForce,
      stopPrice: '0',
      executionType: type,
      status: order.status,
      orderId: Number(order.orderId),
      tradeTime: at,
      tradeId: trade?.tradeId ?? 0,
      bidsNotional: notional(order, 'BUY'),
      asksNotional: notional(order, 'SELL'),
      isMaker: trade?.isMaker ?? false,
      isReduceOnly: order.isReduceOnly,
      workingType: 'CONTRACT_PRICE',
      originalOrderType: order.type,
      positionSide: 'BOTH',
      realizedProfit: moneyText(trade?.realized ?? 0n),
      ...orderTexts(order, DIGITS),
      ...lastFill,
      ...(commission !== null && trade !== undefined && { commission, commissionAsset: trade.commissionAsset }),
    },
  }
}

const positionsOf = (wallet: Wallet, symbol: string, mark: number) =>
  wallet
    .holdings()
    .filter(({ instrument }) => instrument.symbol === symbol)
    .map((holding) => ({
      symbol,
      ...holdingTexts(holding, mark),
      marginType: 'cross',
      isolatedWallet: '0',
      positionSide: 'BOTH',
    }))

const accountUpdate = ({ at, order, trade, wallet }: Execution): AccountUpdate => ({
  eventTime: at,
  transactionTime: at,
  account: {
    reason: 'ORDER',
    balances: wallet
      .balances()
      .filter(({ asset }) => asset === order.instrument.quote)
      .map(({ asset, free, locked }) => {
        const walletBalance = moneyText(free + locked)
        return { asset, walletBalance, crossWalletBalance: walletBalance, balanceChange: '0' }
      }),
    positions: positionsOf(wallet, order.instrument.symbol, trade?.price ?? 0),
  },
})

/** Aster's futures. Balances and positions change with fills alone, and are told before them. */
export const asterFuturesTrading: Trading = {
  assets: ({ quote }) => [quote],
  wallet: futuresWallet,
  fees: { maker: 200n, taker: 400n },
  firstOrderId: 8_886_774n,
  endpoints: futuresEndpoints,
  clientOrderId: 'origClientOrderId',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  // Unless the result is asked for, the venue answers before it has looked for a match.
  placed: (order, isResult) => {
    const asPlaced: Order = { ...order, status: 'NEW', filled: 0, amount: 0, updatedAt: order.createdAt }
    const shown = isResult ? order : asPlaced
    return { ...common(shown), cumQty: orderTexts(shown, DIGITS).filledQuantity }
  },
  told: (order) => ({ ...common(order), time: order.createdAt }),
  list: (orders) => orders,
  allCancelled: () => ({ code: '200', msg: 'The operation of cancel all open order is done.' }),
  pages: asterFuturesPages,
  wrapped: (value) => value,
  events: (execution) => [
    ...(execution.trade === undefined ? [] : [['ACCOUNT_UPDATE', accountUpdate(execution)] as const]),
    ['ORDER_TRADE_UPDATE', orderUpdate(execution)],
  ],
  wire: (data) => data,
}
