import { isValues } from '../../codecs/Values.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import type { TradeLite } from '../../events/TradeLite.js'
import type { Execution } from '../exchange/Execution.js'
import { algoRows, algoUpdate, isAlgo } from './algoOrders.js'
import { accountRows, asterFuturesServer, futuresOrderRows, futuresTrading } from './asterFutures.js'
import { binanceFuturesCalls } from './binanceMarketCalls.js'
import { pathSubscriptions } from './binanceStyle.js'
import { accountUpdate, orderUpdate } from './futuresOrder.js'
import { futuresAccount, futuresBalances, positionRisk } from './futuresPages.js'
import { accountConfig, symbolConfig } from './marginPages.js'
import { answerMethod } from './methodRequests.js'
import { binanceFuturesTypes } from './orderTypes.js'
import type { ServerBehaviour, Subscriptions } from './ServerBehaviour.js'
import { endpointsUnder, type Trading } from './Trading.js'

const ACCOUNT = '/private'

/**
 * Reads `/public/stream?streams=…`, `/market/ws/…`, `/private/ws/<listenKey>` and `/private/ws?listenKey=…`. The old
 * addresses without a route are taken, too: nothing comes there.
 */
export const routedSubscriptions = (address: string): Subscriptions | undefined => {
  const [, route = '', path = ''] = /^(\/public|\/market|\/private)?(\/.*)$/.exec(address) ?? []
  const found = pathSubscriptions(path)
  const listenKey = new URLSearchParams(path.split('?')[1]).get('listenKey')
  const isKeyed = route === ACCOUNT && listenKey !== null
  return found && { ...found, ...(isKeyed && { streams: new Set([listenKey]) }), route }
}

/** The fill alone, which is told first. */
const tradeLite = ({ eventTime, transactionTime, order }: OrderUpdate): TradeLite => ({
  eventTime,
  transactionTime,
  symbol: order.symbol,
  quantity: order.quantity,
  price: order.price,
  isMaker: order.isMaker,
  clientOrderId: order.clientOrderId,
  side: order.side,
  lastFilledPrice: order.lastFilledPrice,
  lastFilledQuantity: order.lastFilledQuantity,
  tradeId: order.tradeId,
  orderId: order.orderId,
})

/** What Binance says beside Aster's. */
const more = { selfTradePreventionMode: 'NONE', priceMatch: 'NONE', goodTillDate: 0, expiryReason: '0' }

const events = (execution: Execution): ReturnType<Trading['events']> => {
  if (isAlgo(execution.order)) return [['ALGO_UPDATE', algoUpdate(execution)]]
  const told = orderUpdate(execution)
  const executionType = execution.type
  const update = ['ORDER_TRADE_UPDATE', { ...told, order: { ...told.order, ...more, executionType } }] as const
  if (execution.trade === undefined) return [update]
  return [['TRADE_LITE', tradeLite(told)], ['ACCOUNT_UPDATE', accountUpdate(execution)], update]
}

/** The keys of a position, by the call and its version. */
const risk = [
  ...(['symbol', 'positionAmt', 'entryPrice', 'breakEvenPrice', 'markPrice', 'unRealizedProfit'] as const),
  ...(['liquidationPrice', 'leverage', 'maxNotionalValue', 'marginType', 'isolatedMargin'] as const),
  ...(['isAutoAddMargin', 'positionSide', 'notional', 'isolatedWallet', 'updateTime'] as const),
] as const
const riskV3 = [
  ...(['symbol', 'positionSide', 'positionAmt', 'entryPrice', 'breakEvenPrice', 'markPrice'] as const),
  ...(['unRealizedProfit', 'liquidationPrice', 'isolatedMargin', 'notional', 'marginAsset', 'isolatedWallet'] as const),
  ...(['initialMargin', 'maintMargin', 'positionInitialMargin', 'openOrderInitialMargin', 'adl'] as const),
  ...(['bidNotional', 'askNotional', 'updateTime'] as const),
] as const
const accountPosition = [
  ...(['symbol', 'initialMargin', 'maintMargin', 'unrealizedProfit', 'positionInitialMargin'] as const),
  ...(['openOrderInitialMargin', 'leverage', 'isolated', 'entryPrice', 'maxNotional', 'bidNotional'] as const),
  ...(['askNotional', 'positionSide', 'positionAmt', 'updateTime'] as const),
] as const
const accountPositionV3 = [
  ...(['symbol', 'positionSide', 'positionAmt', 'unrealizedProfit', 'isolatedMargin', 'notional'] as const),
  ...(['isolatedWallet', 'initialMargin', 'maintMargin', 'updateTime'] as const),
] as const

const trading: Trading = {
  ...futuresTrading,
  endpoints: [
    ...endpointsUnder('/fapi/v1', 'hmac', [
      ...[...futuresOrderRows, ...accountRows],
      ['POST', 'order/test', 'test', 1],
      ...algoRows(futuresTrading),
      ['PUT', 'order', 'amend', 1],
      ['PUT', 'batchOrders', 'amendMany', 5],
      ['GET', 'symbolConfig', symbolConfig, 5],
      ['GET', 'accountConfig', accountConfig, 5],
    ]),
    ...endpointsUnder('/fapi/v2', 'hmac', [
      ['GET', 'balance', futuresBalances, 5],
      ['GET', 'account', futuresAccount(accountPosition), 5],
      ['GET', 'positionRisk', positionRisk(risk), 5],
    ]),
    ...endpointsUnder('/fapi/v3', 'hmac', [
      ['GET', 'balance', futuresBalances, 5],
      ['GET', 'account', futuresAccount(accountPositionV3), 5],
      ['GET', 'positionRisk', positionRisk(riskV3), 5],
    ]),
  ],
  orderTypes: binanceFuturesTypes,
  isElsewhere: isAlgo,
  refusedTimes: { GTX: 'takes', FOK: 'unfillable' },
  events,
  wire: (data) => (isValues(data['o']) ? { ...data, o: { ...data['o'], si: 0, ss: 0 } } : data),
}

/** The servers of Binance's USD-M futures: as Aster's, but for their routes and what they add. */
export const binanceFuturesServer: ServerBehaviour = {
  ...asterFuturesServer,
  ping: { every: 180_000, within: 600_000 },
  subscriptionsOf: routedSubscriptions,
  accountRoute: ACCOUNT,
  answer: answerMethod({ takesTextIds: true }),
  marketCalls: binanceFuturesCalls,
  trading,
}
