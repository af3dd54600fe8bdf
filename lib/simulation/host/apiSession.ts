import type { Subscription } from 'rxjs'
import { isValues, type Values } from '../../codecs/Values.js'
import { after } from '../../timing/wait.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import { parsedJson } from '../venues/parsedJson.js'
import { restRequest, type RestAnswer } from '../venues/RestMessage.js'
import type { ApiBehaviour } from '../venues/ServerBehaviour.js'
import { byApiRequest, type Authenticated, type AuthenticationConfig } from './authenticate.js'
import type { RestServer } from './restServer.js'
import type { ApiSession, ServerContext } from './ServerContext.js'

/** What such connections work with. */
export interface ApiSessionConfig {
  readonly context: ServerContext
  readonly api: ApiBehaviour
  readonly rest: Pick<RestServer, 'request' | 'spend'>
  readonly authentication: AuthenticationConfig
  readonly now: () => number
}

/** The result of a request, or why it is refused. */
type Answer = { readonly result: unknown } | { readonly refused: RestAnswer }

const done = (result: unknown): Answer => ({ result })
const refused = (code: number, msg: string, status = 400): Answer => ({
  refused: { status, body: JSON.stringify({ code, msg }) },
})

/** As REST has them: texts, numbers and flags. */
const parametersOf = (params: unknown): URLSearchParams =>
  new URLSearchParams(
    Object.entries(isValues(params) ? params : {}).flatMap(([name, value]) =>
      value === undefined || value === null
        ? []
        : [[name, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string]],
    ),
  )

/** Answers `{"id":…,"method":"…","params":{…}}` as the venue does; what REST has, too, is asked there. */
export const apiSession = (
  config: ApiSessionConfig,
  timers: Subscription,
  send: (text: string) => void,
): ApiSession => {
  const { context, api, rest, authentication, now } = config
  const { venue, faults, behaviour, scheduler } = context
  const subscribed = new Map<number, string>()
  let loggedOn: { readonly account: string; readonly apiKey: string } | undefined
  let next = 0
  const { weight = 0 } = venue.websocketApi ?? {}
  rest.spend(weight)

  const textOf = (id: unknown, answer: Answer): string => {
    if (!('refused' in answer)) return JSON.stringify({ id, status: 200, result: answer.result })
    const { status, body } = answer.refused
    return JSON.stringify({ id, status, error: parsedJson(body)?.value })
  }
  const event = (e: string): string => JSON.stringify(venue.account[e]?.event.encode({ eventTime: now() }))
  const subscriptionsTo: ApiSession['subscriptionsTo'] = (account) =>
    [...subscribed].filter(([, one]) => account === undefined || one === account).map(([id]) => id)
  const end: ApiSession['end'] = (ids) => {
    for (const id of ids)
      if (subscribed.delete(id)) send(`{"subscriptionId":${id},"event":${event('eventStreamTerminated')}}`)
  }
  const subscribe = (account: string): Answer => {
    if ([...subscribed.values()].includes(account))
      return refused(-2035, 'User Data Stream subscription already active on this connection.')
    const subscriptionId = next++
    subscribed.set(subscriptionId, account)
    return done({ subscriptionId })
  }
  const whoSigned = (parameters: URLSearchParams): Authenticated => {
    const who = byApiRequest(authentication, parameters, now())
    const { clock } = behaviour.errors.errors
    if (!('refused' in who) || who.refused.body !== refuse(behaviour.errors, { refusal: 'clock' }).body) return who
    const body = JSON.stringify({ code: clock.code, msg: clock.msg, data: { serverTime: now() } })
    return { refused: { ...who.refused, body } }
  }
  const signed = (parameters: URLSearchParams, act: (account: string) => Answer): Answer => {
    const who = whoSigned(parameters)
    return 'refused' in who ? who : act(who.account)
  }

  const session = () => done({ apiKey: loggedOn?.apiKey ?? null, serverTime: now() })
  const hasPublicKey = (apiKey: string) =>
    authentication.accounts.some((one) => one.apiKey === apiKey && one.publicKey !== undefined)

  /** What is about this connection alone. */
  const own: Readonly<Record<string, (parameters: URLSearchParams) => Answer>> = {
    ping: () => done({}),
    time: () => done({ serverTime: now() }),
    'session.logon': (parameters) =>
      signed(parameters, (account) => {
        const apiKey = parameters.get('apiKey') ?? ''
        if (!hasPublicKey(apiKey)) return { refused: refuse(behaviour.errors, { refusal: 'signature' }) }
        loggedOn = { account, apiKey }
        return session()
      }),
    'session.status': session,
    'session.logout': () => {
      if (loggedOn !== undefined) end(subscriptionsTo(loggedOn.account))
      loggedOn = undefined
      return session()
    },
    'session.subscriptions': () => done([...subscribed.keys()].map((subscriptionId) => ({ subscriptionId }))),
    'userDataStream.subscribe': () =>
      loggedOn === undefined
        ? { refused: refuse(behaviour.errors, { refusal: 'unknownKey' }) }
        : subscribe(loggedOn.account),
    'userDataStream.subscribe.signature': (parameters) => signed(parameters, subscribe),
    'userDataStream.unsubscribe': (parameters) => {
      const named = parameters.get('subscriptionId')
      const ids = named === null ? [...subscribed.keys()] : [Number(named)]
      if (ids.some((id) => !subscribed.has(id))) return refused(-2036, 'No active User Data Stream subscription.')
      end(ids)
      return done({})
    },
  }

  /** What REST has, too: by its signature, or, without one, by whoever is logged on. */
  const byRest = (
    [verb, path, isSigned = false]: NonNullable<ApiBehaviour['calls'][string]>,
    parameters: URLSearchParams,
    reply: (answer: Answer) => void,
  ) => {
    const ask = (account: string | undefined) => {
      const request = restRequest(verb, path, parameters.toString(), {})
      rest.request({ ...request, ...(account !== undefined && { account }) }, (answer) =>
        reply(answer.status < 300 ? done(parsedJson(answer.body)?.value) : { refused: answer }),
      )
    }
    if (!isSigned) return ask(undefined)
    if (loggedOn !== undefined && !parameters.has('signature')) return ask(loggedOn.account)
    const who = whoSigned(parameters)
    if ('refused' in who) reply(who)
    else ask(who.account)
  }

  const asked = (method: string, parameters: URLSearchParams, reply: (answer: Answer) => void) => {
    const give = Object.hasOwn(own, method) ? own[method] : undefined
    if (give !== undefined) {
      if (rest.spend(weight)) return reply(give(parameters))
      return reply({ refused: refuse(behaviour.errors, { refusal: 'tooOften' }) })
    }
    const call = Object.hasOwn(api.calls, method) ? api.calls[method] : undefined
    if (call === undefined) reply(refused(-1020, 'This operation is not supported.'))
    else byRest(call, parameters, reply)
  }

  return {
    receive: (text) => {
      const value = parsedJson(text)?.value
      const { id = null, method, params }: Values = isValues(value) ? value : {}
      const reply = (answer: Answer) => send(textOf(id, answer))
      if (typeof method !== 'string') return reply(refused(-1135, 'Invalid JSON Request.'))
      const fault = faults.requests.take()
      if (fault?._tag === 'ignore') return
      if (fault?._tag === 'refuse')
        return send(textOf(fault.shape === 'bare' ? null : id, refused(fault.code, fault.msg)))
      asked(method, parametersOf(params), (answer) => {
        if (fault?._tag === 'late') timers.add(after(fault.delay, scheduler, () => reply(answer)))
        else reply(answer)
      })
    },
    subscriptionsTo,
    end,
    refuseKey: () => send(textOf(null, { refused: refuse(behaviour.errors, { refusal: 'unknownKey' }) })),
  }
}
