import type { Venue } from '../../venues/Venue.js'
import type { Language } from './Refusal.js'

const aster: Language = {
  status: 400,
  words: {
    missing: { code: -1102, msg: "Mandatory parameter '%s' was not sent, was empty/null, or malformed." },
    missingOneOf: { code: -1102, msg: 'Param %s must be sent, but both were empty/null!' },
    illegal: {
      code: -1100,
      msg: "Illegal characters found in parameter '%s'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
    },
    unwanted: { code: -1106, msg: "Parameter '%s' sent when not required." },
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
    tickSize: { code: -4014, msg: 'Price not increased by tick size.' },
    clientOrderId: { code: -4015, msg: 'Client order id is not valid.' },
  },
}

const asterFutures: Language = {
  ...aster,
  words: {
    ...aster.words,
    insufficient: { code: -2019, msg: 'Margin is insufficient.' },
    duplicate: { code: -4116, msg: 'ClientOrderId is duplicated.' },
  },
}

const invalid = (msg: string) => ({ code: 100400, msg })

/** Errors come with the HTTP status of a success. */
const bingx: Language = {
  status: 200,
  words: {
    missing: invalid('%s is empty'),
    missingOneOf: invalid('one of %s is needed'),
    illegal: invalid('%s is not a number'),
    unwanted: invalid('%s is not needed'),
    precision: invalid('the precision is over the maximum'),
    side: invalid('invalid side'),
    type: invalid('invalid type'),
    timeInForce: invalid('invalid timeInForce'),
    symbol: invalid('this symbol does not exist'),
    listenKeyGone: { code: 100404, msg: 'listen key does not exist', status: 404 },
    clock: { code: 100421, msg: 'Null timestamp or timestamp mismatch' },
    signature: { code: 100001, msg: 'Signature verification failed' },
    nonce: { code: 100421, msg: 'Null timestamp or timestamp mismatch' },
    noKey: { code: 100413, msg: 'Incorrect apiKey' },
    unknownKey: { code: 100413, msg: 'Incorrect apiKey' },
    unknownSigner: { code: 100413, msg: 'Incorrect apiKey' },
    tooOften: { code: 100410, msg: 'rate limitation' },
    insufficient: { code: 100202, msg: 'Insufficient assets' },
    duplicate: invalid('clientOrderID is duplicated'),
    unknownOrder: { code: 80016, msg: 'order does not exist' },
    noSuchOrder: { code: 80016, msg: 'order does not exist' },
    reduceOnly: invalid('reduceOnly is not needed'),
    positionSide: invalid('positionSide is not needed'),
    priceTooLow: invalid('price must be greater than 0'),
    quantityTooLow: invalid('quantity must be greater than 0'),
    quantityTooHigh: invalid('quantity is too great'),
    tickSize: invalid('price does not fit the tick size'),
    clientOrderId: invalid('clientOrderID is not valid'),
  },
}

const others: Readonly<Record<string, Language>> = { asterFutures, bingxSpot: bingx }

/** How a venue words its refusals; those that are not listed speak as Aster's and Binance's spot markets do. */
export const languageOf = ({ name }: Venue): Language => others[name] ?? aster
