import { matching } from '../../../lib/simulation/market/matching.js'
import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import type { Execution } from '../../../lib/simulation/exchange/Execution.js'
import { spotFilters } from '../../../lib/simulation/exchange/Filters.js'
import { instrument } from '../../../lib/simulation/exchange/Instrument.js'
import type { OrderRequest } from '../../../lib/simulation/exchange/Order.js'
import { orderEntry, type OrderEntryConfig } from '../../../lib/simulation/exchange/orderEntry.js'
import type { spotWallet } from '../../../lib/simulation/exchange/spotWallet.js'
import type { WalletConfig } from '../../../lib/simulation/exchange/Wallet.js'

export const SYMBOL = 'BTCUSDT'
const bitcoin = instrument(SYMBOL, bitcoinScale, { ...spotFilters, leastNotional: 0n, band: Infinity })
export const one = 100_000_000n
const fees = { maker: 200n, taker: 700n }

interface Happened extends Pick<Execution, 'type' | 'order' | 'trade'> {
  readonly free: bigint
}

/** Accounts who meet nobody but each other. */
export const pit = (
  balances: WalletConfig['balances'],
  kind: typeof spotWallet,
  more: Partial<OrderEntryConfig> = {},
) => {
  const book = matching()
  const executions: Happened[] = []
  let nextTradeId = 1
  let time = 0
  const act: OrderEntryConfig['act'] = (_, action) => {
    const outcome = 'cancel' in action ? book.cancel(action.cancel) : book.submit(action)
    if (outcome === undefined) return undefined
    const fills = outcome.fills.map((fill) => ({ ...fill, tradeId: nextTradeId++ }))
    return { at: ++time, outcome, fills, publications: [] }
  }
  const entry = orderEntry({
    instruments: new Map([[SYMBOL, bitcoin]]),
    now: () => time,
    book: () => book,
    act,
    take: (symbol, side, price, quantity) =>
      act(symbol, { side: side === 'BUY' ? 'SELL' : 'BUY', price, quantity, timeInForce: 'IOC' }),
    publish: () => undefined,
    wallet: (_, open) => kind({ balances, open, fees }),
    firstOrderId: 7n,
    newClientOrderId: () => `made-${time}`,
    executed: ({ type, order, trade, wallet }) => {
      const free = wallet.balances().find(({ asset }) => asset === 'USDT')?.free ?? 0n
      executions.push({ type, order, ...(trade && { trade }), free })
    },
    changed: () => undefined,
    ...more,
  })
  return { entry, book, executions, trades: () => nextTradeId - 1 }
}

export const limit = (side: 'BUY' | 'SELL', quantity: number, price: number): OrderRequest => ({
  side,
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity,
  price,
  isReduceOnly: false,
})
