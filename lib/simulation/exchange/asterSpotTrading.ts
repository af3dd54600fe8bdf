import type { AccountPosition } from '../../events/AccountPosition.js'
import type { ExecutionReport } from '../../events/ExecutionReport.js'
import { spotEndpoints } from './endpoints.js'
import type { Execution } from './Execution.js'
import { moneyText } from './Money.js'
import type { Order } from './Order.js'
import { spotWallet } from './spotWallet.js'
import { orderTexts, tradeTexts } from './tradedTexts.js'
import type { Trading } from './Trading.js'
import type { Wallet } from './Wallet.js'

/** Of average prices. */
const DIGITS = 16

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, updatedAt, status, timeInForce, type, side } = order
  const { price, averagePrice: avgPrice, quantity: origQty, filledQuantity, filledQuote } = orderTexts(order, DIGITS)
  const sums = { origQty, executedQty: filledQuantity, cumQuote: filledQuote }
  const kinds = { status, timeInForce, stopPrice: '0', origType: type, type, side }
  const ids = { symbol: instrument.symbol, orderId: Number(orderId), clientOrderId, updateTime: updatedAt }
  return { ...ids, price, avgPrice, ...sums, ...kinds }
}

const report = (execution: Execution): ExecutionReport => {
  const { at, type, order, trade } = execution
  const { instrument, clientOrderId, side, timeInForce, status, orderId, createdAt } = order
  const { commission, ...lastFill } = tradeTexts(execution)
  return {
    eventTime: at,
    symbol: instrument.symbol,
    clientOrderId,
    side,
    orderType: order.type,
    timeInForce,
    stopPrice: '0',
    executionType: type,
    status,
    orderId: Number(orderId),
    transactionTime: at,
    tradeId: trade?.tradeId ?? -1,
    isMaker: trade?.isMaker ?? false,
    originalOrderType: order.type,
    creationTime: createdAt,
    ...orderTexts(order, DIGITS),
    ...lastFill,
    ...(commission !== null && trade !== undefined && { commission, commissionAsset: trade.commissionAsset }),
  }
}

/** The balances of an instrument's two assets. */
export const pairBalances = (wallet: Wallet, { instrument: { base, quote } }: Order) =>
  wallet.balances().filter(({ asset }) => asset === base || asset === quote)

const position = ({ at, order, wallet }: Execution): AccountPosition => ({
  eventTime: at,
  transactionTime: at,
  reason: 'ORDER',
  balances: pairBalances(wallet, order).map(({ asset, free, locked }) => ({
    asset,
    free: moneyText(free),
    locked: moneyText(locked),
  })),
})

/** Aster's spot market. */
export const asterSpotTrading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 200n, taker: 700n },
  firstOrderId: 8_886_774n,
  endpoints: spotEndpoints,
  clientOrderId: 'origClientOrderId',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  placed: (order) => ({ ...common(order), cumQty: orderTexts(order, DIGITS).filledQuantity }),
  told: (order) => ({ ...common(order), time: order.createdAt }),
  list: (orders) => orders,
  allCancelled: () => ({ code: 200, msg: 'The operation of cancel all open order is done.' }),
  pages: {
    account: (desk, account, now) => ({
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      canBurnAsset: true,
      updateTime: now,
      balances: desk
        .wallet(account)
        .balances()
        .map(({ asset, free, locked }) => ({ asset, free: moneyText(free), locked: moneyText(locked) })),
    }),
  },
  wrapped: (value) => value,
  events: (execution) => [
    ['executionReport', report(execution)],
    ['outboundAccountPosition', position(execution)],
  ],
  wire: (data) => data,
}
