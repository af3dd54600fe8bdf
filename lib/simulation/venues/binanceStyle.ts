import type { ErrorCatalogue } from './ErrorCatalogue.js'
import type { HmacVerification, Subscriptions } from './ServerBehaviour.js'

/** What Aster's and Binance's servers have in common. */

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const names = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split('/')
      .filter((name) => name !== '')
      .map(decoded),
  )

/** Reads `/ws`, `/ws/<stream>`, `/stream` and `/stream?streams=a/b`; anything else is no endpoint. */
export const pathSubscriptions = (address: string): Subscriptions | undefined => {
  const [path = '', query = ''] = address.split('?')
  if (path === '/ws' || path.startsWith('/ws/')) return { isCombined: false, streams: names(path.slice(4)) }
  if (path !== '/stream' && path !== '/stream/') return undefined
  const streams = query.split('&').find((part) => part.startsWith('streams='))
  return { isCombined: true, streams: names((streams ?? '').slice('streams='.length)) }
}

/** Query and body as they were sent, without anything between them; the signature comes last. */
export const textHmac: HmacVerification = {
  longestWindow: 60_000,
  payload: ({ text }) => text.replace(/&?signature=[^&]*$/, ''),
}

/** A field of klines that the venues send and do not describe. */
export const klineExtra = { k: { B: '0' } }

/** The best prices in a day's ticker, which Aster leaves out. */
export const bestPrices = ['previousClose', 'bidPrice', 'bidQuantity', 'askPrice', 'askQuantity']

const legalNumber = "legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'"

const unrecorded = 'The order will not be recorded in the order history'

/** The errors of spot markets. */
export const spotErrors: ErrorCatalogue = {
  status: 400,
  errors: {
    missing: { code: -1102, msg: "Mandatory parameter '%s' was not sent, was empty/null, or malformed." },
    missingOneOf: { code: -1102, msg: 'Param %s must be sent, but both were empty/null!' },
    illegal: { code: -1100, msg: `Illegal characters found in parameter '%s'; ${legalNumber}.` },
    unwanted: { code: -1106, msg: "Parameter '%s' sent when not required." },
    invalid: { code: -1130, msg: "Data sent for parameter '%s' is not valid." },
    interval: { code: -1120, msg: 'Invalid interval.' },
    times: { code: -1023, msg: 'Start time is greater than end time.' },
    span: { code: -1127, msg: 'More than %s hours between startTime and endTime.' },
    precision: { code: -1111, msg: 'Precision is over the maximum defined for this asset.' },
    side: { code: -1117, msg: 'Invalid side.' },
    type: { code: -1116, msg: 'Invalid orderType.' },
    timeInForce: { code: -1115, msg: 'Invalid timeInForce.' },
    symbol: { code: -1121, msg: 'Invalid symbol.' },
    listenKeyGone: { code: -1125, msg: 'This listenKey does not exist.' },
    clock: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' },
    signature: { code: -1022, msg: 'Signature for this request is not valid.' },
    nonce: { code: -4225, msg: 'Nonce expired.' },
    noKey: { code: -2014, msg: 'API-key format invalid.', status: 401 },
    unknownKey: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.', status: 401 },
    unknownSigner: { code: -2015, msg: 'Invalid signer, or permissions for action.', status: 401 },
    tooOften: { code: -1003, msg: 'Too many requests.', status: 429 },
    insufficient: { code: -2010, msg: 'Account has insufficient balance for requested action.' },
    duplicate: { code: -2010, msg: 'Duplicate order sent.' },
    unknownOrder: { code: -2011, msg: 'Unknown order sent.' },
    noSuchOrder: { code: -2013, msg: 'Order does not exist.' },
    reduceOnly: { code: -2022, msg: 'ReduceOnly Order is rejected.' },
    positionSide: { code: -4061, msg: "Order's position side does not match user's setting." },
    priceTooLow: { code: -4001, msg: 'Price less than 0.' },
    quantityTooLow: { code: -4003, msg: 'Quantity less than zero.' },
    quantityTooHigh: { code: -4005, msg: 'Quantity greater than max quantity.' },
    stepSize: { code: -1111, msg: 'Precision is over the maximum defined for this asset.' },
    priceTooHigh: { code: -4002, msg: 'Price greater than max price.' },
    priceAboveBand: { code: -4016, msg: 'Price is higher than mark price multiplier cap.' },
    priceBelowBand: { code: -4024, msg: 'Price is lower than mark price multiplier floor.' },
    notionalTooLow: { code: -4164, msg: 'Order notional must be at least 5.0 (unless you select Reduce Only)' },
    tooManyOrders: { code: -2025, msg: 'Reach max open order limit.' },
    tickSize: { code: -4014, msg: 'Price not increased by tick size.' },
    clientOrderId: { code: -4015, msg: 'Client order id is not valid.' },
    leverage: { code: -4028, msg: 'Leverage %s is not valid' },
    leverageTooLow: { code: -2028, msg: 'Leverage is smaller than permitted: insufficient margin balance.' },
    sameMarginType: { code: -4046, msg: 'No need to change margin type.' },
    samePositionMode: { code: -4059, msg: 'No need to change position side.' },
    openOrders: { code: -4047, msg: 'Margin type cannot be changed if there exists open orders.' },
    openPosition: { code: -4048, msg: 'Margin type cannot be changed if there exists position.' },
    modeOpenOrders: { code: -4067, msg: 'Position side cannot be changed if there exists open orders.' },
    modeOpenPosition: { code: -4068, msg: 'Position side cannot be changed if there exists position.' },
    notIsolated: { code: -4049, msg: 'Add margin only support for isolated position.' },
    noPosition: { code: -4054, msg: 'Cannot add position margin: position is 0.' },
    amountTooLow: { code: -4055, msg: 'Amount must be positive.' },
    crossBalance: { code: -4050, msg: 'Cross balance insufficient.' },
    isolatedBalance: { code: -4051, msg: 'Isolated balance insufficient.' },
    isolatedLeverage: {
      code: -4161,
      msg: 'Leverage reduction is not supported in Isolated Margin Mode with open positions.',
    },
    workingType: { code: -4031, msg: 'Invalid parameter working type: %s' },
    stopPriceTooLow: { code: -4006, msg: 'Stop price less than zero.' },
    triggers: { code: -2021, msg: 'Order would immediately trigger.' },
    takes: {
      code: -5022,
      msg: `Due to the order could not be executed as maker, the Post Only order will be rejected. ${unrecorded}`,
    },
    unfillable: {
      code: -5021,
      msg: `Due to the order could not be filled immediately, the FOK order has been rejected. ${unrecorded}`,
    },
    sameOrder: { code: -5027, msg: 'No need to modify the order.' },
    closeAllQuantity: { code: -4137, msg: 'Quantity must be zero with closePosition equals true' },
    otherEndpoint: {
      code: -4120,
      msg: 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
    },
    batchSize: { code: -4082, msg: 'Invalid number of batch place orders: %s' },
    cancelSize: { code: -4032, msg: 'Exceed maximum cancel order size.' },
    replaceFailed: { code: -2022, msg: 'Order cancel-replace failed.' },
    replacePartly: { code: -2021, msg: 'Order cancel-replace partially failed.', status: 409 },
    notHere: { code: -4084, msg: 'Method is not allowed currently. Upcoming soon.' },
    unavailable: {
      ...{ code: -1001, msg: 'Internal error; unable to process your request. Please try again.', status: 503 },
    },
  },
}
