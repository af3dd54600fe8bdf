import type { Values } from '../../codecs/Values.js'
import { positionFields } from '../exchange/futuresWallet.js'
import type { Instrument } from '../exchange/Instrument.js'
import { money, moneyText, type Money } from '../exchange/Money.js'
import { isOpen, openLots, type Order, type PositionSide } from '../exchange/Order.js'
import type { Balance, Holding } from '../exchange/Wallet.js'
import { fillTexts, ownTrades } from './ownTrades.js'
import type { AccountAnswer, AccountCall } from './Trading.js'

/** What Aster's and Binance's futures answer about an account. */

/** One bracket for all: up to this amount at any leverage, four thousandths of which have to stay as margin. */
export const CAP = 1_000_000_000
const maintenance = (notional: Money) => (notional * 4n) / 1_000n

/** The value of what is not filled yet of orders, on this side of the book. */
export const openNotional = (orders: Iterable<Order>, side: 'BUY' | 'SELL'): string => {
  let sum = 0n
  for (const order of orders)
    if (isOpen(order) && order.side === side)
      sum += BigInt(openLots(order)) * BigInt(order.price ?? 0) * order.instrument.tickLot
  return moneyText(sum)
}

const magnitude = (amount: Money) => (amount < 0n ? -amount : amount)

/** A position by everything that one of the calls says of it, its profit by the middle between the best prices. */
const position = ({ entry, account, now }: AccountCall, instrument: Instrument, positionSide: PositionSide) => {
  const { symbol, scale, quote, tickLot } = instrument
  const wallet = entry.wallet(account)
  const none = { instrument, positionSide, lots: 0, cost: 0n, realized: 0n, added: 0n }
  const isOfIt = (each: Holding) => each.instrument === instrument && each.positionSide === positionSide
  const holding = wallet.holdings().find(isOfIt) ?? none
  const isolated = wallet.margin?.isIsolated(symbol) === true
  const isolatedWallet = wallet.margin?.isolatedWallet(holding) ?? 0n
  const mark = entry.mark(symbol)
  const { amount, entryPrice, unrealizedProfit } = positionFields(holding, mark)
  const notional = (BigInt(Math.round(mark * 2)) * BigInt(holding.lots) * tickLot) / 2n
  const locked = wallet.margin?.locked(instrument, positionSide) ?? { position: 0n, orders: 0n }
  const orders = entry.orders(account, symbol).filter((order) => (order.positionSide ?? 'BOTH') === positionSide)
  return {
    symbol,
    positionSide,
    positionAmt: amount,
    entryPrice,
    breakEvenPrice: entryPrice,
    markPrice: scale.price(mark),
    unRealizedProfit: unrealizedProfit,
    unrealizedProfit,
    liquidationPrice: '0',
    leverage: String(wallet.margin?.leverage(symbol)),
    maxNotional: String(CAP),
    maxNotionalValue: String(CAP),
    marginType: isolated ? 'isolated' : 'cross',
    marginAsset: quote,
    isolated,
    isolatedMargin: moneyText(isolated ? isolatedWallet + (money(unrealizedProfit) ?? 0n) : 0n),
    isolatedWallet: moneyText(isolatedWallet),
    isAutoAddMargin: 'false',
    notional: moneyText(notional),
    initialMargin: moneyText(locked.position + locked.orders),
    maintMargin: moneyText(maintenance(magnitude(notional))),
    positionInitialMargin: moneyText(locked.position),
    openOrderInitialMargin: moneyText(locked.orders),
    bidNotional: openNotional(orders, 'BUY'),
    askNotional: openNotional(orders, 'SELL'),
    adl: 0,
    updateTime: now,
  }
}
type Position = ReturnType<typeof position>

const picked = (values: Position, names: readonly (keyof Position)[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name]]))

/** The positions of a contract: one, or one for each side. */
const positionsOf = (call: AccountCall, instrument: Instrument) => {
  const isDualSide = call.entry.wallet(call.account).margin?.isDualSide() === true
  const sides = isDualSide ? (['LONG', 'SHORT'] as const) : (['BOTH'] as const)
  return sides.map((side) => position(call, instrument, side))
}

/** Of contracts in which there is one, or ever was; and of the one that is named. */
const held = (call: AccountCall) => {
  const holdings = call.entry.wallet(call.account).holdings()
  const symbols = new Set([call.symbol, ...holdings.map(({ instrument }) => instrument.symbol)])
  return [...call.entry.instruments()].filter(({ symbol }) => symbols.has(symbol))
}

/** The positions of an account, of one symbol where it is named; `names` are the keys that the call has. */
export const positionRisk =
  (names: readonly (keyof Position)[]): AccountAnswer =>
  (call) =>
    held(call)
      .filter(({ symbol }) => call.symbol === '' || symbol === call.symbol)
      .flatMap((instrument) => positionsOf(call, instrument))
      .map((each) => picked(each, names))

/** A sum over positions. */
const total = (
  positions: readonly Position[],
  name: 'unrealizedProfit' | 'maintMargin' | 'isolatedWallet' | keyof Margins,
): Money => positions.reduce((sum, each) => sum + (money(each[name]) ?? 0n), 0n)

type Margins = Pick<Position, 'initialMargin' | 'positionInitialMargin' | 'openOrderInitialMargin'>

/** What an account has of an asset. */
const asset = (call: AccountCall, { asset, free, locked }: Balance) => {
  const own = [...call.entry.instruments()]
    .filter(({ quote }) => quote === asset)
    .flatMap((each) => positionsOf(call, each))
  const apart = total(own, 'isolatedWallet')
  const profit = total(own, 'unrealizedProfit')
  const wallet = free + locked
  return {
    asset,
    walletBalance: moneyText(wallet),
    unrealizedProfit: moneyText(profit),
    marginBalance: moneyText(wallet + profit),
    maintMargin: moneyText(total(own, 'maintMargin')),
    initialMargin: moneyText(locked),
    positionInitialMargin: moneyText(total(own, 'positionInitialMargin')),
    openOrderInitialMargin: moneyText(total(own, 'openOrderInitialMargin')),
    crossWalletBalance: moneyText(wallet - apart),
    crossUnPnl: moneyText(profit),
    availableBalance: moneyText(free),
    maxWithdrawAmount: moneyText(free),
    marginAvailable: true,
    updateTime: call.now,
  }
}

const assetsOf = (call: AccountCall) =>
  call.entry
    .wallet(call.account)
    .balances()
    .map((balance) => asset(call, balance))

/** The keys of an asset that are summed up for the whole account, by the names of the sums. */
const sums = {
  totalInitialMargin: 'initialMargin',
  totalMaintMargin: 'maintMargin',
  totalWalletBalance: 'walletBalance',
  totalUnrealizedProfit: 'unrealizedProfit',
  totalMarginBalance: 'marginBalance',
  totalPositionInitialMargin: 'positionInitialMargin',
  totalOpenOrderInitialMargin: 'openOrderInitialMargin',
  totalCrossWalletBalance: 'crossWalletBalance',
  totalCrossUnPnl: 'crossUnPnl',
  availableBalance: 'availableBalance',
  maxWithdrawAmount: 'maxWithdrawAmount',
} as const

/** An account with its assets and positions; `names` are the keys that the call has for a position. */
export const futuresAccount =
  (names: readonly (keyof Position)[]): AccountAnswer =>
  (call) => {
    const assets = assetsOf(call)
    const summed = Object.entries(sums).map(([name, key]) => {
      const sum = assets.reduce((all, each) => all + (money(each[key]) ?? 0n), 0n)
      return [name, moneyText(sum)] as const
    })
    return {
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      multiAssetsMargin: false,
      updateTime: call.now,
      ...Object.fromEntries(summed),
      assets,
      positions: positionRisk(names)({ ...call, symbol: '' }),
    }
  }

/** The balances of an account. */
export const futuresBalances: AccountAnswer = (call) =>
  assetsOf(call).map(
    ({ asset, walletBalance, crossWalletBalance, crossUnPnl, availableBalance, maxWithdrawAmount }) => ({
      accountAlias: 'SgsR',
      asset,
      balance: walletBalance,
      crossWalletBalance,
      crossUnPnl,
      availableBalance,
      maxWithdrawAmount,
      marginAvailable: true,
      updateTime: call.now,
    }),
  )

/** The fills of an account under a symbol, oldest first. */
export const userTrades: AccountAnswer = ownTrades((own) => ({
  ...fillTexts(own),
  orderId: Number(own.order.orderId),
  side: own.order.side,
  realizedPnl: moneyText(own.trade.realized),
  marginAsset: own.order.instrument.quote,
  positionSide: own.order.positionSide ?? 'BOTH',
  buyer: own.order.side === 'BUY',
  maker: own.trade.isMaker,
}))
