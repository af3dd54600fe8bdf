import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Subscription } from 'rxjs'
import type { ListenKeyRow } from '../../../venues/RestTable.js'
import type { Venue } from '../../../venues/Venue.js'
import { answerDepth, depthWeight, type SnapshotOf } from './answerDepth.js'
import { answerListenKey } from './answerListenKey.js'
import { authenticate, type AuthenticateConfig } from './authenticate.js'
import { later } from '../later.js'
import type { ListenKeys } from './listenKeys.js'
import { messageRate } from '../sockets/messageRate.js'
import { answerTrading } from '../../exchange/answerTrading.js'
import type { Desk } from '../../exchange/Desk.js'
import { languageOf } from '../../exchange/languages.js'
import { refuse } from '../../exchange/Refusal.js'
import type { Does, Trading } from '../../exchange/Trading.js'
import type { Planned } from '../faults/planned.js'
import type { Premises } from '../Premises.js'
import { failure, page, success, type RestAnswer, type RestRequest } from './RestExchange.js'
import type { RestCall, RestFault } from '../faults/RestFault.js'
import { spoiled } from '../faults/spoiled.js'
import { weights } from './weights.js'

/** What a venue's REST interface answers from. */
export interface RestServerConfig {
  readonly premises: Premises
  readonly snapshotOf: SnapshotOf
  readonly keys: ListenKeys
  readonly authentication: AuthenticateConfig
  readonly faults: Readonly<Record<RestCall, Planned<RestFault>>>
  /** Where accounts trade, and how. Default: they cannot. */
  readonly trading?: { readonly desk: Desk; readonly how: Trading }
}

interface Found {
  readonly call: RestCall
  readonly weight: number
  readonly answer: () => RestAnswer
}

const aboutMoney: readonly Does[] = ['account', 'balance', 'positions']

const callOf = (does: Does): RestCall => (aboutMoney.includes(does) ? 'account' : 'order')

/** Counts the calls for listen keys where the venue counts them apart from everything else. */
const tooOftenOf = ({ rest: { versions } }: Venue): ((row: ListenKeyRow, now: number) => boolean) => {
  const rates = new Map(
    Object.values(versions).flatMap(({ listenKey: row }) =>
      row?.perSecond === undefined ? [] : [[row, messageRate(row.perSecond)] as const],
    ),
  )
  return (row, now) => rates.get(row)?.(now) ?? false
}

const read = async (message: IncomingMessage): Promise<RestRequest> => {
  let body = ''
  message.setEncoding('utf8')
  for await (const part of message) body += String(part)
  const [path = '', query = ''] = (message.url ?? '').split('?')
  const parameters = new URLSearchParams([query, body].filter((part) => part !== '').join('&'))
  return { method: message.method ?? '', path, text: query + body, parameters, headers: message.headers }
}

/** Answers the calls of the venue's table, until the subscription ends. */
export const restServer = (server: Server, config: RestServerConfig): Subscription => {
  const { premises, snapshotOf, keys, authentication, faults, trading } = config
  const { venue, manner, scheduler, now } = premises
  const timers = new Subscription()
  const spend = weights()
  const language = languageOf(venue)
  const tooOften = tooOftenOf(venue)

  const findTrading = (request: RestRequest): Found | undefined => {
    const { method, path, parameters } = request
    const endpoint = trading?.how.endpoints.find((each) => each.method === method && each.path === path)
    if (trading === undefined || endpoint === undefined) return undefined
    const { does, signing, weight, weightOfAll = weight } = endpoint
    const answer = () => {
      const who = authenticate(authentication, { authentication: 'signed' }, signing, request, now())
      if ('refused' in who) return who.refused
      return answerTrading(trading.how, language, endpoint, trading.desk, who.account, request, now())
    }
    return { call: callOf(does), weight: parameters.has('symbol') ? weight : weightOfAll, answer }
  }

  const find = (request: RestRequest): Found | undefined => {
    const { method, path } = request
    for (const paths of Object.values(venue.rest.versions)) {
      if (method === 'GET' && path === paths.depth) {
        const answer = () => answerDepth(venue, manner, snapshotOf, request)
        return { call: 'depth', weight: depthWeight(venue, request), answer }
      }
      if (method === 'GET' && path === paths.time)
        return { call: 'time', weight: 1, answer: () => success({ serverTime: now() }) }
      if (path === paths.listenKey?.path && ['POST', 'PUT', 'DELETE'].includes(method)) {
        const row = paths.listenKey
        const answer = () =>
          tooOften(row, now())
            ? refuse(language, { refusal: 'tooOften' })
            : answerListenKey(authentication, row, paths.signing, keys, request, now())
        return { call: 'listenKey', weight: 1, answer }
      }
    }
    return findTrading(request)
  }

  const reply = (response: ServerResponse, { status, body, headers }: RestAnswer) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(body)
  }

  const serve = (request: RestRequest, response: ServerResponse) => {
    const found = find(request)
    if (found === undefined) return reply(response, page(404))
    const { used, left } = spend(found.weight, now())
    if (venue.rest.usedWeightHeader !== undefined) response.setHeader(venue.rest.usedWeightHeader, String(used))
    if (used > venue.limits.weightPerMinute) {
      const tooMany = failure(-1003, 'Too many requests.', 429)
      return reply(response, { ...tooMany, headers: { 'Retry-After': String(Math.ceil(left / 1_000)) } })
    }
    const fault = faults[found.call].take()
    const answer = spoiled(found.answer, fault)
    if (fault?._tag === 'silent') return
    if (fault?._tag === 'late') timers.add(later(fault.delay, scheduler, () => reply(response, answer)))
    else reply(response, answer)
  }

  server.on('request', (message, response) => {
    read(message).then(
      (request) => serve(request, response),
      // The client went away before it had said everything.
      () => response.destroy(),
    )
  })
  return timers
}
