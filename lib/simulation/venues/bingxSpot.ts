import { isValues } from '../../codecs/Values.js'
import { bingxSpotCalls } from './bingxMarketCalls.js'
import { bingxSpotStreams } from './bingxStreams.js'
import { bingxTrading } from './bingxTrading.js'
import type { ErrorCatalogue } from './ErrorCatalogue.js'
import { parsedJson } from './parsedJson.js'
import { sortedPairs } from './ServerBehaviour.js'
import type { AnswerRequest, ServerBehaviour, Subscriptions, TextHeartbeat } from './ServerBehaviour.js'

const INVALID = 100_400
const TOO_OFTEN = 100_410

/** Reads `?listenKey=…`, or nothing; anything else is no endpoint. */
export const listenKeySubscriptions = (address: string): Subscriptions | undefined => {
  const [path = '', query = ''] = address.split('?')
  if (path !== '' && path !== '/') return undefined
  const listenKey = new URLSearchParams(query).get('listenKey')
  return { isCombined: true, streams: new Set(), ...(listenKey !== null && { listenKey }) }
}

const idOf = (text: string): string => {
  const value = parsedJson(text)?.value
  return isValues(value) && typeof value['id'] === 'string' ? value['id'] : ''
}

/** An error; a request whose id cannot be read is answered without one. */
const requestError = (text: string, code: number, msg: string) => {
  const id = idOf(text)
  return { ...(id !== '' && { id }), code, msg }
}

/**
 * Answers `{"id":"…","reqType":"sub","dataType":"…"}`, by both documented forms of the answer: one for each type. Without `reqType` it
 * subscribes.
 */
const answer: AnswerRequest = (text, subscriptions, { hasStream, now, streamsPerConnection }) => {
  const refused = (msg: string) => ({ reply: requestError(text, INVALID, msg), subscriptions })
  const value = parsedJson(text)?.value
  if (!isValues(value)) return refused('invalid request')
  const { reqType, dataType } = value
  const id = idOf(text)
  if (id === '') return refused('id: expected a text')
  if (reqType !== undefined && reqType !== 'sub' && reqType !== 'unsub')
    return refused('reqType: expected sub or unsub')
  if (typeof dataType !== 'string' || !hasStream(dataType)) return refused('dataType: not supported')
  const streams = new Set(subscriptions.streams)
  if (reqType === 'unsub') {
    streams.delete(dataType)
    const reply = { id, code: 0, msg: '', dataType: '', data: null }
    return { reply, subscriptions: { ...subscriptions, streams }, isAccepted: true }
  }
  streams.add(dataType)
  if (streams.size > streamsPerConnection) return refused('too many subscriptions')
  const reply = { id, code: 0, msg: 'SUCCESS', timestamp: now() }
  return { reply, subscriptions: { ...subscriptions, streams }, isAccepted: true }
}

const PONG = 'Pong'

/** The text `Ping`, and an object that must come back, in turn. */
const textHeartbeat: TextHeartbeat = {
  heartbeat: (n, time) => {
    if (n % 2 === 0) return { text: 'Ping', answer: PONG }
    const ping = n.toString(16).padStart(32, '0')
    return { text: JSON.stringify({ ping, time }), answer: `${ping} ${time}` }
  },
  answerIn: (text) => {
    if (text === PONG) return PONG
    const value = parsedJson(text)?.value
    if (!isValues(value) || typeof value['pong'] !== 'string') return undefined
    return `${value['pong']} ${String(value['time'])}`
  },
}

const invalid = (msg: string) => ({ code: INVALID, msg })
const wrongClock = { code: 100421, msg: 'Null timestamp or timestamp mismatch' }
const wrongKey = { code: 100413, msg: 'Incorrect apiKey' }
const farPrice = { code: 100440, msg: 'Order price deviates greatly from the market price' }
const noOrder = { code: 80016, msg: 'order does not exist' }

/** Errors come with the HTTP status of a success. */
const errors: ErrorCatalogue = {
  status: 200,
  errors: {
    missing: invalid('%s is empty'),
    missingOneOf: invalid('one of %s is needed'),
    illegal: invalid('%s is not a number'),
    unwanted: invalid('%s is not needed'),
    invalid: invalid('%s is not valid'),
    interval: invalid('invalid interval'),
    times: invalid('startTime is after endTime'),
    span: invalid('more than %s hours between startTime and endTime'),
    precision: invalid('the precision is over the maximum'),
    side: invalid('invalid side'),
    type: invalid('invalid type'),
    timeInForce: invalid('invalid timeInForce'),
    symbol: invalid('this symbol does not exist'),
    listenKeyGone: { code: 100404, msg: 'listen key does not exist', status: 404 },
    clock: wrongClock,
    signature: { code: 100001, msg: 'Signature verification failed' },
    nonce: wrongClock,
    noKey: wrongKey,
    unknownKey: wrongKey,
    unknownSigner: wrongKey,
    tooOften: { code: TOO_OFTEN, msg: 'rate limitation' },
    insufficient: { code: 100202, msg: 'Insufficient assets' },
    duplicate: invalid('clientOrderID is duplicated'),
    unknownOrder: noOrder,
    noSuchOrder: noOrder,
    reduceOnly: invalid('reduceOnly is not needed'),
    positionSide: invalid('positionSide is not needed'),
    priceTooLow: invalid('price must be greater than 0'),
    quantityTooLow: invalid('quantity must be greater than 0'),
    quantityTooHigh: invalid('quantity is too great'),
    stepSize: invalid('the precision is over the maximum'),
    priceTooHigh: invalid('price is too great'),
    priceAboveBand: farPrice,
    priceBelowBand: farPrice,
    notionalTooLow: invalid('the order amount is below the minimum of 5'),
    tooManyOrders: { code: 100421, msg: 'LIMIT pending orders reached max' },
    tickSize: invalid('price does not fit the tick size'),
    clientOrderId: invalid('clientOrderID is not valid'),
    leverage: invalid('leverage is not needed'),
    leverageTooLow: invalid('leverage is not needed'),
    sameMarginType: invalid('marginType is not needed'),
    samePositionMode: invalid('positionSide is not needed'),
    openOrders: invalid('marginType is not needed'),
    openPosition: invalid('marginType is not needed'),
    modeOpenOrders: invalid('positionSide is not needed'),
    modeOpenPosition: invalid('positionSide is not needed'),
    notIsolated: invalid('marginType is not needed'),
    noPosition: invalid('positionSide is not needed'),
    amountTooLow: invalid('amount must be greater than 0'),
    crossBalance: invalid('amount is not needed'),
    isolatedBalance: invalid('amount is not needed'),
    isolatedLeverage: invalid('leverage is not needed'),
    workingType: invalid('workingType is not needed'),
    stopPriceTooLow: invalid('stopPrice must be greater than 0'),
    triggers: invalid('the order would be triggered at once'),
    takes: invalid('the order would be filled at once'),
    unfillable: invalid('the order cannot be filled at once'),
    sameOrder: invalid('the order is as it is'),
    closeAllQuantity: invalid('quantity is not needed'),
    otherEndpoint: invalid('this type is not supported here'),
    batchSize: invalid('%s orders are too many, or too few'),
    cancelSize: invalid('too many orders to cancel'),
    replaceFailed: noOrder,
    replacePartly: invalid('one of the two orders failed'),
    notHere: invalid('this call is not supported'),
    unavailable: { code: 100500, msg: 'internal system error', status: 503 },
  },
}

/** The servers of BingX's spot market. */
export const bingxSpotServer: ServerBehaviour = {
  symbols: ['BTC-USDT'],
  skipsIds: false,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 5_000, within: 10_000 },
  textHeartbeat,
  subscriptionsOf: listenKeySubscriptions,
  answer,
  answerTooOften: (text) => requestError(text, TOO_OFTEN, 'rate limit'),
  envelope: { code: 0 },
  bareStreams: ['ACCOUNT_UPDATE'],
  omits: {},
  adds: {},
  errors,
  marketCalls: bingxSpotCalls,
  polled: bingxSpotStreams,
  wrapped: (data) => ({ code: 0, msg: '', debugMsg: '', data }),
  hmac: {
    longestWindow: 5_000,
    /** All parameters by their names, as they were before they were encoded. */
    payload: ({ parameters }) => sortedPairs(parameters),
  },
  unnamedListenKey: { status: 204, body: '' },
  trading: bingxTrading,
}
