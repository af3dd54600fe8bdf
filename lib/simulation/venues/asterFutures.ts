import { futuresFilters } from '../exchange/Filters.js'
import { futuresWallet } from '../exchange/futuresWallet.js'
import type { Order } from '../exchange/Order.js'
import { asterFuturesCalls } from './asterMarketCalls.js'
import { asterOrderRows } from './asterSpot.js'
import { bestPrices, klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import { accountUpdate, changeEvents, common, orderUpdate, result } from './futuresOrder.js'
import { futuresAccount, futuresBalances, positionRisk, userTrades } from './futuresPages.js'
import {
  adlQuantiles,
  changeLeverage,
  changeMarginType,
  changeMultiAssetsMode,
  countdownCancelAll,
  changePositionMargin,
  changePositionMode,
  forcedOrders,
  income,
  leverageBrackets,
  marginChanges,
  multiAssetsMode,
  positionMode,
} from './marginPages.js'
import { answerMethod } from './methodRequests.js'
import { futuresTypes } from './orderTypes.js'
import { commissionRate } from './ownTrades.js'
import type { ServerBehaviour } from './ServerBehaviour.js'
import { endpointsUnder, type AccountAnswer, type EndpointRow, type Trading } from './Trading.js'

/** The calls for orders, which all futures have in common. */
export const futuresOrderRows: readonly EndpointRow[] = [
  ...asterOrderRows,
  ['POST', 'batchOrders', 'placeMany', 5],
  ['DELETE', 'batchOrders', 'cancelMany', 1],
]

/** The calls for the state of an account that go by the same names everywhere. */
export const accountRows: readonly EndpointRow[] = [
  ['GET', 'userTrades', userTrades, 5],
  ['GET', 'positionSide/dual', positionMode, 30],
  ['POST', 'positionSide/dual', changePositionMode, 1],
  ['GET', 'multiAssetsMargin', multiAssetsMode, 30],
  ['POST', 'multiAssetsMargin', changeMultiAssetsMode, 1],
  ['POST', 'leverage', changeLeverage, 1],
  ['POST', 'marginType', changeMarginType, 1],
  ['POST', 'positionMargin', changePositionMargin, 1],
  ['GET', 'positionMargin/history', marginChanges, 1],
  ['GET', 'leverageBracket', leverageBrackets, 1],
  ['GET', 'adlQuantile', adlQuantiles, 5],
  ['GET', 'forceOrders', forcedOrders, 20, 50],
  ['GET', 'income', income, 30],
  ['POST', 'countdownCancelAll', countdownCancelAll, 10],
  ['GET', 'commissionRate', commissionRate, 20],
]

/** Nobody is told anything alone. */
const noAnnouncements: AccountAnswer = () => ({ total: 0, rows: [] })

/** Nobody has approved of a broker who takes a part of the fees. */
const noBuilders: AccountAnswer = () => []

const risk = positionRisk([
  ...(['symbol', 'positionAmt', 'entryPrice', 'markPrice', 'unRealizedProfit', 'liquidationPrice'] as const),
  ...(['leverage', 'maxNotionalValue', 'marginType', 'isolatedMargin', 'isAutoAddMargin'] as const),
  ...(['positionSide', 'updateTime'] as const),
])
const wholeAccount = futuresAccount([
  ...(['symbol', 'initialMargin', 'maintMargin', 'unrealizedProfit', 'positionInitialMargin'] as const),
  ...(['openOrderInitialMargin', 'leverage', 'isolated', 'entryPrice', 'maxNotional'] as const),
  ...(['positionSide', 'positionAmt', 'updateTime'] as const),
])

/** Balances and positions change with fills alone, and their event comes before that of the order. */
export const futuresTrading: Trading = {
  assets: ({ quote }) => [quote],
  wallet: futuresWallet,
  fees: { maker: 200n, taker: 400n },
  firstOrderId: 8_886_774n,
  // Some calls have gone on to v2 and v4 where the rest is v1.
  endpoints: [
    ...endpointsUnder('/fapi/v3', 'eip712', [
      ['GET', 'builder', noBuilders, 1],
      ['GET', 'announcement/direct', noAnnouncements, 1],
      ['PUT', 'order', 'amend', 1],
      ...[...futuresOrderRows, ...accountRows],
      ...([
        ['GET', 'balance', futuresBalances, 5],
        ['GET', 'account', wholeAccount, 5],
        ['GET', 'positionRisk', risk, 5],
      ] as const),
    ]),
    ...endpointsUnder('/fapi/v1', 'hmac', [...futuresOrderRows, ...accountRows]),
    ...endpointsUnder('/fapi', 'hmac', [
      ['GET', 'v2/balance', futuresBalances, 5],
      ['GET', 'v4/account', wholeAccount, 5],
      ['GET', 'v2/positionRisk', risk, 5],
    ]),
  ],
  clientOrderId: 'origClientOrderId',
  orderTypes: futuresTypes,
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  hasPositions: true,
  unwanted: ['quoteOrderQty'],
  batches: {
    ...{ orders: 'batchOrders', mostOrders: 5, mostIds: 10 },
    ...{ orderIds: 'orderIdList', clientOrderIds: 'origClientOrderIdList', list: (answers) => answers },
  },
  // Unless the result is asked for, the venue answers before it has looked for a match.
  placed: (order, respType) => {
    const asPlaced: Order = { ...order, status: 'NEW', filled: 0, amount: 0, updatedAt: order.createdAt }
    return result(respType === 'RESULT' ? order : asPlaced)
  },
  cancelled: result,
  queried: (order) => ({ ...common(order), time: order.createdAt }),
  list: (orders) => orders,
  allCancelled: () => ({ code: '200', msg: 'The operation of cancel all open order is done.' }),
  events: (execution) => [
    ...(execution.trade === undefined ? [] : [['ACCOUNT_UPDATE', accountUpdate(execution)] as const]),
    ['ORDER_TRADE_UPDATE', orderUpdate(execution)],
  ],
  changeEvents,
  wire: (data) => data,
}

/** The servers of Aster's futures. */
export const asterFuturesServer = {
  symbols: ['BTCUSDT'],
  skipsIds: true,
  depthSpeed: 250,
  depthLimit: 500,
  ping: { every: 300_000, within: 900_000 },
  subscriptionsOf: pathSubscriptions,
  answer: answerMethod({ takesTextIds: false }),
  omits: { ticker: bestPrices, tickers: bestPrices },
  adds: { kline: klineExtra },
  errors: {
    ...spotErrors,
    errors: {
      ...spotErrors.errors,
      insufficient: { code: -2019, msg: 'Margin is insufficient.' },
      notionalTooLow: {
        code: -4164,
        msg: "Order's notional must be no smaller than 5.0 (unless you choose reduce only)",
      },
      duplicate: { code: -4116, msg: 'ClientOrderId is duplicated.' },
    },
  },
  marketCalls: asterFuturesCalls,
  filters: futuresFilters,
  hmac: textHmac,
  trading: futuresTrading,
} as const satisfies ServerBehaviour
