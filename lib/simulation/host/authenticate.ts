import { createHmac } from 'node:crypto'
import type { ListenKeyRow, Signing } from '../../venues/RestTable.js'
import type { Venue } from '../../venues/Venue.js'
import type { Reason } from '../exchange/Refusal.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'
import type { ServerBehaviour } from '../venues/ServerBehaviour.js'
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
}

/** Who calls, or why they are refused. */
export type Authenticated = { readonly account: string } | { readonly refused: RestAnswer }

/** Finds who calls, by the proof that the call requires. */
export const authenticate = (
  config: AuthenticationConfig,
  { authentication }: Pick<ListenKeyRow, 'authentication'>,
  signing: Signing,
  request: RestRequest,
  now: number,
): Authenticated => {
  if (authentication === 'apiKey') return byApiKey(config, request)
  return signing === 'hmac' ? byHmac(config, request, now) : byWallet(config, request, now)
}

const refused = ({ behaviour }: Pick<AuthenticationConfig, 'behaviour'>, refusal: Reason): Authenticated => ({
  refused: refuse(behaviour.errors, { refusal }),
})

/** Who has this API key; where no accounts are listed, each key is an account of its own. */
const byApiKey = (
  config: Omit<AuthenticationConfig, 'nonces' | 'chainId'>,
  { headers }: RestRequest,
): Authenticated => {
  const { venue, accounts } = config
  const apiKey = headers[venue.rest.apiKeyHeader.toLowerCase()]
  if (typeof apiKey !== 'string' || apiKey === '') return refused(config, 'noKey')
  const place = accounts.findIndex((known) => known.apiKey === apiKey)
  if (place >= 0) return { account: accountName(place) }
  return accounts.length > 0 ? refused(config, 'unknownKey') : { account: keyAccount(apiKey) }
}

/** How long a request without `recvWindow` is valid, and how far ahead of the venue's a clock may be, in ms. */
const WINDOW = 5_000
const AHEAD = 1_000

/** Who has this API key and signed with its secret, not too long ago. Only accounts that are listed have a secret. */
export const byHmac = (
  config: Omit<AuthenticationConfig, 'nonces' | 'chainId'>,
  request: RestRequest,
  now: number,
): Authenticated => {
  const who = byApiKey(config, request)
  if ('refused' in who) return who
  const { venue, behaviour, accounts } = config
  const { parameters, headers } = request
  const { longestWindow, payload } = behaviour.hmac
  const timestamp = Number(parameters.get('timestamp') ?? NaN)
  const window = Math.min(longestWindow, Number(parameters.get('recvWindow') ?? WINDOW))
  if (!(timestamp < now + AHEAD && now - timestamp <= window)) return refused(config, 'clock')
  const secret = accounts.find(({ apiKey }) => apiKey === headers[venue.rest.apiKeyHeader.toLowerCase()])?.secret
  if (secret === undefined) return refused(config, 'signature')
  const signature = createHmac('sha256', secret).update(payload(request)).digest('hex')
  return parameters.get('signature') === signature ? who : refused(config, 'signature')
}

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
