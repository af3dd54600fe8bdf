import type { Values } from '../../codecs/Values.js'
import type { AccountConfigUpdate } from '../../events/AccountConfigUpdate.js'
import { positionFields } from '../exchange/futuresWallet.js'
import type { Instrument } from '../exchange/Instrument.js'
import { money, moneyText, type Money } from '../exchange/Money.js'
import { isOpen, openLots, type Order } from '../exchange/Order.js'
import type { LeverageChange } from '../exchange/orderEntry.js'
import type { Balance } from '../exchange/Wallet.js'
import { fillTexts, ownTrades } from './ownTrades.js'
import { ofOwnSymbol, type AccountAnswer, type AccountCall } from './Trading.js'

/** What Aster's and Binance's futures answer about an account. */

/** One bracket for all: up to this amount at any leverage, four thousandths of which have to stay as margin. */
const CAP = 1_000_000_000
const MOST_LEVERAGE = 125
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
const position = ({ entry, account, now }: AccountCall, instrument: Instrument) => {
  const { symbol, scale, quote, tickLot } = instrument
  const wallet = entry.wallet(account)
  const none = { instrument, lots: 0, cost: 0n, realized: 0n }
  const holding = wallet.holdings().find((each) => each.instrument.symbol === symbol) ?? none
  const mark = entry.mark(symbol)
  const { amount, entryPrice, unrealizedProfit } = positionFields(holding, mark)
  const notional = (BigInt(Math.round(mark * 2)) * BigInt(holding.lots) * tickLot) / 2n
  const locked = wallet.margin?.locked(instrument) ?? { position: 0n, orders: 0n }
  const orders = entry.orders(account, symbol)
  return {
    symbol,
    positionSide: 'BOTH',
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
    marginType: 'cross',
    marginAsset: quote,
    isolated: false,
    isolatedMargin: '0.00000000',
    isolatedWallet: '0',
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

/** Those that are there, or ever were. */
const held = (call: AccountCall) => {
  const symbols = new Set(
    call.entry
      .wallet(call.account)
      .holdings()
      .map(({ instrument }) => instrument.symbol),
  )
  return [...call.entry.instruments()].filter(({ symbol }) => symbols.has(symbol))
}

/** The positions of an account, of one symbol where it is named; `names` are the keys that the call has. */
export const positionRisk =
  (names: readonly (keyof Position)[]): AccountAnswer =>
  (call) =>
    held(call)
      .filter(({ symbol }) => call.symbol === '' || symbol === call.symbol)
      .map((instrument) => picked(position(call, instrument), names))

/** A sum over positions. */
const total = (positions: readonly Position[], name: 'unrealizedProfit' | 'maintMargin' | keyof Margins): Money =>
  positions.reduce((sum, each) => sum + (money(each[name]) ?? 0n), 0n)

type Margins = Pick<Position, 'initialMargin' | 'positionInitialMargin' | 'openOrderInitialMargin'>

/** What an account has of an asset. */
const asset = (call: AccountCall, { asset, free, locked }: Balance) => {
  const own = [...call.entry.instruments()].filter(({ quote }) => quote === asset).map((each) => position(call, each))
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
    crossWalletBalance: moneyText(wallet),
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
  assetsOf(call).map(({ asset, walletBalance, crossUnPnl, availableBalance, maxWithdrawAmount }) => ({
    accountAlias: 'SgsR',
    asset,
    balance: walletBalance,
    crossWalletBalance: walletBalance,
    crossUnPnl,
    availableBalance,
    maxWithdrawAmount,
    marginAvailable: true,
    updateTime: call.now,
  }))

/** The fills of an account under a symbol, oldest first. */
export const userTrades: AccountAnswer = ownTrades((own) => ({
  ...fillTexts(own),
  orderId: Number(own.order.orderId),
  side: own.order.side,
  realizedPnl: moneyText(own.trade.realized),
  marginAsset: own.order.instrument.quote,
  positionSide: 'BOTH',
  buyer: own.order.side === 'BUY',
  maker: own.trade.isMaker,
}))

/** An account has another leverage from now on. */
export const changeLeverage: AccountAnswer = ofOwnSymbol(({ entry, account, symbol, get }) => {
  const leverage = get('leverage')
  if (leverage === null || leverage === '') return { refusal: 'missing', detail: 'leverage' }
  const refusal = entry.changeLeverage(account, symbol, Number(leverage))
  return refusal ?? { leverage: Number(leverage), maxNotionalValue: String(CAP), symbol }
})

/** Positions share the margin of their account, and nothing else is possible here. */
export const changeMarginType: AccountAnswer = ofOwnSymbol(({ get }) =>
  get('marginType') === 'CROSSED' ? { refusal: 'sameMarginType' } : { refusal: 'notHere' },
)

/** There is one position for each symbol, and nothing else is possible here. */
export const positionMode: AccountAnswer = () => ({ dualSidePosition: false })
export const changePositionMode: AccountAnswer = ({ get }) =>
  get('dualSidePosition') === 'false' ? { refusal: 'samePositionMode' } : { refusal: 'notHere' }

export const multiAssetsMode: AccountAnswer = () => ({ multiAssetsMargin: false })

const brackets = ({ symbol }: Instrument) => ({
  symbol,
  brackets: [
    { bracket: 1, initialLeverage: MOST_LEVERAGE, notionalCap: CAP, notionalFloor: 0, maintMarginRatio: 0.004, cum: 0 },
  ],
})

/** By how much positions may be leveraged: one symbol's alone where it is named. */
export const leverageBrackets: AccountAnswer = ({ entry, symbol }) => {
  const named = entry.instrument(symbol)
  return named === undefined ? [...entry.instruments()].map(brackets) : brackets(named)
}

/** What an account hears of its leverage. */
export const leverageUpdate = ({ at, symbol, leverage }: LeverageChange): AccountConfigUpdate => ({
  eventTime: at,
  transactionTime: at,
  leverage: { symbol, leverage },
})
