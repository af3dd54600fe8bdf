import { parse, stringify } from 'lossless-json'
import { Subscription } from 'rxjs'
import { isValues } from '../../codecs/Values.js'
import type { ListenKeyRow, RestPaths } from '../../venues/RestTable.js'
import type { Venue } from '../../venues/Venue.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import { failure, page, success, type RestAnswer, type RestRequest } from '../venues/RestMessage.js'
import type { AccountCall, Trading } from '../venues/Trading.js'
import { authenticate, type AuthenticationConfig } from './authenticate.js'
import type { DepthSnapshots } from './depthSnapshots.js'
import type { RestCall, RestFault } from './faults.js'
import type { ListenKeys } from './listenKeys.js'
import type { marketCalls } from './marketCalls.js'
import { answerOrderCall } from './orderCalls.js'
import { minuteWeight, rateLimit } from './rateLimits.js'
import type { ServerContext } from './ServerContext.js'
import { after } from '../../timing/wait.js'

/** What a venue's REST interface answers from. */
export interface RestServerConfig {
  readonly context: ServerContext
  readonly snapshots: DepthSnapshots
  readonly keys: ListenKeys
  readonly authentication: AuthenticationConfig
  /** Finds calls about the markets. */
  readonly marketCall: ReturnType<typeof marketCalls>
  /** Where accounts trade, and how. Default: they cannot. */
  readonly trading?: { readonly entry: OrderEntry; readonly how: Trading }
}

/** A venue's REST interface. */
export interface RestServer {
  /** Responds once, at once or later, or never. */
  readonly request: (request: RestRequest, respond: (answer: RestAnswer) => void) => void
  /** Counts the weight of a request that came another way: false where that is more than a minute may have. */
  readonly spend: (weight: number) => boolean
  /** Leaves no timer. */
  readonly stop: () => void
}

interface FoundCall {
  readonly call: RestCall
  readonly weight: number
  readonly answer: () => RestAnswer
}

/** Counts the calls for listen keys where the venue counts them apart from everything else. */
const listenKeyLimits = ({ rest: { versions } }: Venue): ((row: ListenKeyRow, now: number) => boolean) => {
  const rates = new Map(
    Object.values(versions).flatMap(({ listenKey: row }) =>
      row?.perSecond === undefined ? [] : [[row, rateLimit({ most: row.perSecond, per: 1_000 })] as const],
    ),
  )
  return (row, now) => rates.get(row)?.(now) ?? false
}

const retrying = (answer: RestAnswer, retryAfter: number | undefined): RestAnswer =>
  retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } }

/** An object, or each of a list, without a key. */
const without = (value: unknown, key: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => without(one, key))
  return isValues(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : value
}

/** The answer with a fault in it; `late` and `silent` are about when it is sent. */
const spoiled = (give: () => RestAnswer, fault: RestFault | undefined): RestAnswer => {
  switch (fault?._tag) {
    case 'error':
      return retrying(failure(fault.code, fault.msg, fault.status), fault.retryAfter)
    case 'html':
      return retrying(page(fault.status), fault.retryAfter)
    case 'cut': {
      const answer = give()
      return { ...answer, body: answer.body.slice(0, answer.body.length >>> 1) }
    }
    case 'lacks': {
      const answer = give()
      return { ...answer, body: stringify(without(parse(answer.body), fault.key)) ?? '' }
    }
    default:
      return give()
  }
}

const listenKeyMethods = ['POST', 'PUT', 'DELETE']

/** Answers the calls of the venue's table. */
export const restServer = (config: RestServerConfig): RestServer => {
  const { context, snapshots, keys, authentication, marketCall, trading } = config
  const { venue, behaviour, scheduler, now, faults } = context
  const { errors } = behaviour
  const timers = new Subscription()
  const spendWeight = minuteWeight()
  const isTooOften = listenKeyLimits(venue)

  const waiting = new Map<string, Subscription>()
  const later: AccountCall['later'] = (name, ms, work) => {
    waiting.get(name)?.unsubscribe()
    waiting.delete(name)
    if (ms === 0) return
    const timer = after(ms, scheduler, work)
    waiting.set(name, timer)
    timers.add(timer)
  }

  /** Creates (POST), extends (PUT) or closes (DELETE) a listen key. */
  const answerListenKey = (row: ListenKeyRow, { signing }: RestPaths, request: RestRequest): RestAnswer => {
    if (isTooOften(row, now())) return refuse(errors, { refusal: 'tooOften' })
    const who = authenticate(authentication, row, signing, request, now())
    if ('refused' in who) return who.refused
    if (request.method === 'POST') return success({ listenKey: keys.create(who.account) })
    const named = request.parameters.get('listenKey') ?? ''
    if (row.isNamed && named === '')
      return behaviour.unnamedListenKey ?? refuse(errors, { refusal: 'missing', detail: 'listenKey' })
    const change = request.method === 'PUT' ? keys.extend : keys.close
    const isDone = change(who.account, row.isNamed ? named : undefined)
    return isDone ? success({}) : refuse(errors, { refusal: 'listenKeyGone' })
  }

  const findOrderCall = (request: RestRequest): FoundCall | undefined => {
    const { method, path, parameters } = request
    const endpoint = trading?.how.endpoints.find((each) => each.method === method && each.path === path)
    if (trading === undefined || endpoint === undefined) return undefined
    const { operation, signing, weight, weightOfAll = weight } = endpoint
    const answer = () => {
      const who = authenticate(authentication, { authentication: 'signed' }, signing, request, now())
      if ('refused' in who) return who.refused
      return answerOrderCall(trading.how, behaviour, endpoint, trading.entry, who.account, request, now(), later)
    }
    const call = typeof operation === 'function' ? 'account' : 'order'
    return { call, weight: parameters.has('symbol') ? weight : weightOfAll, answer }
  }

  const find = (request: RestRequest): FoundCall | undefined => {
    const { method, path } = request
    for (const paths of Object.values(venue.rest.versions)) {
      if (method === 'GET' && path === paths.depth)
        return { call: 'depth', weight: snapshots.weight(request), answer: () => snapshots.answer(request) }
      if (method === 'GET' && path === paths.time)
        return { call: 'time', weight: 1, answer: () => success({ serverTime: now() }) }
      const row = paths.listenKey
      if (row !== undefined && path === row.path && listenKeyMethods.includes(method))
        return { call: 'listenKey', weight: 1, answer: () => answerListenKey(row, paths, request) }
    }
    const asked = marketCall(request)
    return asked === undefined ? findOrderCall(request) : { call: 'market', ...asked }
  }

  return {
    stop: () => timers.unsubscribe(),
    spend: (weight) => spendWeight(weight, now()).used <= venue.limits.weightPerMinute,
    request: (request, respond) => {
      const found = find(request)
      if (found === undefined) return respond(page(404))
      const { used, left } = spendWeight(found.weight, now())
      const { usedWeightHeader } = venue.rest
      const weighed = usedWeightHeader === undefined ? {} : { [usedWeightHeader]: String(used) }
      const reply = ({ headers, ...answer }: RestAnswer) => respond({ ...answer, headers: { ...weighed, ...headers } })
      if (used > venue.limits.weightPerMinute) {
        const tooMany = failure(-1003, 'Too many requests.', 429)
        return reply({ ...tooMany, headers: { 'Retry-After': String(Math.ceil(left / 1_000)) } })
      }
      const fault = faults.rest[found.call].take()
      const answer = spoiled(found.answer, fault)
      if (fault?._tag === 'silent') return
      if (fault?._tag === 'late') timers.add(after(fault.delay, scheduler, () => reply(answer)))
      else reply(answer)
    },
  }
}
