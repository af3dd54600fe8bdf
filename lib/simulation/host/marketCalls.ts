import { isValues } from '../../codecs/Values.js'
import type { Instrument } from '../exchange/Instrument.js'
import { isRefusal } from '../exchange/Refusal.js'
import type { Markets } from '../market/markets.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import type { MarketCall, Traded } from '../venues/MarketCall.js'
import { success, type RestAnswer, type RestRequest } from '../venues/RestMessage.js'
import type { ServerContext } from './ServerContext.js'

/** What calls about the markets are answered from. */
export interface MarketCallsConfig {
  readonly context: ServerContext
  readonly markets: Pick<Markets, 'view'>
  /** By symbol. */
  readonly instruments: ReadonlyMap<string, Instrument>
}

/** A call of the venue's table, as it is about to be answered. */
export interface FoundMarketCall {
  readonly weight: number
  readonly answer: () => RestAnswer
}

/** What is traded, by symbol, and what happened there. */
export const tradedIn = (
  instruments: MarketCallsConfig['instruments'],
  markets: MarketCallsConfig['markets'],
): ReadonlyMap<string, Traded> =>
  new Map(
    [...instruments].flatMap(([symbol, instrument]) => {
      const market = markets.view(symbol)
      return market === undefined ? [] : [[symbol, { instrument, market }] as const]
    }),
  )

/** Finds what is asked about the markets, by the table of the venue's calls. */
export const marketCalls = ({
  context: { venue, behaviour, now },
  markets,
  instruments,
}: MarketCallsConfig): ((request: RestRequest) => FoundMarketCall | undefined) => {
  const { errors, marketCalls: calls, wrapped = (value: unknown) => value } = behaviour
  const byPath = new Map(calls.map((call) => [call.path, call]))
  const traded = tradedIn(instruments, markets)

  const answer = ({ answer, isKeyed }: MarketCall, { parameters, headers }: RestRequest): RestAnswer => {
    if (isKeyed && !headers[venue.rest.apiKeyHeader.toLowerCase()]) return refuse(errors, { refusal: 'noKey' })
    const { weightPerMinute } = venue.limits
    const given = answer({ get: (name) => parameters.get(name), traded, now: now(), weightPerMinute })
    return isValues(given) && isRefusal(given) ? refuse(errors, given) : success(wrapped(given))
  }

  return (request) => {
    const call = request.method === 'GET' ? byPath.get(request.path) : undefined
    return call && { weight: call.weight((name) => request.parameters.get(name)), answer: () => answer(call, request) }
  }
}
