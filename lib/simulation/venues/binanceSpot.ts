import type { AccountPosition } from '../../events/AccountPosition.js'
import type { BinanceExecutionReport } from '../../events/BinanceExecutionReport.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { isOpen, type Order } from '../exchange/Order.js'
import { spotWallet } from '../exchange/spotWallet.js'
import { klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import { answerMethod } from './methodRequests.js'
import type { ApiBehaviour, ServerBehaviour, Subscriptions } from './ServerBehaviour.js'
import { balanceFields, endpointsUnder, pairBalances, type Trading } from './Trading.js'

const API = '/ws-api/v3'

/**
 * As on Aster, and `timeUnit=microsecond` in any case asks for times in microseconds; requests about accounts are taken at
 * a path of their own.
 */
export const unitSubscriptions = (address: string): Subscriptions | undefined => {
  const [path, query] = address.split('?')
  const subscriptions: Subscriptions | undefined =
    path === API ? { streams: new Set(), isCombined: false, isApi: true } : pathSubscriptions(address)
  const unit = new URLSearchParams(query).get('timeUnit')?.toLowerCase()
  return subscriptions && (unit === 'microsecond' ? { ...subscriptions, isMicroseconds: true } : subscriptions)
}

const snapshotTimes = ['eventTime', 'transactionTime']
const extra = { M: true }

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, status, timeInForce, type, side, createdAt } = order
  const { price, quantity: origQty, filledQuantity, filledQuote, quoteOrderQuantity } = orderFields(order, 0)
  return {
    ...{ symbol: instrument.symbol, orderId: Number(orderId), orderListId: -1, clientOrderId, price, origQty },
    ...{ executedQty: filledQuantity, origQuoteOrderQty: quoteOrderQuantity, cummulativeQuoteQty: filledQuote },
    ...{ status, timeInForce, type, side, workingTime: createdAt, selfTradePreventionMode: 'NONE' },
  }
}

/** Executions have ids that go on with each. */
const executionId = ({ order, trade, type }: Execution): number =>
  Number(order.orderId) * 1_000 + (trade === undefined ? (type === 'NEW' ? 0 : 999) : order.filled % 999)

const executionReport = (execution: Execution): BinanceExecutionReport => {
  const { at, type, order, trade } = execution
  const { instrument, clientOrderId, side, timeInForce, status, orderId, createdAt } = order
  const { commission, ...lastFill } = fillFields(execution)
  return {
    ...{ eventTime: at, symbol: instrument.symbol, clientOrderId, side, orderType: order.type, timeInForce },
    ...{ stopPrice: '0', icebergQuantity: '0', orderListId: -1, originalClientOrderId: '' },
    ...{ executionType: type, status, rejectReason: 'NONE', orderId: Number(orderId), transactionTime: at },
    ...{ tradeId: trade?.tradeId ?? -1, isMaker: trade?.isMaker ?? false, executionId: executionId(execution) },
    ...{ isOnBook: isOpen(order) && order.type === 'LIMIT', creationTime: createdAt, workingTime: createdAt },
    selfTradePreventionMode: 'NONE',
    ...orderFields(order, 0),
    ...lastFill,
    commission: commission ?? '0',
    commissionAsset: trade?.commissionAsset ?? null,
  }
}

const accountPosition = ({ at, order, wallet }: Execution): AccountPosition => ({
  eventTime: at,
  lastUpdateTime: at,
  balances: balanceFields(pairBalances(wallet, order)),
})

const trading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 1_000n, taker: 1_000n },
  firstOrderId: 4_293_153n,
  endpoints: endpointsUnder('/api/v3', 'hmac', [
    ['POST', 'order', 'place', 1],
    ['GET', 'order', 'query', 4],
    ['DELETE', 'order', 'cancel', 1],
    ['GET', 'openOrders', 'openOrders', 6, 80],
    ['DELETE', 'openOrders', 'cancelAll', 1],
    ['GET', 'allOrders', 'allOrders', 20],
    ['GET', 'account', 'account', 20],
  ]),
  clientOrderId: 'origClientOrderId',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK' },
  placed: (order) => ({ ...common(order), transactTime: order.updatedAt }),
  queried: (order) => ({
    ...common(order),
    ...{ stopPrice: '0', icebergQty: '0', time: order.createdAt, updateTime: order.updatedAt, isWorking: true },
  }),
  list: (orders) => orders,
  allCancelled: (orders) => orders.map(common),
  pages: {
    account: (entry, account, now) => ({
      ...{ makerCommission: 10, takerCommission: 10, buyerCommission: 0, sellerCommission: 0 },
      ...{ canTrade: true, canWithdraw: true, canDeposit: true, updateTime: now, accountType: 'SPOT' },
      balances: balanceFields(entry.wallet(account).balances()),
      permissions: ['SPOT'],
    }),
  },
  wrapped: (value) => value,
  events: (execution) => [
    ['executionReport', executionReport(execution)],
    ['outboundAccountPosition', accountPosition(execution)],
  ],
  // What the documents call "ignore".
  wire: (data) => (data['e'] === 'executionReport' ? { ...data, M: false } : data),
}

const api: ApiBehaviour = {
  calls: {
    depth: ['GET', '/api/v3/depth'],
    'order.place': ['POST', '/api/v3/order', true],
    'order.status': ['GET', '/api/v3/order', true],
    'order.cancel': ['DELETE', '/api/v3/order', true],
    'openOrders.status': ['GET', '/api/v3/openOrders', true],
    'openOrders.cancelAll': ['DELETE', '/api/v3/openOrders', true],
    allOrders: ['GET', '/api/v3/allOrders', true],
    'account.status': ['GET', '/api/v3/account', true],
  },
}

/** The servers of Binance's spot market; accounts are followed by requests on a WebSocket, without listen keys. */
export const binanceSpotServer: ServerBehaviour = {
  symbols: ['BTCUSDT'],
  skipsIds: false,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 20_000, within: 60_000 },
  subscriptionsOf: unitSubscriptions,
  answer: answerMethod({ takesTextIds: true }),
  api,
  omits: {
    trade: ['tradeType'],
    blockTrade: ['tradeType'],
    bookTicker: snapshotTimes,
    bookTickers: snapshotTimes,
    depth: ['transactionTime', 'previousUpdateId'],
    depthSnapshot: snapshotTimes,
  },
  adds: { kline: klineExtra, trade: extra, aggTrade: extra },
  errors: spotErrors,
  hmac: textHmac,
  trading,
}
