import type { AccountPosition } from '../../events/AccountPosition.js'
import type { BinanceExecutionReport } from '../../events/BinanceExecutionReport.js'
import { fillFields, orderFields, type Execution, type OwnTrade } from '../exchange/Execution.js'
import { moneyText } from '../exchange/Money.js'
import { isOpen, isWaiting, type Order } from '../exchange/Order.js'
import { spotWallet } from '../exchange/spotWallet.js'
import { binanceSpotTypes } from './orderTypes.js'
import { fillTexts, ownTrades } from './ownTrades.js'
import {
  balanceFields,
  endpointsUnder,
  ofOwnSymbol,
  pairBalances,
  type AccountAnswer,
  type EndpointRow,
  type Trading,
} from './Trading.js'

/** What every answer about an order begins with. */
const ids = ({ instrument, orderId, clientOrderId }: Order) => ({
  ...{ symbol: instrument.symbol, orderId: Number(orderId), orderListId: -1, clientOrderId },
})

/** What may not take stays for good. */
const timeOf = ({ timeInForce }: Order) => (timeInForce === 'GTX' ? 'GTC' : timeInForce)

const amounts = (order: Order) => {
  const { price, quantity, filledQuantity, filledQuote, quoteOrderQuantity, stopPrice } = orderFields(order, 0)
  const { status, type, side, trigger } = order
  const timeInForce = timeOf(order)
  return {
    ...{ price, origQty: quantity, executedQty: filledQuantity, origQuoteOrderQty: quoteOrderQuantity },
    ...{ cummulativeQuoteQty: filledQuote, status, timeInForce, type, side, selfTradePreventionMode: 'NONE' },
    ...(trigger && { stopPrice }),
  }
}

const fill = (own: OwnTrade) => {
  const { id, price, qty, commission, commissionAsset } = fillTexts(own)
  return { price, qty, commission, commissionAsset, tradeId: id }
}

/** Since when it is in the book; -1 before that. */
const workingTime = (order: Order) => (isWaiting(order) ? -1 : order.createdAt)

/** `FULL` unless the client asks for less. */
const placed: Trading['placed'] = (order, respType, fills) => {
  const acknowledged = { ...ids(order), transactTime: order.createdAt }
  if (respType === 'ACK') return acknowledged
  const result = { ...acknowledged, ...amounts(order), workingTime: workingTime(order) }
  return respType === 'RESULT' ? result : { ...result, fills: fills.map(fill) }
}

/** A cancellation has an id of the client's, too. */
const cancelled: Trading['cancelled'] = (order) => ({
  ...ids(order),
  origClientOrderId: order.clientOrderId,
  clientOrderId: order.cancellationId,
  transactTime: order.updatedAt,
  ...amounts(order),
})

const queried: Trading['queried'] = (order) => ({
  ...ids(order),
  ...{ stopPrice: '0.00' },
  ...amounts(order),
  ...{ icebergQty: '0.000', time: order.createdAt, updateTime: order.updatedAt },
  ...{ isWorking: !isWaiting(order), workingTime: workingTime(order) },
})

const executionReport = (execution: Execution): BinanceExecutionReport => {
  const { id, at, type, order, trade } = execution
  const { commission, ...lastFill } = fillFields(execution)
  return {
    eventTime: at,
    symbol: order.instrument.symbol,
    clientOrderId: order.cancellationId ?? order.clientOrderId,
    side: order.side,
    orderType: order.type,
    timeInForce: timeOf(order),
    icebergQuantity: '0',
    orderListId: -1,
    originalClientOrderId: order.cancellationId === undefined ? '' : order.clientOrderId,
    executionType: type,
    status: order.status,
    rejectReason: 'NONE',
    orderId: Number(order.orderId),
    transactionTime: at,
    tradeId: trade?.tradeId ?? -1,
    executionId: id,
    isOnBook: isOpen(order) && !isWaiting(order) && order.price !== undefined,
    isMaker: trade?.isMaker ?? false,
    creationTime: order.createdAt,
    ...(!isWaiting(order) && { workingTime: order.createdAt }),
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

const fraction = (millionths: bigint) => moneyText(millionths * 100n)

const account: AccountAnswer = ({ entry, account, trading: { fees }, get, now }) => {
  const [maker, taker] = [fraction(fees.maker), fraction(fees.taker)]
  const none = '0.00000000'
  const balances = balanceFields(entry.wallet(account).balances())
  const isShown = ({ free, locked }: (typeof balances)[number]) => free !== none || locked !== none
  return {
    makerCommission: Number(fees.maker / 100n),
    takerCommission: Number(fees.taker / 100n),
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: { maker, taker, buyer: none, seller: none },
    canTrade: true,
    canWithdraw: true,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: now,
    accountType: 'SPOT',
    balances: get('omitZeroBalances') === 'true' ? balances.filter(isShown) : balances,
    permissions: ['SPOT'],
    uid: 1,
  }
}

const myTrades = ownTrades((own) => ({
  ...fillTexts(own),
  ...{ orderId: Number(own.order.orderId), orderListId: -1 },
  ...{ isBuyer: own.order.side === 'BUY', isMaker: own.trade.isMaker, isBestMatch: true },
}))

const commission = ofOwnSymbol(({ symbol, trading: { fees } }) => {
  const none = { maker: '0.00000000', taker: '0.00000000', buyer: '0.00000000', seller: '0.00000000' }
  return {
    symbol,
    standardCommission: { ...none, maker: fraction(fees.maker), taker: fraction(fees.taker) },
    specialCommission: none,
    taxCommission: none,
    discount: { enabledForAccount: false, enabledForSymbol: false, discountAsset: 'BNB', discount: '0.00000000' },
  }
})

/** All coins, none of which can be sent anywhere. */
const coins: AccountAnswer = ({ entry, account }) =>
  balanceFields(entry.wallet(account).balances()).map(({ asset, free, locked }) => ({
    ...{ coin: asset, name: asset, free, locked, freeze: '0', withdrawing: '0', ipoing: '0', ipoable: '0' },
    ...{ storage: '0', isLegalMoney: false, trading: true, depositAllEnable: false, withdrawAllEnable: false },
    networkList: [],
  }))

const tradeFees: AccountAnswer = ({ entry, symbol, trading: { fees } }) =>
  [...entry.instruments()]
    .filter((instrument) => symbol === '' || instrument.symbol === symbol)
    .map((instrument) => ({
      symbol: instrument.symbol,
      makerCommission: fraction(fees.maker),
      takerCommission: fraction(fees.taker),
    }))

const rows: readonly EndpointRow[] = [
  ['POST', 'order', 'place', 1],
  ['POST', 'order/test', 'test', 1],
  ['POST', 'order/cancelReplace', 'replace', 1],
  ['GET', 'order', 'query', 4],
  ['DELETE', 'order', 'cancel', 1],
  ['GET', 'openOrders', 'openOrders', 6, 80],
  ['DELETE', 'openOrders', 'cancelAll', 1],
  ['GET', 'allOrders', 'allOrders', 20],
  ['GET', 'account', account, 20],
  ['GET', 'account/commission', commission, 20],
  ['GET', 'myTrades', myTrades, 20],
]

/** How accounts trade at Binance's spot market. */
export const binanceSpotTrading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 1_000n, taker: 1_000n },
  firstOrderId: 4_293_153n,
  endpoints: [
    ...endpointsUnder('/api/v3', 'hmac', rows),
    ...endpointsUnder('/sapi/v1', 'hmac', [
      ['GET', 'capital/config/getall', coins, 10],
      ['GET', 'asset/tradeFee', tradeFees, 1],
    ]),
  ],
  clientOrderId: 'origClientOrderId',
  orderTypes: binanceSpotTypes,
  refusedTimes: { GTX: 'takes' },
  unwanted: ['trailingDelta', 'icebergQty', 'pegPriceType'],
  replacing: { clientOrderId: 'cancelOrigClientOrderId', cancellationId: 'cancelNewClientOrderId' },
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK' },
  placed,
  cancelled,
  queried,
  list: (orders) => orders,
  allCancelled: (orders) => orders.map(cancelled),
  events: (execution) => [
    ['executionReport', executionReport(execution)],
    ['outboundAccountPosition', accountPosition(execution)],
  ],
  // What the documents call "ignore".
  wire: (data) => (data['e'] === 'executionReport' ? { ...data, M: false } : data),
}
