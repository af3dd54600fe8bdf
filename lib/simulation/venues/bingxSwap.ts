import { isValues, type Values } from '../../codecs/Values.js'
import type { OrderUpdate } from '../../events/OrderUpdate.js'
import { orderFields, type Execution } from '../exchange/Execution.js'
import { futuresFilters } from '../exchange/Filters.js'
import { futuresWallet, positionFields } from '../exchange/futuresWallet.js'
import { moneyText } from '../exchange/Money.js'
import { typeInForce, type Order } from '../exchange/Order.js'
import { bingxSpotServer } from './bingxSpot.js'
import { bingxSwapStreams } from './bingxStreams.js'
import { bingxSwapCalls } from './bingxSwapPages.js'
import { coins } from './bingxTrading.js'
import { accountUpdate, changeEvents, orderUpdate, workingType } from './futuresOrder.js'
import {
  changeLeverage,
  changeMarginType,
  changePositionMargin,
  changePositionMode,
  positionMode,
} from './marginPages.js'
import { bingxSwapTypes } from './orderTypes.js'
import { fillTexts, ownTrades } from './ownTrades.js'
import type { ServerBehaviour } from './ServerBehaviour.js'
import { endpointsUnder, ofOwnSymbol, type AccountAnswer, type AccountCall, type Trading } from './Trading.js'

/** The servers of BingX's perpetual contracts, as its public documents and what its clients ask describe them. */

/** Nothing expires here: what is not filled at once is cancelled. */
const statusOf = ({ status }: Order) => (status === 'EXPIRED' ? 'CANCELED' : status)

const common = (order: Order): Values => {
  const { instrument, orderId, clientOrderId, side, timeInForce, positionSide = 'BOTH', isReduceOnly } = order
  const { price, stopPrice, averagePrice, quantity, filledQuantity, filledQuote } = orderFields(order, 5)
  return {
    ...{ symbol: instrument.symbol, orderId, clientOrderId, side, positionSide, type: order.type, price, stopPrice },
    ...{ quantity, origQty: quantity, executedQty: filledQuantity, cumQuote: filledQuote, avgPrice: averagePrice },
    ...{ status: statusOf(order), timeInForce: timeInForce === 'GTX' ? 'PostOnly' : timeInForce },
    ...{ workingType: workingType(order), reduceOnly: isReduceOnly, closePosition: String(order.isCloseAll === true) },
    ...{ time: order.createdAt, updateTime: order.updatedAt },
  }
}

const update = (execution: Execution): OrderUpdate => {
  const { order, ...told } = orderUpdate(execution)
  const { executionType, ...fields } = order
  const ended = {
    executionType: executionType === 'EXPIRED' ? 'CANCELED' : executionType,
    status: statusOf(execution.order),
  }
  // Ids are beyond 2^53.
  return {
    ...told,
    order: { ...fields, ...ended, orderType: typeInForce(execution.order), orderId: String(execution.order.orderId) },
  }
}

const positions: AccountAnswer = (call) => {
  const { entry, account, symbol } = call
  const { margin, holdings } = entry.wallet(account)
  return holdings()
    .filter(({ instrument, lots }) => lots !== 0 && (symbol === '' || instrument.symbol === symbol))
    .map((holding, i) => {
      const { instrument, lots } = holding
      const side = lots < 0 ? 'SHORT' : 'LONG'
      const { amount, entryPrice, unrealizedProfit, accumulatedRealizedProfit } = positionFields(
        holding,
        entry.mark(instrument.symbol),
      )
      return {
        ...{ positionId: String(i + 1), symbol: instrument.symbol, currency: instrument.quote },
        // What a position is worth has no sign here.
        ...{ positionAmt: amount.replace('-', ''), availableAmt: amount.replace('-', '') },
        ...{ positionSide: side, onlyOnePosition: holding.positionSide === 'BOTH' },
        ...{ isolated: margin?.isIsolated(instrument.symbol) === true, avgPrice: entryPrice },
        ...{ initialMargin: moneyText(margin?.locked(instrument, holding.positionSide).position ?? 0n) },
        ...{
          leverage: margin?.leverage(instrument.symbol),
          unrealizedProfit,
          realisedProfit: accumulatedRealizedProfit,
        },
        ...{ liquidationPrice: 0, markPrice: instrument.scale.price(entry.mark(instrument.symbol)) },
      }
    })
}

const balance: AccountAnswer = ({ entry, account }) => {
  const wallet = entry.wallet(account)
  return wallet.balances().map(({ asset, free, locked }) => ({
    ...{ userId: '1', asset, balance: moneyText(free + locked), equity: moneyText(free + locked) },
    ...{ unrealizedProfit: '0', realisedProfit: '0', availableMargin: moneyText(free) },
    ...{ usedMargin: moneyText(locked), freezedMargin: '0' },
  }))
}

/** What a call of Aster's form answers, or its refusal. */
const inData =
  (answer: AccountAnswer, write: (value: Values, call: AccountCall) => unknown): AccountAnswer =>
  (call) => {
    const value = answer(call)
    return isValues(value) && !('refusal' in value) ? write(value, call) : value
  }

const leverage = ofOwnSymbol(({ entry, account, symbol }) => {
  const times = entry.wallet(account).margin?.leverage(symbol)
  return { symbol, longLeverage: times, shortLeverage: times, maxLongLeverage: 125, maxShortLeverage: 125 }
})

const marginType = ofOwnSymbol(({ entry, account, symbol }) => ({
  marginType: entry.wallet(account).margin?.isIsolated(symbol) === true ? 'ISOLATED' : 'CROSSED',
}))

/** What is paid is below 0. */
const fills = ownTrades((own) => ({
  ...fillTexts(own),
  ...{ tradeId: String(own.trade.tradeId), orderId: own.order.orderId, side: own.order.side },
  ...{ positionSide: own.order.positionSide ?? 'BOTH', role: own.trade.isMaker ? 'maker' : 'taker' },
  ...{ commission: moneyText(-own.trade.commission), currency: own.trade.commissionAsset, volume: fillTexts(own).qty },
  ...{
    amount: fillTexts(own).quoteQty,
  },
}))
const fillOrders: AccountAnswer = (call) => {
  const found = fills(call)
  return Array.isArray(found) ? { fill_orders: found } : found
}

const commission: AccountAnswer = () => ({ commission: { takerCommissionRate: 0.0005, makerCommissionRate: 0.0002 } })

const trading: Trading = {
  assets: ({ quote }) => [quote],
  wallet: futuresWallet,
  fees: { maker: 200n, taker: 500n },
  firstOrderId: 1_736_011_869_418_901_234n,
  endpoints: [
    ...endpointsUnder('/openApi/wallets/v1', 'hmac', [['GET', 'capital/config/getall', coins, 1]]),
    ...endpointsUnder('/openApi/swap/v3', 'hmac', [['GET', 'user/balance', balance, 1]]),
    ...endpointsUnder('/openApi/swap/v2', 'hmac', [
      ['POST', 'trade/order', 'place', 1],
      ['POST', 'trade/order/test', 'test', 1],
      ['GET', 'trade/order', 'query', 1],
      ['DELETE', 'trade/order', 'cancel', 1],
      ['GET', 'trade/openOrder', 'openOrder', 1],
      ['GET', 'trade/openOrders', 'openOrders', 1],
      ['GET', 'trade/allOrders', 'allOrders', 1],
      ['DELETE', 'trade/allOpenOrders', 'cancelAll', 1],
      ['POST', 'trade/batchOrders', 'placeMany', 1],
      ['DELETE', 'trade/batchOrders', 'cancelMany', 1],
      ['GET', 'trade/allFillOrders', fillOrders, 1],
      ['GET', 'trade/leverage', leverage, 1],
      ['POST', 'trade/leverage', inData(changeLeverage, (value) => value), 1],
      ['GET', 'trade/marginType', marginType, 1],
      ['POST', 'trade/marginType', inData(changeMarginType, () => ({})), 1],
      ['POST', 'trade/positionMargin', inData(changePositionMargin, ({ amount, type }) => ({ amount, type })), 1],
      ['GET', 'user/positions', positions, 1],
      ['GET', 'user/commissionRate', commission, 1],
    ]),
    ...endpointsUnder('/openApi/swap/v1', 'hmac', [
      ['GET', 'trade/fullOrder', 'allOrders', 1],
      [
        'GET',
        'positionSide/dual',
        inData(positionMode, ({ dualSidePosition: is }) => ({ dualSidePosition: String(is) })),
        1,
      ],
      [
        'POST',
        'positionSide/dual',
        inData(changePositionMode, (_, { get }) => ({ dualSidePosition: get('dualSidePosition') })),
        1,
      ],
    ]),
  ],
  clientOrderId: 'clientOrderId',
  newClientOrderId: 'clientOrderId',
  orderTypes: bingxSwapTypes,
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'GTX' },
  usualTimeInForce: 'GTC',
  longestClientId: 40,
  hasPositions: true,
  refusedTimes: { GTX: 'takes' },
  batches: {
    ...{ orders: 'batchOrders', mostOrders: 5, mostIds: 10 },
    ...{ orderIds: 'orderIdList', clientOrderIds: 'clientOrderIdList', list: (orders) => ({ orders }) },
  },
  placed: (order) => ({ order: common(order) }),
  cancelled: (order) => ({ order: common(order) }),
  queried: (order) => ({ order: common(order) }),
  list: (orders) => ({ orders: orders.map(({ order }) => order) }),
  allCancelled: (orders) => ({ success: orders.map(common), failed: null }),
  events: (execution) => [
    ...(execution.trade === undefined ? [] : [['ACCOUNT_UPDATE', accountUpdate(execution)] as const]),
    ['ORDER_TRADE_UPDATE', update(execution)],
  ],
  changeEvents,
  wire: (data) => {
    const { o } = data
    return isValues(o) && typeof o['i'] === 'string' ? { ...data, o: { ...o, i: BigInt(o['i']) } } : data
  },
}

/** The servers of BingX's perpetual contracts. */
export const bingxSwapServer: ServerBehaviour = {
  ...bingxSpotServer,
  bareStreams: [],
  marketCalls: bingxSwapCalls,
  polled: bingxSwapStreams,
  filters: futuresFilters,
  trading,
  errors: {
    ...bingxSpotServer.errors,
    errors: {
      ...bingxSpotServer.errors.errors,
      symbol: { code: 109_425, msg: 'this trading pair does not exist' },
      missing: { code: 109_400, msg: '%s is empty' },
      illegal: { code: 109_400, msg: '%s is not a number' },
      invalid: { code: 109_400, msg: '%s is not valid' },
      unwanted: { code: 109_400, msg: '%s is not needed' },
      positionSide: { code: 109_400, msg: 'PositionSide does not fit the position mode' },
      insufficient: { code: 101_204, msg: 'Insufficient margin' },
      duplicate: { code: 101_481, msg: 'The clientOrderID has already been used' },
      unknownOrder: { code: 109_421, msg: 'The order does not exist' },
      noSuchOrder: { code: 109_421, msg: 'The order does not exist' },
      reduceOnly: { code: 101_290, msg: 'A Reduce Only order can only decrease the position' },
      takes: { code: 101_215, msg: 'Post Only order was cancelled because it would have been filled immediately' },
      triggers: { code: 110_400, msg: 'the order would be triggered at once' },
      priceAboveBand: { code: 101_211, msg: 'Order price exceeds the allowed range' },
      priceBelowBand: { code: 101_211, msg: 'Order price exceeds the allowed range' },
      notionalTooLow: { code: 101_202, msg: 'Order value is below the contract minimum of 5' },
      stepSize: { code: 110_425, msg: 'Order size does not meet the contract precision or step size requirement' },
      tooManyOrders: { code: 101_419, msg: 'Pending orders reached the upper limit' },
      leverage: { code: 101_414, msg: 'Leverage %s exceeds the limit' },
      leverageTooLow: { code: 101_253, msg: 'Insufficient margin' },
      openOrders: { code: 109_400, msg: 'marginType cannot be changed while orders are open' },
      openPosition: { code: 109_400, msg: 'marginType cannot be changed while there is a position' },
      modeOpenOrders: { code: 104_103, msg: 'Cannot switch position mode while positions or pending orders exist' },
      modeOpenPosition: { code: 104_103, msg: 'Cannot switch position mode while positions or pending orders exist' },
      notIsolated: { code: 101_479, msg: 'The position is not in Isolated Margin Mode' },
      noPosition: { code: 109_420, msg: 'No position exists' },
      crossBalance: { code: 101_206, msg: 'Account available balance is insufficient' },
      isolatedBalance: { code: 101_253, msg: 'Insufficient margin' },
    },
  },
}
