import type { AccountPosition } from '../../events/AccountPosition.js'
import type { ExecutionReport } from '../../events/ExecutionReport.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { typeInForce, type Order } from '../exchange/Order.js'
import { spotWallet } from '../exchange/spotWallet.js'
import { asterSpotCalls } from './asterMarketCalls.js'
import { bestPrices, klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import { answerMethod } from './methodRequests.js'
import { asterSpotTypes } from './orderTypes.js'
import type { ServerBehaviour } from './ServerBehaviour.js'
import { commissionRate, fillTexts, ownTrades } from './ownTrades.js'
import {
  balanceFields,
  endpointsUnder,
  pairBalances,
  type AccountAnswer,
  type EndpointRow,
  type Trading,
} from './Trading.js'

/** The calls for orders, which Aster's markets have in common. */
export const asterOrderRows: readonly EndpointRow[] = [
  ['POST', 'order', 'place', 1],
  ['GET', 'order', 'query', 1],
  ['DELETE', 'order', 'cancel', 1],
  ['GET', 'openOrder', 'openOrder', 1],
  ['GET', 'openOrders', 'openOrders', 1, 40],
  ['DELETE', 'allOpenOrders', 'cancelAll', 1],
  ['GET', 'allOrders', 'allOrders', 5],
]

const account: AccountAnswer = ({ entry, account, now }) => ({
  feeTier: 0,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  canBurnAsset: true,
  updateTime: now,
  balances: balanceFields(entry.wallet(account).balances()),
})

const userTrades = ownTrades((own) => ({
  ...fillTexts(own),
  orderId: Number(own.order.orderId),
  side: own.order.side,
  // The other side is the market, which is nobody.
  counterpartyId: 0,
  createUpdateId: null,
  maker: own.trade.isMaker,
  buyer: own.order.side === 'BUY',
}))

const rows: readonly EndpointRow[] = [
  ...asterOrderRows,
  ['GET', 'account', account, 5],
  ['GET', 'userTrades', userTrades, 5],
  ['GET', 'commissionRate', commissionRate, 20],
]

/** The calls of v3, which a wallet signs. */
export const asterSpotV3 = endpointsUnder('/api/v3', 'eip712', rows)

/** The digits of average prices. */
const DIGITS = 16

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, updatedAt, status, timeInForce, type: origType, side } = order
  const { stopPrice, ...fields } = orderFields(order, DIGITS)
  const { price, averagePrice: avgPrice, quantity: origQty, filledQuantity, filledQuote } = fields
  const sums = { origQty, executedQty: filledQuantity, cumQuote: filledQuote }
  const kinds = { status, timeInForce, stopPrice, origType, type: typeInForce(order), side }
  const ids = { symbol: instrument.symbol, orderId: Number(orderId), clientOrderId, updateTime: updatedAt }
  return { ...ids, price, avgPrice, ...sums, ...kinds }
}

const result = (order: Order) => ({ ...common(order), cumQty: orderFields(order, DIGITS).filledQuantity })

const executionReport = (execution: Execution): ExecutionReport => {
  const { at, type, order, trade } = execution
  const { instrument, clientOrderId, side, timeInForce, status, orderId, createdAt } = order
  const { commission, ...lastFill } = fillFields(execution)
  return {
    eventTime: at,
    symbol: instrument.symbol,
    clientOrderId,
    side,
    orderType: typeInForce(order),
    timeInForce,
    executionType: type,
    status,
    orderId: Number(orderId),
    transactionTime: at,
    tradeId: trade?.tradeId ?? -1,
    isMaker: trade?.isMaker ?? false,
    originalOrderType: order.type,
    creationTime: createdAt,
    ...orderFields(order, DIGITS),
    ...lastFill,
    ...(commission !== null && trade !== undefined && { commission, commissionAsset: trade.commissionAsset }),
  }
}

const accountPosition = ({ at, order, wallet }: Execution): AccountPosition => ({
  eventTime: at,
  transactionTime: at,
  reason: 'ORDER',
  balances: balanceFields(pairBalances(wallet, order)),
})

const trading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 200n, taker: 700n },
  firstOrderId: 8_886_774n,
  endpoints: [...asterSpotV3, ...endpointsUnder('/api/v1', 'hmac', rows)],
  clientOrderId: 'origClientOrderId',
  orderTypes: asterSpotTypes,
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  placed: result,
  cancelled: result,
  queried: (order) => ({ ...common(order), time: order.createdAt }),
  list: (orders) => orders,
  allCancelled: () => ({ code: 200, msg: 'The operation of cancel all open order is done.' }),
  events: (execution) => [
    ['executionReport', executionReport(execution)],
    ['outboundAccountPosition', accountPosition(execution)],
  ],
  wire: (data) => data,
}

/** The servers of Aster's spot market. */
export const asterSpotServer = {
  symbols: ['BTCUSDT'],
  skipsIds: true,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 180_000, within: 600_000 },
  subscriptionsOf: pathSubscriptions,
  answer: answerMethod({ takesTextIds: false }),
  omits: { trade: ['tradeType'], ticker: bestPrices, tickers: bestPrices },
  adds: { kline: klineExtra },
  errors: spotErrors,
  marketCalls: asterSpotCalls,
  hmac: textHmac,
  trading,
} as const satisfies ServerBehaviour
