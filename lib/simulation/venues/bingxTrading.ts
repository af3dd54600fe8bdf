import type { Values } from '../../codecs/Values.js'
import type { BingxAccountUpdate } from '../../events/BingxAccountUpdate.js'
import type { BingxExecutionReport } from '../../events/BingxExecutionReport.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { moneyText } from '../exchange/Money.js'
import type { Order } from '../exchange/Order.js'
import { spotWallet } from '../exchange/spotWallet.js'
import { bingxSpotTypes } from './orderTypes.js'
import { commissionRate, fillTexts, ownTrades } from './ownTrades.js'
import { balanceFields, endpointsUnder, pairBalances, type AccountAnswer, type Trading } from './Trading.js'

/** Nothing expires here: what is not filled at once is cancelled. */
const statusOf = ({ status }: Order) => (status === 'EXPIRED' ? 'CANCELED' : status)

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, type, side } = order
  const { price, quantity: origQty, filledQuantity, filledQuote, stopPrice } = orderFields(order, 0)
  const status = statusOf(order)
  return {
    symbol: instrument.symbol,
    orderId,
    price,
    stopPrice,
    origQty,
    executedQty: filledQuantity,
    cummulativeQuoteQty: filledQuote,
    // REST has another name for a new order than the stream.
    status: status === 'NEW' ? 'PENDING' : status,
    type,
    side,
    clientOrderID: clientOrderId,
  }
}

const result = (order: Order) => ({ ...common(order), transactTime: order.updatedAt })

const executionReport = (execution: Execution): BingxExecutionReport => {
  const { at, type, order, trade } = execution
  const { commission, ...lastFill } = fillFields(execution)
  return {
    eventTime: at,
    symbol: order.instrument.symbol,
    clientOrderId: order.clientOrderId,
    side: order.side,
    orderType: order.type,
    executionType: type === 'EXPIRED' ? 'CANCELED' : type,
    status: statusOf(order),
    orderId: String(order.orderId),
    transactionTime: at,
    tradeId: String(trade?.tradeId ?? 0),
    isMaker: trade?.isMaker ?? false,
    creationTime: order.createdAt,
    ...orderFields(order, 0),
    ...lastFill,
    commission: commission === null ? '0' : `-${commission}`,
    commissionAsset: trade?.commissionAsset ?? '',
  }
}

const accountUpdate = ({ at, order, wallet }: Execution): BingxAccountUpdate => ({
  eventTime: at,
  transactionTime: at,
  account: {
    reason: 'ORDER',
    balances: pairBalances(wallet, order).map(({ asset, free, locked }) => ({
      asset,
      walletBalance: moneyText(free + locked),
      crossWalletBalance: moneyText(free),
      balanceChange: '0',
      locked: moneyText(locked),
    })),
    positions: [],
  },
})

/** Ids beyond 2^53 go over the wire as numbers, which their codec writes as texts. */
const idsAsNumbers = (data: Values): Values => {
  const ids = ['i', 't'].flatMap((key) => (typeof data[key] === 'string' ? [[key, BigInt(data[key])] as const] : []))
  return { ...data, ...Object.fromEntries(ids) }
}

const balance: AccountAnswer = ({ entry, account }) => ({
  balances: balanceFields(entry.wallet(account).balances()),
})

/** What is paid is below 0. */
const fill = ownTrades((own) => ({
  ...fillTexts(own),
  orderId: own.order.orderId,
  commission: moneyText(-own.trade.commission),
  isBuyer: own.order.side === 'BUY',
  isMaker: own.trade.isMaker,
}))
const myTrades: AccountAnswer = (call) => {
  const fills = fill(call)
  return Array.isArray(fills) ? { fills } : fills
}

/** The coins of an account, none of which can be sent anywhere. */
export const coins: AccountAnswer = ({ entry, account }) =>
  entry
    .wallet(account)
    .balances()
    .map(({ asset }) => ({ coin: asset, name: asset, networkList: [] }))

/** How accounts trade at BingX. */
export const bingxTrading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 1_000n, taker: 1_000n },
  firstOrderId: 1_812_112_568_701_845_504n,
  endpoints: [
    ...endpointsUnder('/openApi/wallets/v1', 'hmac', [['GET', 'capital/config/getall', coins, 1]]),
    ...endpointsUnder('/openApi/spot/v1', 'hmac', [
      ['POST', 'trade/order', 'place', 1],
      ['POST', 'trade/batchOrders', 'placeMany', 1],
      ['POST', 'trade/order/cancelReplace', 'replace', 1],
      ['POST', 'trade/cancel', 'cancel', 1],
      ['POST', 'trade/cancelOrders', 'cancelMany', 1],
      ['POST', 'trade/cancelOpenOrders', 'cancelAll', 1],
      ['GET', 'trade/query', 'query', 1],
      ['GET', 'trade/openOrders', 'openOrders', 1],
      ['GET', 'trade/historyOrders', 'allOrders', 1],
      ['GET', 'trade/myTrades', myTrades, 1],
      ['GET', 'user/commissionRate', commissionRate, 1],
      ['GET', 'account/balance', balance, 1],
    ]),
  ],
  clientOrderId: 'clientOrderID',
  orderTypes: bingxSpotTypes,
  replacing: { clientOrderId: 'cancelClientOrderID' },
  batches: {
    ...{ orders: 'data', mostOrders: 5, mostIds: 10 },
    ...{ orderIds: 'orderIds', clientOrderIds: 'clientOrderIDs', list: (orders) => ({ orders }) },
  },
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'GTX' },
  usualTimeInForce: 'GTC',
  longestClientId: 40,
  placed: result,
  cancelled: result,
  queried: (order) => ({
    ...common(order),
    time: order.createdAt,
    updateTime: order.updatedAt,
    origQuoteOrderQty: '0',
  }),
  list: (orders) => ({ orders }),
  allCancelled: (orders) => ({ orders: orders.map(common) }),
  events: (execution) => [
    ['executionReport', executionReport(execution)],
    ['ACCOUNT_UPDATE', accountUpdate(execution)],
  ],
  wire: idsAsNumbers,
}
