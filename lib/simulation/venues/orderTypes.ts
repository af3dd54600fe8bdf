import type { OrderTypeRow } from '../exchange/readOrder.js'

/** The types of orders that venues take. */
type OrderTypes = Readonly<Record<string, OrderTypeRow>>

const always: OrderTypes = { LIMIT: { isLimit: true }, MARKET: { isLimit: false } }

/** Aster's spot market. */
export const asterSpotTypes: OrderTypes = {
  ...always,
  STOP: { isLimit: true, trigger: 'stop', usual: 'GTC' },
  TAKE_PROFIT: { isLimit: true, trigger: 'profit', usual: 'GTC' },
  STOP_MARKET: { isLimit: false, trigger: 'stop' },
  TAKE_PROFIT_MARKET: { isLimit: false, trigger: 'profit' },
}

/** Futures. */
export const futuresTypes: OrderTypes = {
  ...asterSpotTypes,
  TRAILING_STOP_MARKET: { isLimit: false, trigger: 'trailing' },
}

/** Binance's futures, whose conditional orders have a call of their own. */
export const binanceFuturesTypes: OrderTypes = Object.fromEntries(
  Object.entries(futuresTypes).map(([type, row]) => [
    type,
    row.trigger === undefined ? row : { ...row, isElsewhere: true },
  ]),
)

/** Binance's spot market. */
export const binanceSpotTypes: OrderTypes = {
  ...always,
  STOP_LOSS: { isLimit: false, trigger: 'stop' },
  STOP_LOSS_LIMIT: { isLimit: true, trigger: 'stop' },
  TAKE_PROFIT: { isLimit: false, trigger: 'profit' },
  TAKE_PROFIT_LIMIT: { isLimit: true, trigger: 'profit' },
  LIMIT_MAKER: { isLimit: true, always: 'GTX' },
}

/** BingX's perpetual contracts. */
export const bingxSwapTypes: OrderTypes = {
  ...asterSpotTypes,
  TRIGGER_LIMIT: { isLimit: true, trigger: 'either' },
  TRIGGER_MARKET: { isLimit: false, trigger: 'either' },
}

/** BingX's spot market. */
export const bingxSpotTypes: OrderTypes = {
  ...always,
  TAKE_STOP_LIMIT: { isLimit: true, trigger: 'either' },
  TAKE_STOP_MARKET: { isLimit: false, trigger: 'either' },
  TRIGGER_LIMIT: { isLimit: true, trigger: 'either' },
  TRIGGER_MARKET: { isLimit: false, trigger: 'either' },
}
