import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

/** v1 wants an API key for trades by their ids, v3 does not. */
const trades = (prefix: string, isKeyed: boolean) => ({
  aggTrades: { path: `${prefix}/aggTrades`, weight: 20, most: 1_000 },
  historicalTrades: { path: `${prefix}/historicalTrades`, weight: 20, most: 1_000, ...(isKeyed && { isKeyed }) },
})

test.each([
  ['spot', asterSpot, '/api', true],
  ['futures', asterFutures, '/fapi', false],
] as const)('Aster %s: v3 is signed by a wallet, v1 by a shared secret', (_, { rest }, prefix, isNamed) => {
  expect(Object.entries(rest.versions)).toEqual([
    [
      'v3',
      {
        signing: 'eip712',
        base: `${prefix}/v3`,
        depth: `${prefix}/v3/depth`,
        time: `${prefix}/v3/time`,
        ...trades(`${prefix}/v3`, false),
        listenKey: { path: `${prefix}/v3/listenKey`, authentication: 'signed', isNamed },
      },
    ],
    [
      'v1',
      {
        signing: 'hmac',
        base: `${prefix}/v1`,
        depth: `${prefix}/v1/depth`,
        time: `${prefix}/v1/time`,
        ...trades(`${prefix}/v1`, true),
        listenKey: { path: `${prefix}/v1/listenKey`, authentication: 'apiKey', isNamed },
      },
    ],
  ])
})

test('Binance has one version, and no listen keys', () => {
  expect(binanceSpot.rest.versions).toEqual({
    v3: {
      ...{ signing: ['hmac', 'ed25519'], base: '/api/v3', depth: '/api/v3/depth', time: '/api/v3/time' },
      aggTrades: { path: '/api/v3/aggTrades', weight: 4, most: 1_000 },
      historicalTrades: { path: '/api/v3/historicalTrades', weight: 25, most: 1_000 },
    },
  })
})

test('Binance futures have listen keys, and what a snapshot costs', () => {
  const { versions, depth } = binanceFutures.rest
  expect(versions).toEqual({
    v1: {
      signing: ['hmac', 'ed25519'],
      base: '/fapi/v1',
      depth: '/fapi/v1/depth',
      time: '/fapi/v1/time',
      aggTrades: { path: '/fapi/v1/aggTrades', weight: 20, most: 1_000 },
      historicalTrades: { path: '/fapi/v1/historicalTrades', weight: 20, most: 500, isKeyed: true },
      listenKey: { path: '/fapi/v1/listenKey', authentication: 'apiKey', isNamed: false },
    },
  })
  const costs = depth?.sizes?.map((size) => depth.weights.find(({ upTo }) => size <= upTo)?.weight)
  expect([depth?.sizes, costs]).toEqual([
    [5, 10, 20, 50, 100, 500, 1_000],
    [2, 2, 2, 2, 5, 10, 20],
  ])
})

test('Binance gives up to 5,000 levels', () => {
  expect(binanceSpot.rest.depth?.weights.at(-1)).toEqual({ upTo: 5_000, weight: 250 })
})

test('BingX has accounts alone', () => {
  const { isErrorCode, ...rest } = bingxSpot.rest
  expect(rest).toMatchObject({
    versions: {
      v1: {
        signing: 'hmac',
        time: '/openApi/spot/v1/server/time',
        listenKey: { path: '/openApi/user/auth/userDataStream', authentication: 'signed', isNamed: true, perSecond: 2 },
      },
    },
    apiKeyHeader: 'X-BX-APIKEY',
    scheme: { longestWindow: 5_000, isSorted: true, signs: 'plain', sourceHeader: 'X-SOURCE-KEY' },
    clockCodes: [100421],
    bans: { codes: [100410], until: ['unblocked after', 'can retry after time'] },
    transientCodes: [100500],
    credentialCodes: [100001, 100004, 100413, 100419],
  })
  expect([rest.depth, rest.usedWeightHeader]).toEqual([undefined, undefined])
  expect([-1, 0, 100_400].map(isErrorCode)).toEqual([true, false, true])
})

test.each([asterSpot, asterFutures, binanceSpot])('$name: headers and codes', ({ rest }) => {
  expect([rest.apiKeyHeader, rest.usedWeightHeader]).toEqual(['X-MBX-APIKEY', 'X-MBX-USED-WEIGHT-1M'])
  expect(rest.scheme).toEqual({ longestWindow: 60_000, signs: 'encoded' })
  expect([-1, 0, 200].map(rest.isErrorCode)).toEqual([true, false, false])
  expect(rest.clockCodes).toEqual([-1021, -4225])
  expect(rest.bans).toEqual({ codes: [-1003], until: ['banned until'] })
  expect(rest.transientCodes).toEqual([-1000, -1001, -1006, -1007, -1008, -1015, -1016])
  expect(rest.credentialCodes).toEqual([-1022, -2014, -2015])
})
