import type { DepthSnapshot } from '../../../events/DepthSnapshot.js'
import type { Venue } from '../../../venues/Venue.js'
import type { Manner } from '../Manner.js'
import { failure, success, type RestAnswer, type RestRequest } from './RestExchange.js'

/** Gives the book of a symbol (upper case), or `undefined` where there is none. */
export type SnapshotOf = (symbol: string, limit: number) => DepthSnapshot | undefined

/** Levels a side where a request does not say how many. */
const USUAL = 100
const FUTURES_USUAL = 500

/** How many levels are asked for; `undefined` for what the venue does not take. */
const limitOf = ({ rest: { depth }, ...venue }: Venue, { parameters }: RestRequest): number | undefined => {
  const text = parameters.get('limit')
  if (text === null) return 'markPrice' in venue.streams ? FUTURES_USUAL : USUAL
  const limit = Number(text)
  const most = depth?.weights.at(-1)?.upTo ?? 0
  const isOne = Number.isInteger(limit) && limit >= 1 && limit <= most
  return isOne && (depth?.sizes?.includes(limit) ?? true) ? limit : undefined
}

/** What a snapshot costs. */
export const depthWeight = (venue: Venue, request: RestRequest): number => {
  const limit = limitOf(venue, request) ?? 1
  return venue.rest.depth?.weights.find(({ upTo }) => limit <= upTo)?.weight ?? 1
}

/** A depth snapshot with the keys that the venue sends. */
export const answerDepth = (
  venue: Venue,
  { omits }: Manner,
  snapshotOf: SnapshotOf,
  request: RestRequest,
): RestAnswer => {
  const symbol = request.parameters.get('symbol')
  if (symbol === null || symbol === '')
    return failure(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")
  const limit = limitOf(venue, request)
  if (limit === undefined) return failure(-1130, "Data sent for parameter 'limit' is not valid.")
  const snapshot = snapshotOf(symbol, limit)
  if (snapshot === undefined) return failure(-1121, 'Invalid symbol.')
  const left = omits['depthSnapshot'] ?? []
  const told = Object.fromEntries(Object.entries(snapshot).filter(([name]) => !left.includes(name)))
  return success(venue.depthSnapshot?.encode(told))
}
