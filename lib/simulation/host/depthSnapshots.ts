import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import { failure, success, type RestAnswer, type RestRequest } from '../venues/RestMessage.js'
import type { ServerContext } from './ServerContext.js'

/** Gives the book of a symbol (upper case), or `undefined` where there is none. */
export type SnapshotOf = (symbol: string, limit: number) => DepthSnapshot | undefined

/** The depth snapshots of a venue's REST interface. */
export interface DepthSnapshots {
  /** A snapshot with the keys that the venue sends. */
  readonly answer: (request: RestRequest) => RestAnswer
  /** What a snapshot costs. */
  readonly weight: (request: RestRequest) => number
  /** Snapshots stay as they are now, or follow the books again. */
  readonly freeze: (isFrozen: boolean) => void
}

/** More levels than any venue gives. */
const MOST = 5_000

const bestOf = (snapshot: DepthSnapshot, limit: number): DepthSnapshot => ({
  ...snapshot,
  bids: [...snapshot.bids].slice(0, limit),
  asks: [...snapshot.asks].slice(0, limit),
})

export const depthSnapshots = (
  { venue, behaviour }: Pick<ServerContext, 'venue' | 'behaviour'>,
  symbols: readonly string[],
  source: SnapshotOf,
): DepthSnapshots => {
  const { depth } = venue.rest
  let frozen: ReadonlyMap<string, DepthSnapshot> | undefined

  const snapshotOf: SnapshotOf = (symbol, limit) => {
    const old = frozen?.get(symbol)
    return old === undefined ? source(symbol, limit) : bestOf(old, limit)
  }

  /** How many levels are asked for; `undefined` for what the venue does not take. */
  const limitOf = ({ parameters }: RestRequest): number | undefined => {
    const text = parameters.get('limit')
    if (text === null) return behaviour.depthLimit
    const limit = Number(text)
    const most = depth?.weights.at(-1)?.upTo ?? 0
    const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= most
    return isLimit && (depth?.sizes?.includes(limit) ?? true) ? limit : undefined
  }

  return {
    weight: (request) => {
      const limit = limitOf(request) ?? 1
      return depth?.weights.find(({ upTo }) => limit <= upTo)?.weight ?? 1
    },
    answer: (request) => {
      const symbol = request.parameters.get('symbol')
      if (symbol === null || symbol === '')
        return failure(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")
      const limit = limitOf(request)
      if (limit === undefined) return failure(-1130, "Data sent for parameter 'limit' is not valid.")
      const snapshot = snapshotOf(symbol, limit)
      if (snapshot === undefined && symbols.includes(symbol))
        return failure(-1001, 'Internal error; unable to process your request. Please try again.', 503)
      if (snapshot === undefined) return failure(-1121, 'Invalid symbol.')
      const omitted = behaviour.omits['depthSnapshot'] ?? []
      const sent = Object.fromEntries(Object.entries(snapshot).filter(([name]) => !omitted.includes(name)))
      return success(venue.depthSnapshot?.encode(sent))
    },
    freeze: (isFrozen) => {
      const now = symbols.flatMap((symbol) => {
        const snapshot = source(symbol, MOST)
        return snapshot === undefined ? [] : [[symbol, snapshot] as const]
      })
      frozen = isFrozen ? new Map(now) : undefined
    },
  }
}
