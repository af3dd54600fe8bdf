import type { Desk } from './Desk.js'
import { holdingTexts } from './holdingTexts.js'
import { LEVERAGE } from './futuresWallet.js'
import { moneyText } from './Money.js'
import type { AccountPages } from './Trading.js'
import type { Balance, Holding } from './Wallet.js'

const unrealizedOf = (desk: Desk, holding: Holding) =>
  holdingTexts(holding, desk.mark(holding.instrument.symbol)).unrealizedProfit

const walletTexts = ({ free, locked }: Balance) => ({
  wallet: moneyText(free + locked),
  available: moneyText(free),
  margin: moneyText(locked),
})

const position = (desk: Desk, holding: Holding) => {
  const { symbol } = holding.instrument
  const mark = desk.mark(symbol)
  const { amount, entryPrice, unrealizedProfit } = holdingTexts(holding, mark)
  return { symbol, positionAmt: amount, entryPrice, unrealizedProfit, mark: holding.instrument.scale.price(mark) }
}

/** What Aster's futures say of an account; profit that is not realised is that of the middle between the best prices. */
export const asterFuturesPages: AccountPages = {
  balance: (desk, account, now) =>
    desk
      .wallet(account)
      .balances()
      .map((balance) => {
        const { wallet, available } = walletTexts(balance)
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
  account: (desk, account, now) => {
    const { balances, holdings } = desk.wallet(account)
    return {
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      updateTime: now,
      assets: balances().map((balance) => {
        const { wallet, available, margin } = walletTexts(balance)
        const amounts = { walletBalance: wallet, crossWalletBalance: wallet, availableBalance: available }
        return { asset: balance.asset, ...amounts, initialMargin: margin, marginAvailable: true, updateTime: now }
      }),
      positions: holdings().map((holding) => {
        const { symbol, positionAmt, entryPrice, unrealizedProfit } = position(desk, holding)
        const amounts = { positionAmt, entryPrice, unrealizedProfit }
        return {
          symbol,
          ...amounts,
          leverage: String(LEVERAGE),
          isolated: false,
          positionSide: 'BOTH',
          updateTime: now,
        }
      }),
    }
  },
  positions: (desk, account, symbol) =>
    desk
      .wallet(account)
      .holdings()
      .filter(({ instrument }) => symbol === undefined || instrument.symbol === symbol)
      .map((holding) => {
        const { mark, positionAmt, entryPrice } = position(desk, holding)
        return {
          symbol: holding.instrument.symbol,
          positionAmt,
          entryPrice,
          markPrice: mark,
          unRealizedProfit: unrealizedOf(desk, holding),
          liquidationPrice: '0',
          leverage: String(LEVERAGE),
          marginType: 'cross',
          isolatedMargin: '0.00000000',
          isAutoAddMargin: 'false',
          positionSide: 'BOTH',
          updateTime: 0,
        }
      }),
}
