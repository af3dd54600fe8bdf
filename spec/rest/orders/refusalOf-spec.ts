import { refusalOf } from '../../../lib/rest/orders/refusalOf.js'
import { RestError, type RestFailure } from '../../../lib/rest/RestError.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'

const error = (failure: RestFailure) => new RestError('POST /order', failure)
const said = (code: number, reason: string, status = 400): RestFailure => ({ kind: 'venue', status, code, reason })

test.each([
  [asterSpot, -2010, 'Account has insufficient balance for requested action.', 'insufficient'],
  [asterSpot, -2010, 'Duplicate order sent.', 'duplicate'],
  [asterSpot, -2010, 'NEW_ORDER_REJECTED', 'other'],
  [asterSpot, -2018, 'Balance is insufficient.', 'insufficient'],
  [asterSpot, -2011, 'Unknown order sent.', 'unknownOrder'],
  [asterSpot, -2013, 'Order does not exist.', 'unknownOrder'],
  [asterFutures, -2019, 'Margin is insufficient.', 'insufficient'],
  [asterFutures, -2021, 'Order would immediately trigger.', 'immediate'],
  [asterFutures, -2022, 'ReduceOnly Order is rejected.', 'position'],
  [asterFutures, -4061, "Order's position side does not match user's setting.", 'position'],
  [asterFutures, -4116, 'ClientOrderId is duplicated.', 'duplicate'],
  [asterFutures, -1121, 'Invalid symbol.', 'symbol'],
  [asterFutures, -4164, "Order's notional must be no smaller than 5.0", 'filter'],
  [asterFutures, -1111, 'Precision is over the maximum defined for this asset.', 'filter'],
  [asterFutures, -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed.", 'malformed'],
  [asterFutures, -1022, 'Signature for this request is not valid.', 'credentials'],
  [asterFutures, -4225, 'Nonce Expired', 'clock'],
  [asterFutures, -2025, 'Reach max open order limit.', 'tooManyOrders'],
  [asterFutures, -4120, 'Order type not supported for this endpoint.', 'malformed'],
  [asterFutures, -9999, 'Something new.', 'other'],
  [binanceSpot, -2010, 'Order would immediately match and take.', 'immediate'],
  [binanceSpot, -2010, 'Market is closed.', 'symbol'],
  [binanceSpot, -2010, 'This symbol is restricted for this account.', 'other'],
  [binanceSpot, -1013, 'Filter failure: LOT_SIZE', 'filter'],
  [binanceSpot, -2021, 'Order cancel-replace partially failed.', 'other'],
  [binanceSpot, -2026, 'Order was canceled or expired with no executed qty over 90 days ago.', 'unknownOrder'],
  [bingxSpot, 100202, 'Insufficient assets', 'insufficient'],
  [bingxSpot, 80016, 'order does not exist', 'unknownOrder'],
  [bingxSpot, 100404, 'Order does not exist.', 'unknownOrder'],
  [bingxSpot, 100400, 'order not exist', 'unknownOrder'],
  [bingxSpot, 100400, 'this symbol does not exist', 'symbol'],
  [bingxSpot, 100400, 'quantity is empty', 'malformed'],
  [bingxSpot, 100400, 'quantity must be greater than 0', 'filter'],
  [bingxSpot, 100400, 'the order amount is below the minimum of 5', 'filter'],
  [bingxSpot, 100400, 'the precision is over the maximum', 'filter'],
  [bingxSpot, 100421, 'LIMIT pending orders reached max', 'tooManyOrders'],
  [bingxSpot, 100421, 'Null timestamp or timestamp mismatch', 'clock'],
  [bingxSpot, 100490, 'spot symbol is offline', 'symbol'],
] as const)('$0.name %i %s: %s', ({ orders }, code, text, reason) => {
  expect(refusalOf(orders, error(said(code, text)))).toEqual({ _tag: 'Refused', reason, code, text })
})

test.each([
  ['no answer', { kind: 'network', reason: 'ECONNRESET' }],
  ['none in time', { kind: 'timeout', reason: 'no answer within 10000 ms', after: 10_000 }],
  ['an answer that is cut', { kind: 'body', status: 200, path: '', reason: 'expected JSON' }],
  ['503 of a gateway', { kind: 'http', status: 503, reason: '<html>' }],
  ['408', { kind: 'http', status: 408, reason: '' }],
  ['a venue that does not know', said(-1007, 'Send status unknown; execution status unknown.')],
  ['a venue that does not expect it', said(-1006, 'Execution status unknown.')],
  ['a refusal that an error of the server says', said(-2010, 'Account has insufficient balance', 500)],
  ['a rate limit that an error of the server says', { kind: 'rateLimited', status: 503, reason: '', retryAfter: 9 }],
] as const)('%s: it may have been done', (_, failure) => {
  expect(refusalOf(asterFutures.orders, error(failure))).toBeUndefined()
})

test('what never left, and what the venue did not take, were not done', () => {
  const refusal = (failure: RestFailure) => refusalOf(asterFutures.orders, error(failure))
  expect(refusal({ kind: 'notSent', reason: 'it waited' })).toEqual({
    ...{ _tag: 'Refused', reason: 'notSent', text: 'it waited' },
  })
  expect(refusal({ kind: 'rateLimited', status: 429, code: -1003, reason: 'Too many', retryAfter: 5_000 })).toEqual({
    ...{ _tag: 'Refused', reason: 'rateLimited', code: -1_003, text: 'Too many', retryAfter: 5_000 },
  })
  expect(refusal({ kind: 'http', status: 403, reason: '<html>' })).toMatchObject({ reason: 'other', text: '<html>' })
})

test('BingX that is busy may have done it', () => {
  expect(refusalOf(bingxSpot.orders, error(said(100500, 'busy', 200)))).toBeUndefined()
})
