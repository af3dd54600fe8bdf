import type { ListenKeyRow, Signing } from '../../../venues/RestTable.js'
import { authenticate, type AuthenticateConfig } from './authenticate.js'
import type { ListenKeys } from './listenKeys.js'
import { languageOf } from '../../exchange/languages.js'
import { refuse } from '../../exchange/Refusal.js'
import { success, type RestAnswer, type RestRequest } from './RestExchange.js'

/** Creates (POST), extends (PUT) or closes (DELETE) a listen key for who may. */
export const answerListenKey = (
  config: AuthenticateConfig,
  row: ListenKeyRow,
  signing: Signing,
  keys: ListenKeys,
  request: RestRequest,
  now: number,
): RestAnswer => {
  const who = authenticate(config, row, signing, request, now)
  if ('refused' in who) return who.refused
  if (request.method === 'POST') return success({ listenKey: keys.create(who.account) })
  const language = languageOf(config.venue)
  const named = request.parameters.get('listenKey') ?? ''
  if (row.isNamed && named === '')
    return config.venue.rest.hmac === 'bingx'
      ? { status: 204, body: '' }
      : refuse(language, { refusal: 'missing', detail: 'listenKey' })
  const change = request.method === 'PUT' ? keys.extend : keys.close
  return change(who.account, row.isNamed ? named : undefined)
    ? success({})
    : refuse(language, { refusal: 'listenKeyGone' })
}
