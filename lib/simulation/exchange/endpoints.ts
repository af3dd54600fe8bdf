import type { Signing } from '../../venues/RestTable.js'
import type { Does, TradingEndpoint } from './Trading.js'

type Row = readonly [method: TradingEndpoint['method'], name: string, does: Does, weight: number, weightOfAll?: number]

const orders: readonly Row[] = [
  ['POST', 'order', 'place', 1],
  ['GET', 'order', 'query', 1],
  ['DELETE', 'order', 'cancel', 1],
  ['GET', 'openOrder', 'openOrder', 1],
  ['GET', 'openOrders', 'openOrders', 1, 40],
  ['DELETE', 'allOpenOrders', 'cancelAll', 1],
  ['GET', 'allOrders', 'allOrders', 5],
]

const under = (prefix: string, signing: Signing, rows: readonly Row[]): readonly TradingEndpoint[] =>
  rows.map(([method, name, does, weight, weightOfAll]) => ({
    method,
    path: `${prefix}/${name}`,
    signing,
    does,
    weight,
    ...(weightOfAll !== undefined && { weightOfAll }),
  }))

const spotRows: readonly Row[] = [...orders, ['GET', 'account', 'account', 5]]

/** Of Aster's prediction markets. */
export const predictionEndpoints = under('/api/v3', 'eip712', spotRows)

/** Of Aster's spot market. */
export const spotEndpoints = [...predictionEndpoints, ...under('/api/v1', 'hmac', spotRows)]

/** Of Aster's futures; what tells of accounts went on to v2 and v4 where the rest is v1. */
export const futuresEndpoints = [
  ...under('/fapi/v3', 'eip712', [
    ...orders,
    ['GET', 'balance', 'balance', 5],
    ['GET', 'account', 'account', 5],
    ['GET', 'positionRisk', 'positions', 5],
  ]),
  ...under('/fapi/v1', 'hmac', orders),
  ...under('/fapi', 'hmac', [
    ['GET', 'v2/balance', 'balance', 5],
    ['GET', 'v4/account', 'account', 5],
    ['GET', 'v2/positionRisk', 'positions', 5],
  ]),
]

/** Of BingX's spot market. */
export const bingxEndpoints = under('/openApi/spot/v1', 'hmac', [
  ['POST', 'trade/order', 'place', 1],
  ['POST', 'trade/cancel', 'cancel', 1],
  ['POST', 'trade/cancelOpenOrders', 'cancelAll', 1],
  ['GET', 'trade/query', 'query', 1],
  ['GET', 'trade/openOrders', 'openOrders', 1],
  ['GET', 'trade/historyOrders', 'allOrders', 1],
  ['GET', 'account/balance', 'account', 1],
])
