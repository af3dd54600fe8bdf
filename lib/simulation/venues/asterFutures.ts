import type { AccountUpdate } from '../../events/AccountUpdate.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { futuresFilters } from '../exchange/Filters.js'
import { futuresWallet, positionFields } from '../exchange/futuresWallet.js'
import { moneyText } from '../exchange/Money.js'
import type { Order } from '../exchange/Order.js'
import type { Wallet } from '../exchange/Wallet.js'
import { asterFuturesCalls } from './asterMarketCalls.js'
import { asterOrderRows } from './asterSpot.js'
import { bestPrices, klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import {
  changeLeverage,
  changeMarginType,
  changePositionMode,
  futuresAccount,
  futuresBalances,
  leverageBrackets,
  leverageUpdate,
  multiAssetsMode,
  openNotional,
  positionMode,
  positionRisk,
  userTrades,
} from './futuresPages.js'
import { answerMethod } from './methodRequests.js'
import { commissionRate } from './ownTrades.js'
import type { ServerBehaviour } from './ServerBehaviour.js'
import { endpointsUnder, type AccountAnswer, type EndpointRow, type Trading } from './Trading.js'

/** The digits of average prices. */
const DIGITS = 5

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, updatedAt, status, timeInForce, type, side, isReduceOnly } = order
  const { price, averagePrice: avgPrice, quantity: origQty, filledQuantity, filledQuote } = orderFields(order, DIGITS)
  const ids = { orderId: Number(orderId), symbol: instrument.symbol, clientOrderId, updateTime: updatedAt }
  const amounts = { price, avgPrice, origQty, executedQty: filledQuantity, cumQuote: filledQuote }
  const kinds = { status, timeInForce, type, origType: type, side, positionSide: 'BOTH', reduceOnly: isReduceOnly }
  const stop = { closePosition: false, stopPrice: '0', workingType: 'CONTRACT_PRICE', priceProtect: false }
  return { ...ids, ...amounts, ...kinds, ...stop }
}

const result = (order: Order) => ({ ...common(order), cumQty: orderFields(order, DIGITS).filledQuantity })

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
      orderType: order.type,
      timeInForce: order.timeInForce,
      stopPrice: '0',
      executionType: type,
      status: order.status,
      orderId: Number(order.orderId),
      tradeTime: at,
      tradeId: trade?.tradeId ?? 0,
      bidsNotional: openNotional([order], 'BUY'),
      asksNotional: openNotional([order], 'SELL'),
      isMaker: trade?.isMaker ?? false,
      isReduceOnly: order.isReduceOnly,
      workingType: 'CONTRACT_PRICE',
      originalOrderType: order.type,
      positionSide: 'BOTH',
      realizedProfit: moneyText(trade?.realized ?? 0n),
      ...orderFields(order, DIGITS),
      ...lastFill,
      ...(commission !== null && trade !== undefined && { commission, commissionAsset: trade.commissionAsset }),
    },
  }
}

const walletBalances = (wallet: Wallet, quote: string) =>
  wallet
    .balances()
    .filter(({ asset }) => asset === quote)
    .map(({ asset, free, locked }) => {
      const walletBalance = moneyText(free + locked)
      return { asset, walletBalance, crossWalletBalance: walletBalance, balanceChange: '0' }
    })

/** The balance and the position after a fill. */
export const accountUpdate = ({ at, order: { instrument }, trade, wallet }: Execution): AccountUpdate => ({
  eventTime: at,
  transactionTime: at,
  account: {
    reason: 'ORDER',
    balances: walletBalances(wallet, instrument.quote),
    positions: wallet
      .holdings()
      .filter((holding) => holding.instrument.symbol === instrument.symbol)
      .map((holding) => ({
        symbol: instrument.symbol,
        ...positionFields(holding, trade?.price ?? 0),
        marginType: 'cross',
        isolatedWallet: '0',
        positionSide: 'BOTH',
      })),
  },
})

/** The calls for the state of an account that go by the same names everywhere. */
export const accountRows: readonly EndpointRow[] = [
  ['GET', 'userTrades', userTrades, 5],
  ['GET', 'positionSide/dual', positionMode, 30],
  ['POST', 'positionSide/dual', changePositionMode, 1],
  ['GET', 'multiAssetsMargin', multiAssetsMode, 30],
  ['POST', 'leverage', changeLeverage, 1],
  ['POST', 'marginType', changeMarginType, 1],
  ['GET', 'leverageBracket', leverageBrackets, 1],
  ['GET', 'commissionRate', commissionRate, 20],
]

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
      ...[...asterOrderRows, ...accountRows],
      ...([
        ['GET', 'balance', futuresBalances, 5],
        ['GET', 'account', wholeAccount, 5],
        ['GET', 'positionRisk', risk, 5],
      ] as const),
    ]),
    ...endpointsUnder('/fapi/v1', 'hmac', [...asterOrderRows, ...accountRows]),
    ...endpointsUnder('/fapi', 'hmac', [
      ['GET', 'v2/balance', futuresBalances, 5],
      ['GET', 'v4/account', wholeAccount, 5],
      ['GET', 'v2/positionRisk', risk, 5],
    ]),
  ],
  clientOrderId: 'origClientOrderId',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
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
  leverageEvents: (change) => [['ACCOUNT_CONFIG_UPDATE', leverageUpdate(change)]],
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
