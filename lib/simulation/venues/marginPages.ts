import {
  changeLeverage as change,
  changeMargin,
  changeMarginType as changeType,
  changePositionMode as changeMode,
  MOST_LEVERAGE,
  type OfContract,
} from '../exchange/accountSettings.js'
import { Decimal } from '../../codecs/Decimal.js'
import type { Instrument } from '../exchange/Instrument.js'
import { money, moneyText } from '../exchange/Money.js'
import type { Refusal } from '../exchange/Refusal.js'
import { CAP } from './futuresPages.js'
import { selected } from './selected.js'
import { ofOwnSymbol, type AccountAnswer, type AccountCall } from './Trading.js'

/** What Aster's and Binance's futures let accounts change of their margins and positions, and tell of it. */

/** Answers about the contract that a call names. */
const ofContract = (answer: (of: OfContract, call: AccountCall) => unknown): AccountAnswer =>
  ofOwnSymbol((call) => {
    const { entry, account, symbol } = call
    const [instrument, { margin }] = [entry.instrument(symbol), entry.wallet(account)]
    if (instrument === undefined || margin === undefined) return { refusal: 'symbol' } satisfies Refusal
    return answer({ entry, account, instrument, margin }, call)
  })

const done = { code: 200, msg: 'success' }

/** A parameter that is one of these texts. */
const chosen = <A extends string>({ get }: AccountCall, name: string, texts: readonly A[]): A | Refusal => {
  const written = get(name)
  if (written === null || written === '') return { refusal: 'missing', detail: name }
  return texts.find((text) => text === written) ?? { refusal: 'invalid', detail: name }
}

export const changeLeverage = ofContract((of, { get, symbol }) => {
  const leverage = get('leverage')
  if (leverage === null || leverage === '') return { refusal: 'missing', detail: 'leverage' }
  return change(of, Number(leverage)) ?? { leverage: Number(leverage), maxNotionalValue: String(CAP), symbol }
})

export const changeMarginType = ofContract((of, call) => {
  const type = chosen(call, 'marginType', ['ISOLATED', 'CROSSED'])
  return typeof type === 'string' ? (changeType(of, type === 'ISOLATED') ?? done) : type
})

const isDualSide = ({ entry, account }: AccountCall) => entry.wallet(account).margin?.isDualSide() === true

export const positionMode: AccountAnswer = (call) => ({ dualSidePosition: isDualSide(call) })
export const changePositionMode: AccountAnswer = (call) => {
  const { entry, account } = call
  const is = chosen(call, 'dualSidePosition', ['true', 'false'])
  const { margin } = entry.wallet(account)
  if (typeof is !== 'string' || margin === undefined) return is
  return changeMode({ entry, account, margin }, is === 'true') ?? done
}

/** One asset is the margin of a contract, and nothing else is possible here. */
export const multiAssetsMode: AccountAnswer = () => ({ multiAssetsMargin: false })
export const changeMultiAssetsMode: AccountAnswer = (call) => {
  const is = chosen(call, 'multiAssetsMargin', ['true', 'false'])
  return typeof is === 'string' ? ({ refusal: 'notHere' } satisfies Refusal) : is
}

export const changePositionMargin = ofContract((of, call) => {
  const [type, positionSide] = [chosen(call, 'type', ['1', '2']), call.get('positionSide') ?? 'BOTH']
  if (typeof type !== 'string') return type
  const text = call.get('amount')
  if (text === null || text === '') return { refusal: 'missing', detail: 'amount' }
  const amount = Decimal.is(text) ? money(text) : undefined
  if (amount === undefined) return { refusal: 'illegal', detail: 'amount' }
  const side = (['BOTH', 'LONG', 'SHORT'] as const).find((each) => each === positionSide)
  if (side === undefined || (side === 'BOTH') === isDualSide(call)) return { refusal: 'positionSide' }
  if (amount <= 0n) return { refusal: 'amountTooLow' }
  const refusal = changeMargin(of, side, type === '1' ? amount : -amount)
  if (refusal !== undefined) return refusal
  return { amount: Number(text), code: 200, msg: 'Successfully modify position margin.', type: Number(type) }
})

/** When the margins of a contract were changed, and by how much. */
export const marginChanges = ofContract(({ instrument }, { entry, account, get }) => {
  const { symbol, quote } = instrument
  const type = get('type') ?? ''
  const all = entry.changes(account).flatMap(({ at, changed }) => {
    if (changed.kind !== 'margin' || changed.instrument !== instrument) return []
    const { amount, positionSide } = changed
    const kind = amount > 0n ? 1 : 2
    return [
      { amount: moneyText(amount > 0n ? amount : -amount), asset: quote, symbol, time: at, type: kind, positionSide },
    ]
  })
  return selected(
    all.filter((each) => type === '' || String(each.type) === type),
    get,
    { time: ({ time }) => time },
  )
})

const brackets = ({ symbol }: Instrument) => ({
  symbol,
  brackets: [
    { bracket: 1, initialLeverage: MOST_LEVERAGE, notionalCap: CAP, notionalFloor: 0, maintMarginRatio: 0.004, cum: 0 },
  ],
})

/** What is asked of the contract that is named, or of all. */
const ofContracts =
  (answer: (instrument: Instrument, call: AccountCall) => unknown, isListed: boolean): AccountAnswer =>
  (call) => {
    const named = call.entry.instrument(call.symbol)
    if (named !== undefined && !isListed) return answer(named, call)
    return (named === undefined ? [...call.entry.instruments()] : [named]).map((each) => answer(each, call))
  }

/** By how much positions may be leveraged: one symbol's alone where it is named. */
export const leverageBrackets = ofContracts(brackets, false)

/** How an account trades contracts. */
export const symbolConfig = ofContracts(({ symbol }, { entry, account }) => {
  const { margin } = entry.wallet(account)
  return {
    symbol,
    marginType: margin?.isIsolated(symbol) === true ? 'ISOLATED' : 'CROSSED',
    isAutoAddMargin: false,
    leverage: margin?.leverage(symbol),
    maxNotionalValue: String(CAP),
  }
}, true)

/** How an account trades. */
export const accountConfig: AccountAnswer = (call) => ({
  feeTier: 0,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  dualSidePosition: isDualSide(call),
  updateTime: 0,
  multiAssetsMargin: false,
  tradeGroupId: -1,
})

/** Nobody's position is taken by auto-deleveraging here. */
export const adlQuantiles = ofContracts(({ symbol }, call) => {
  const isShared = isDualSide(call) && call.entry.wallet(call.account).margin?.isIsolated(symbol) !== true
  return { symbol, adlQuantile: { LONG: 0, SHORT: 0, ...(isShared ? { HEDGE: 0 } : { BOTH: 0 }) } }
}, true)

/** Nobody is liquidated here. */
export const forcedOrders: AccountAnswer = () => []

/** Cancels all orders of a contract when nobody has said for so long that they may stay. */
export const countdownCancelAll: AccountAnswer = ofOwnSymbol(({ entry, trading, account, symbol, get, later }) => {
  const countdownTime = get('countdownTime')
  if (countdownTime === null || countdownTime === '') return { refusal: 'missing', detail: 'countdownTime' }
  if (!/^\d{1,15}$/.test(countdownTime)) return { refusal: 'illegal', detail: 'countdownTime' }
  later(`${account} ${symbol}`, Number(countdownTime), () =>
    entry.cancelAll(account, symbol, (order) => trading.isElsewhere?.(order) !== true),
  )
  return { symbol, countdownTime }
})

/** What fills cost and brought, oldest first. */
export const income: AccountAnswer = ({ entry, account, symbol, get }) => {
  const type = get('incomeType') ?? ''
  const all = entry.trades(account).flatMap(({ at, order, trade }) => {
    const { symbol, quote } = order.instrument
    const rows = [
      ['COMMISSION', -trade.commission, trade.commissionAsset],
      ['REALIZED_PNL', trade.realized, quote],
    ] as const
    return rows
      .filter(([, amount]) => amount !== 0n)
      .map(([incomeType, amount, asset]) => {
        const tradeId = String(trade.tradeId)
        return {
          symbol,
          incomeType,
          income: moneyText(amount),
          asset,
          info: tradeId,
          time: at,
          tranId: trade.tradeId,
          tradeId,
        }
      })
  })
  const suits = all.filter((each) => symbol === '' || each.symbol === symbol)
  return selected(
    suits.filter(({ incomeType }) => type === '' || incomeType === type),
    get,
    { time: ({ time }) => time, usual: 100 },
  )
}
