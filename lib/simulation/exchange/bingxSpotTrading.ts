import type { BingxAccountUpdate } from '../../events/BingxAccountUpdate.js'
import type { BingxExecutionReport } from '../../events/BingxExecutionReport.js'
import type { Values } from '../../codecs/Values.js'
import { pairBalances } from './asterSpotTrading.js'
import { bingxEndpoints } from './endpoints.js'
import type { Execution } from './Execution.js'
import { moneyText } from './Money.js'
import type { Order } from './Order.js'
import { spotWallet } from './spotWallet.js'
import { orderTexts, tradeTexts } from './tradedTexts.js'
import type { Trading } from './Trading.js'

/** Nothing expires here: what is not filled at once is cancelled. */
const statusOf = ({ status }: Order) => (status === 'EXPIRED' ? 'CANCELED' : status)

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, type, side } = order
  const { price, quantity: origQty, filledQuantity, filledQuote } = orderTexts(order, 0)
  const status = statusOf(order)
  return {
    symbol: instrument.symbol,
    orderId,
    price,
    stopPrice: '0',
    origQty,
    executedQty: filledQuantity,
    cummulativeQuoteQty: filledQuote,
    // REST has another name for what waits.
    status: status === 'NEW' ? 'PENDING' : status,
    type,
    side,
    clientOrderID: clientOrderId,
  }
}

const report = (execution: Execution): BingxExecutionReport => {
  const { at, type, order, trade } = execution
  const { commission, ...lastFill } = tradeTexts(execution)
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
    ...orderTexts(order, 0),
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

/** BingX's spot market. */
export const bingxSpotTrading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 1_000n, taker: 1_000n },
  firstOrderId: 1_812_112_568_701_845_504n,
  endpoints: bingxEndpoints,
  clientOrderId: 'clientOrderID',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'GTX' },
  placed: (order) => ({ ...common(order), transactTime: order.updatedAt }),
  told: (order) => ({ ...common(order), time: order.createdAt, updateTime: order.updatedAt, origQuoteOrderQty: '0' }),
  list: (orders) => ({ orders }),
  allCancelled: (orders) => ({ orders: orders.map(common) }),
  pages: {
    account: (desk, account) => ({
      balances: desk
        .wallet(account)
        .balances()
        .map(({ asset, free, locked }) => ({ asset, free: moneyText(free), locked: moneyText(locked) })),
    }),
  },
  wrapped: (data) => ({ code: 0, msg: '', debugMsg: '', data }),
  events: (execution) => [
    ['executionReport', report(execution)],
    ['ACCOUNT_UPDATE', accountUpdate(execution)],
  ],
  wire: (data: Values) => {
    const ids = ['i', 't'].flatMap((key) => (typeof data[key] === 'string' ? [[key, BigInt(data[key])] as const] : []))
    return { ...data, ...Object.fromEntries(ids) }
  },
}
