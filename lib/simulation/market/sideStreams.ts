import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import type { AvgPrice } from '../../events/AvgPrice.js'
import type { BlockTrade } from '../../events/Trade.js'
import type { ForceOrder } from '../../events/ForceOrder.js'
import type { ReferencePrice } from '../../events/ReferencePrice.js'
import type { TradePro } from '../../events/TradePro.js'
import { barOf, tickerFields, type Bar, type Opening } from './Bar.js'
import { predictionEvents } from './predictionEvents.js'
import type { Publication, Topic } from './Publication.js'
import { reached } from './reached.js'
import { rollingBar } from './rollingBar.js'
import type { NumberedFill } from './tradeLog.js'

/** What some venues publish of one symbol beside its book, trades, klines and tickers. */
export interface SideStreams {
  /** What trades bring at once; `traded` is their bar. */
  readonly add: (at: number, fills: readonly NumberedFill[], traded?: Bar) => readonly Publication[]
  /** What is due at a full second. */
  readonly due: (at: number) => readonly Publication[]
  /** The average of the last five minutes, as it is. */
  readonly avgPrice: (at: number) => AvgPrice
  readonly referencePrice: (at: number) => ReferencePrice
}

const SECOND = 1_000
/** A liquidation comes at most this often, and only after a trade; a block trade comes always. */
const LIQUIDATIONS = 5 * SECOND
const BLOCKS = 30 * SECOND
/** In lots. */
const BLOCK_SIZE = 50_000
const AVERAGED = 5 * 60 * SECOND

/** A made-up hash: the same for the same text. */
const hashOf = (text: string, length: number) => `0x${bytesToHex(sha256(utf8ToBytes(text))).slice(0, length)}`

/** Every seventh trader hides his address. */
const addressOf = (orderId: number) => (orderId % 7 === 0 ? 'hidden' : hashOf(`order ${orderId}`, 40))

export const sideStreams = ({ symbol, scale, start, price }: Opening): SideStreams => {
  const ofSymbol = (kind: string): Topic => ({ kind, parameters: { symbol } })
  const topics = {
    tradePro: ofSymbol('tradePro'),
    avgPrice: ofSymbol('avgPrice'),
    referencePrice: ofSymbol('referencePrice'),
    blockTrade: ofSymbol('blockTrade'),
    forceOrder: ofSymbol('forceOrder'),
    forceOrders: { kind: 'forceOrders', parameters: {} },
  }
  const averaged = rollingBar(AVERAGED, price)
  const prediction = predictionEvents(symbol, start)
  const [isBlock, isLiquidation] = [reached(BLOCKS, start), reached(LIQUIDATIONS, start)]
  let lastTrade = start
  let last: NumberedFill | undefined
  let blocks = 0

  const lastPrice = () => scale.price(last?.price ?? price)

  const tradePro = (at: number, fill: NumberedFill): TradePro => ({
    eventTime: at,
    tradeTime: at,
    symbol,
    tradeId: fill.tradeId,
    price: scale.price(fill.price),
    quantity: scale.quantity(fill.quantity),
    transactionHash: hashOf(`${symbol} ${fill.tradeId}`, 64),
    addresses: [addressOf(fill.takerId), addressOf(fill.makerId)],
  })
  const avgPrice = (at: number, lastTradeTime: number) => (): AvgPrice => {
    const { weightedAveragePrice } = tickerFields(averaged.at(at).bar, scale)
    return { eventTime: at, symbol, interval: '5m', price: weightedAveragePrice, lastTradeTime }
  }
  /** There is none before the first trade. */
  const referencePrice = (time: number): ReferencePrice => ({
    symbol,
    price: last === undefined ? null : lastPrice(),
    time,
  })
  const blockTrade = (at: number, tradeId: number): BlockTrade => ({
    eventTime: at,
    symbol,
    tradeId,
    price: lastPrice(),
    quantity: scale.quantity(BLOCK_SIZE),
    tradeTime: at,
    isBuyerMaker: last?.isBuyerMaker ?? false,
  })
  /** The taker of a trade as an account whose position the venue closed. */
  const forceOrder = (at: number, fill: NumberedFill): ForceOrder => {
    const [paid, quantity] = [scale.price(fill.price), scale.quantity(fill.quantity)]
    return {
      eventTime: at,
      order: {
        symbol,
        side: fill.isBuyerMaker ? 'SELL' : 'BUY',
        orderType: 'LIMIT',
        timeInForce: 'IOC',
        quantity,
        price: paid,
        averagePrice: paid,
        status: 'FILLED',
        lastFilledQuantity: quantity,
        filledQuantity: quantity,
        tradeTime: at,
      },
    }
  }

  return {
    referencePrice,
    avgPrice: (at) => avgPrice(at, lastTrade)(),
    add: (at, fills, traded = barOf(fills)) => {
      averaged.add(at, traded)
      last = fills.at(-1) ?? last
      if (fills.length > 0) lastTrade = at
      return fills.map((fill) => ({ at, topic: topics.tradePro, event: () => tradePro(at, fill) }))
    },
    due: (at) => {
      const reference = referencePrice(at)
      const published: Publication[] = [
        { at, topic: topics.avgPrice, event: avgPrice(at, lastTrade) },
        { at, topic: topics.referencePrice, event: () => reference },
        ...prediction(at, lastPrice()),
      ]
      if (isBlock(at)) {
        const block = blockTrade(at, ++blocks)
        published.push({ at, topic: topics.blockTrade, event: () => block })
      }
      if (isLiquidation(at) && last !== undefined && lastTrade > at - LIQUIDATIONS) {
        const order = forceOrder(at, last)
        published.push(
          { at, topic: topics.forceOrder, event: () => order },
          { at, topic: topics.forceOrders, event: () => [order] },
        )
      }
      return published
    },
  }
}
