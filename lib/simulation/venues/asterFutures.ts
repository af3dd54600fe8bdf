import type { AccountUpdate } from '../../events/AccountUpdate.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { futuresWallet, LEVERAGE, positionFields } from '../exchange/futuresWallet.js'
import { moneyText } from '../exchange/Money.js'
import { isOpen, openLots, type Order } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import type { Balance, Holding, Wallet } from '../exchange/Wallet.js'
import { asterOrderRows } from './asterSpot.js'
import { bestPrices, klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import { answerMethod } from './methodRequests.js'
import type { ServerBehaviour } from './ServerBehaviour.js'
import { endpointsUnder, type AccountPages, type EndpointRow, type Trading } from './Trading.js'

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

/** The value of what is not filled yet of an order, where it is on this side of the book. */
const openNotional = (order: Order, side: 'BUY' | 'SELL') => {
  const { instrument, price = 0 } = order
  const lots = isOpen(order) && order.side === side ? openLots(order) : 0
  return moneyText(BigInt(lots) * BigInt(price) * instrument.tickLot)
}

/** What became of an order. */
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
      bidsNotional: openNotional(order, 'BUY'),
      asksNotional: openNotional(order, 'SELL'),
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

const amountsOf = ({ free, locked }: Balance) => ({
  wallet: moneyText(free + locked),
  available: moneyText(free),
  margin: moneyText(locked),
})

/** A position, its unrealised profit by the middle between the best prices. */
const positionOf = (entry: OrderEntry, holding: Holding) => {
  const { symbol, scale } = holding.instrument
  const mark = entry.mark(symbol)
  const { amount: positionAmt, entryPrice, unrealizedProfit } = positionFields(holding, mark)
  const kinds = { leverage: String(LEVERAGE), positionSide: 'BOTH' }
  return { symbol, positionAmt, entryPrice, unrealizedProfit, markPrice: scale.price(mark), kinds }
}

const pages: AccountPages = {
  balance: (entry, account, now) =>
    entry
      .wallet(account)
      .balances()
      .map((balance) => {
        const { wallet, available } = amountsOf(balance)
        return {
          accountAlias: 'SgsR',
          asset: balance.asset,
          balance: wallet,
          crossWalletBalance: wallet,
          crossUnPnl: moneyText(0n),
          availableBalance: available,
          maxWithdrawAmount: available,
          marginAvailable: true,
          updateTime: now,
        }
      }),
  account: (entry, account, now) => ({
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    updateTime: now,
    assets: entry
      .wallet(account)
      .balances()
      .map((balance) => {
        const { wallet, available, margin } = amountsOf(balance)
        const amounts = { walletBalance: wallet, crossWalletBalance: wallet, availableBalance: available }
        return { asset: balance.asset, ...amounts, initialMargin: margin, marginAvailable: true, updateTime: now }
      }),
    positions: entry
      .wallet(account)
      .holdings()
      .map((holding) => {
        const { symbol, positionAmt, entryPrice, unrealizedProfit, kinds } = positionOf(entry, holding)
        return { symbol, positionAmt, entryPrice, unrealizedProfit, ...kinds, isolated: false, updateTime: now }
      }),
  }),
  positions: (entry, account, symbol) =>
    entry
      .wallet(account)
      .holdings()
      .filter(({ instrument }) => symbol === undefined || instrument.symbol === symbol)
      .map((holding) => {
        const { unrealizedProfit, kinds, ...position } = positionOf(entry, holding)
        const margin = { marginType: 'cross', isolatedMargin: '0.00000000', isAutoAddMargin: 'false' }
        return {
          ...position,
          unRealizedProfit: unrealizedProfit,
          liquidationPrice: '0',
          ...kinds,
          ...margin,
          updateTime: 0,
        }
      }),
}

/** The calls for the state of an account. */
export const accountRows: readonly EndpointRow[] = [
  ['GET', 'balance', 'balance', 5],
  ['GET', 'account', 'account', 5],
  ['GET', 'positionRisk', 'positions', 5],
]

/** Balances and positions change with fills alone, and their event comes before that of the order. */
export const futuresTrading: Trading = {
  assets: ({ quote }) => [quote],
  wallet: futuresWallet,
  fees: { maker: 200n, taker: 400n },
  firstOrderId: 8_886_774n,
  // Some calls have gone on to v2 and v4 where the rest is v1.
  endpoints: [
    ...endpointsUnder('/fapi/v3', 'eip712', [...asterOrderRows, ...accountRows]),
    ...endpointsUnder('/fapi/v1', 'hmac', asterOrderRows),
    ...endpointsUnder('/fapi', 'hmac', [
      ['GET', 'v2/balance', 'balance', 5],
      ['GET', 'v4/account', 'account', 5],
      ['GET', 'v2/positionRisk', 'positions', 5],
    ]),
  ],
  clientOrderId: 'origClientOrderId',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  // Unless the result is asked for, the venue answers before it has looked for a match.
  placed: (order, isResult) => {
    const asPlaced: Order = { ...order, status: 'NEW', filled: 0, amount: 0, updatedAt: order.createdAt }
    const shown = isResult ? order : asPlaced
    return { ...common(shown), cumQty: orderFields(shown, DIGITS).filledQuantity }
  },
  queried: (order) => ({ ...common(order), time: order.createdAt }),
  list: (orders) => orders,
  allCancelled: () => ({ code: '200', msg: 'The operation of cancel all open order is done.' }),
  pages,
  wrapped: (value) => value,
  events: (execution) => [
    ...(execution.trade === undefined ? [] : [['ACCOUNT_UPDATE', accountUpdate(execution)] as const]),
    ['ORDER_TRADE_UPDATE', orderUpdate(execution)],
  ],
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
      duplicate: { code: -4116, msg: 'ClientOrderId is duplicated.' },
    },
  },
  hmac: textHmac,
  trading: futuresTrading,
} as const satisfies ServerBehaviour
