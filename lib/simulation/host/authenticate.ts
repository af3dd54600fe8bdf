import { createHmac, verify } from 'node:crypto'
import type { ListenKeyRow, RestPaths } from '../../venues/RestTable.js'
import type { Venue } from '../../venues/Venue.js'
import type { Reason } from '../exchange/Refusal.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'
import { sortedPairs, type ServerBehaviour } from '../venues/ServerBehaviour.js'
import { accountName } from './trading.js'
import type { VenueAccount } from './VenueConfig.js'
import { signedBy, type Nonces } from './walletSignature.js'

/** Who may call, and what they prove it by. */
export interface AuthenticationConfig {
  readonly venue: Venue
  readonly behaviour: Pick<ServerBehaviour, 'errors' | 'hmac'>
  readonly accounts: readonly VenueAccount[]
  readonly nonces: Nonces
  /** What EIP-712 signatures are made for. */
  readonly chainId: number
  /** API keys that are taken no more. */
  readonly revoked?: ReadonlySet<string>
}

/** Who calls, or why they are refused. */
export type Authenticated = { readonly account: string } | { readonly refused: RestAnswer }

/** Finds who calls, by the proof that the call requires. */
export const authenticate = (
  config: AuthenticationConfig,
  { authentication }: Pick<ListenKeyRow, 'authentication'>,
  signing: RestPaths['signing'],
  request: RestRequest,
  now: number,
): Authenticated => {
  if (request.account !== undefined) return { account: request.account }
  if (authentication === 'apiKey') return byApiKey(config, keyIn(config, request))
  return signing === 'eip712' ? byWallet(config, request, now) : byHmac(config, request, now)
}

const refused = ({ behaviour }: Pick<AuthenticationConfig, 'behaviour'>, refusal: Reason): Authenticated => ({
  refused: refuse(behaviour.errors, { refusal }),
})

type KeyConfig = Omit<AuthenticationConfig, 'nonces' | 'chainId'>

const keyIn = ({ venue }: KeyConfig, { headers }: Pick<RestRequest, 'headers'>): unknown =>
  headers[venue.rest.apiKeyHeader.toLowerCase()]

/** Who has this API key; where no accounts are listed, each key is an account of its own. */
const byApiKey = (config: KeyConfig, apiKey: unknown): Authenticated => {
  const { accounts, revoked } = config
  if (typeof apiKey !== 'string' || apiKey === '') return refused(config, 'noKey')
  if (revoked?.has(apiKey) === true) return refused(config, 'unknownKey')
  const place = accounts.findIndex((known) => known.apiKey === apiKey)
  if (place >= 0) return { account: accountName(place) }
  return accounts.length > 0 ? refused(config, 'unknownKey') : { account: keyAccount(apiKey) }
}

/** How long a request without `recvWindow` is valid, and how far ahead of the venue's a clock may be, in ms. */
const WINDOW = 5_000
const AHEAD = 1_000

/** Whether this is the signature of a text, by the account's secret or for its public key. */
const isSignature = ({ secret, publicKey }: VenueAccount, payload: string, signature: string): boolean =>
  publicKey === undefined
    ? secret !== undefined && createHmac('sha256', secret).update(payload).digest('hex') === signature
    : verify(null, Buffer.from(payload), publicKey, Buffer.from(signature, 'base64'))

/** Who has this API key and signed a text with it, not too long ago. Only accounts that are listed can sign. */
const byKey = (
  config: KeyConfig,
  apiKey: unknown,
  parameters: URLSearchParams,
  payload: string,
  now: number,
): Authenticated => {
  const who = byApiKey(config, apiKey)
  if ('refused' in who) return who
  const { behaviour, accounts } = config
  const timestamp = Number(parameters.get('timestamp') ?? NaN)
  const window = Math.min(behaviour.hmac.longestWindow, Number(parameters.get('recvWindow') ?? WINDOW))
  if (!(timestamp < now + AHEAD && now - timestamp <= window)) return refused(config, 'clock')
  const account = accounts.find((known) => known.apiKey === apiKey) ?? {}
  return isSignature(account, payload, parameters.get('signature') ?? '') ? who : refused(config, 'signature')
}

/** Who signed a call of REST with a secret or a private key. */
export const byHmac = (config: KeyConfig, request: RestRequest, now: number): Authenticated =>
  byKey(config, keyIn(config, request), request.parameters, config.behaviour.hmac.payload(request), now)

/** Who signed a request on a WebSocket: all its parameters by their names, as they are. */
export const byApiRequest = (config: KeyConfig, parameters: URLSearchParams, now: number): Authenticated =>
  byKey(config, parameters.get('apiKey') ?? undefined, parameters, sortedPairs(parameters), now)

/** Who signed with this wallet; where no accounts are listed, each wallet is an account of its own. */
export const byWallet = (
  config: Omit<AuthenticationConfig, 'venue'>,
  { parameters, text }: RestRequest,
  now: number,
): Authenticated => {
  const { accounts, nonces, chainId } = config
  const signer = (parameters.get('signer') ?? '').toLowerCase()
  if (signedBy(text, chainId) !== signer) return refused(config, 'signature')
  const place = accounts.findIndex((known) => known.signer?.toLowerCase() === signer)
  if (place < 0 && accounts.length > 0) return refused(config, 'unknownSigner')
  if (!nonces.accept(signer, Number(parameters.get('nonce')), now)) return refused(config, 'nonce')
  return { account: place < 0 ? walletAccount(signer) : accountName(place) }
}

const keyAccount = (apiKey: string) => `key ${apiKey}`
const walletAccount = (address: string) => `wallet ${address.toLowerCase()}`

/**
 * An account's name, by its place among those that are listed, its API key, or the address of its API wallet.
 *
 * @throws TypeError where it is not among those that are listed.
 */
export const chosenAccount = (accounts: readonly VenueAccount[], which: number | string): string => {
  const isWallet = typeof which === 'string' && /^0x[0-9a-f]{40}$/i.test(which)
  const isChosen = ({ apiKey, signer }: VenueAccount) =>
    isWallet ? signer?.toLowerCase() === which.toLowerCase() : apiKey === which
  const place = typeof which === 'number' ? which : accounts.findIndex(isChosen)
  if (accounts[place] !== undefined) return accountName(place)
  if (typeof which === 'string' && accounts.length === 0) return isWallet ? walletAccount(which) : keyAccount(which)
  // The message does not repeat what came, which may be a key.
  throw new TypeError(
    `account: expected one of the ${accounts.length} accounts that are listed, by place, key or wallet`,
  )
}
