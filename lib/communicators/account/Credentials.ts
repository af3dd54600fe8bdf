import { createRest } from '../../rest/createRest.js'
import { ed25519Signer, type Ed25519Config } from '../../rest/ed25519Signer.js'
import { eip712Signer, type Eip712Config } from '../../rest/eip712Signer.js'
import { hmacSigner, type HmacConfig } from '../../rest/hmacSigner.js'
import type { Rest, RestConfig } from '../../rest/Rest.js'
import type { Venue } from '../../venues/Venue.js'
import type { AccountCommunicatorConfig } from './AccountCommunicatorConfig.js'

/** Whose account it is: one of four. */
export type Credentials =
  /** Aster v1, Binance, BingX. Without the secret only what needs no more than the key works: enough for Aster's listen keys. */
  | (Pick<HmacConfig, 'apiKey' | 'source'> & Partial<Pick<HmacConfig, 'secret'>>)
  /** Binance: a private key of Ed25519. */
  | Pick<Ed25519Config, 'apiKey' | 'privateKey'>
  /** Aster v3. */
  | Pick<Eip712Config, 'user' | 'privateKey' | 'signer' | 'chainId'>
  /** A rest that has credentials: so its budget, its clock and its nonces are shared with whoever else uses it. */
  | { readonly rest: Rest }

const expected = 'accountCommunicator: expected credentials { apiKey }, { user, privateKey } or { rest }'

/** What proves who asks. @throws TypeError for credentials that are none; they are not shown. */
export const restOf = (venue: Venue, credentials: Credentials, config: AccountCommunicatorConfig): Rest => {
  const given = namesIn(credentials)
  const [only] = given
  if (only === undefined || given.length > 1)
    throw new TypeError(`${expected}, came ${only === undefined ? 'none of them' : given.join(' and ')}`)
  if ('rest' in credentials) return shared(venue, credentials.rest, config)
  return createRest({ ...clockOf(config), ...config.rest, venue, ...proofOf(venue, credentials) })
}

/** The secrets in somebody's credentials. */
export const secretsIn = (credentials: Credentials): readonly (string | undefined)[] => {
  if ('rest' in credentials) return []
  if ('apiKey' in credentials) return [credentials.apiKey, 'secret' in credentials ? credentials.secret : undefined]
  return [credentials.privateKey, credentials.privateKey.replace(/^0x/i, '')]
}

const namesIn = (credentials: unknown): readonly string[] =>
  typeof credentials !== 'object' || credentials === null
    ? []
    : ['apiKey', 'privateKey', 'rest'].filter((name) => {
        // An API key with a private key is one, unless that is a wallet's.
        const isOfApiKey = name === 'privateKey' && has(credentials, 'apiKey') && !has(credentials, 'user')
        return has(credentials, name) && !isOfApiKey
      })

const has = (credentials: object, name: string): boolean => Reflect.get(credentials, name) !== undefined

const shared = (venue: Venue, rest: Rest, config: AccountCommunicatorConfig): Rest => {
  if (rest.venue.rest !== venue.rest)
    throw new TypeError(`accountCommunicator: expected a rest of ${venue.name}, came one of ${rest.venue.name}`)
  if (config.rest !== undefined)
    throw new TypeError('accountCommunicator: expected either a rest or a config for one, came both')
  return rest
}

const clockOf = ({ scheduler, random }: AccountCommunicatorConfig) => ({
  ...(scheduler !== undefined && { scheduler }),
  ...(random !== undefined && { random }),
})

const proofOf = (
  venue: Venue,
  credentials: Exclude<Credentials, { readonly rest: Rest }>,
): Pick<RestConfig, 'signer' | 'apiKey'> => {
  const missing = Object.entries(needed(credentials)).find(([, value]) => typeof value !== 'string' || value === '')
  if (missing !== undefined) throw new TypeError(`${expected}; ${missing[0]} is no text, or an empty one`)
  if ('user' in credentials) return { signer: eip712Signer(credentials) }
  if ('privateKey' in credentials) return { signer: ed25519Signer({ venue, ...credentials }) }
  const { apiKey, secret, source } = credentials
  return secret === undefined
    ? { apiKey }
    : { signer: hmacSigner({ venue, apiKey, secret, ...(source !== undefined && { source }) }) }
}

const needed = (credentials: Exclude<Credentials, { readonly rest: Rest }>) => {
  if (!('apiKey' in credentials)) return { user: credentials.user, privateKey: credentials.privateKey }
  if ('privateKey' in credentials) return { apiKey: credentials.apiKey }
  const { apiKey, secret } = credentials
  return secret === undefined ? { apiKey } : { apiKey, secret }
}
