import { spotErrors } from './binanceStyle.js'
import type { ErrorCatalogue } from './ErrorCatalogue.js'

const filter = (name: string) => ({ code: -1013, msg: `Filter failure: ${name}` })

/** The errors of Binance's spot market, where they are not Aster's: a filter is named. */
export const binanceErrors: ErrorCatalogue = {
  ...spotErrors,
  errors: {
    ...spotErrors.errors,
    precision: { code: -1111, msg: "Parameter '%s' has too much precision." },
    stepSize: filter('LOT_SIZE'),
    quantityTooLow: filter('LOT_SIZE'),
    quantityTooHigh: filter('LOT_SIZE'),
    tickSize: filter('PRICE_FILTER'),
    priceTooLow: filter('PRICE_FILTER'),
    priceTooHigh: filter('PRICE_FILTER'),
    priceAboveBand: filter('PERCENT_PRICE_BY_SIDE'),
    priceBelowBand: filter('PERCENT_PRICE_BY_SIDE'),
    notionalTooLow: filter('NOTIONAL'),
    tooManyOrders: filter('MAX_NUM_ORDERS'),
    triggers: { code: -2010, msg: 'Stop price would trigger immediately.' },
    takes: { code: -2010, msg: 'Order would immediately match and take.' },
    clientOrderId: {
      code: -1100,
      msg: "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.",
    },
  },
}
