import { anObject, checked } from '../codecs/checked.js'
import { hexToBytes } from '@noble/hashes/utils'
import { addressOf, eip712Signature, isPrivateKey } from './eip712.js'
import { urlEncoded } from './Parameters.js'
import { redact } from './redact.js'
import type { Signer } from './sign.js'

/** Credentials with a wallet: an account, and the API wallet that signs for it. */
export interface Eip712Config {
  /** The address of the account. */
  readonly user: string
  /** The address of the API wallet. Default: the private key's. */
  readonly signer?: string
  /** The API wallet's: 32 bytes in hex, with or without `0x`. */
  readonly privateKey: string
  /** 1666, and 714 on the testnet. Default: 1666. */
  readonly chainId?: number
  /** Whether `user` is among the parameters. Default: true. */
  readonly includeUser?: boolean
}

const keyBytes = (privateKey: string): Uint8Array => {
  const digits = privateKey.replace(/^0x/i, '')
  const bytes = /^[0-9a-f]{64}$/i.test(digits) ? hexToBytes(digits) : new Uint8Array()
  if (isPrivateKey(bytes)) return bytes
  throw new TypeError('eip712Signer: expected a private key of 32 bytes in hex; what came is none, and is not shown')
}

const checkedAddress = (name: string, address: string): string => {
  if (!/^0x[0-9a-f]{40}$/i.test(address))
    throw new TypeError(
      `eip712Signer: expected ${name} to be an address, 0x and 40 hex digits, came ${address.length} characters`,
    )
  return address
}

/**
 * Signs with an API wallet's key, as Aster v3 asks: typed data (EIP-712) over the parameters as they are sent, and a
 * nonce in microseconds. Use one signer for all requests of a wallet, on spot and futures: it keeps the nonces rising.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * ```
 *
 * @throws TypeError when the key or an address is none, or `signer` is not the key's address.
 */
export const eip712Signer = checked(
  'eip712Signer',
  [anObject('a config { user, privateKey }', ['user', 'privateKey'])],
  ({ user, signer, privateKey, chainId = 1_666, includeUser = true }: Eip712Config): Signer => {
    const key = keyBytes(privateKey)
    const own = addressOf(key)
    const address = checkedAddress('signer', signer ?? own)
    checkedAddress('user', user)
    if (address.toLowerCase() !== own.toLowerCase())
      throw new TypeError(`eip712Signer: expected signer to be the private key's address ${own}, came ${address}`)
    const nonces = createNonces()
    return {
      signing: 'eip712',
      headers: () => ({}),
      sign: (parameters, now) => {
        const msg = urlEncoded([
          ...parameters,
          ['nonce', String(nonces.next(now))],
          ...(includeUser ? [['user', user] as const] : []),
          ['signer', address],
        ])
        return `${msg}&signature=${eip712Signature(key, chainId, msg)}`
      },
      clockSet: nonces.restart,
      redact: (text) => redact(text, [privateKey, privateKey.replace(/^0x/i, '')]),
    }
  },
)

/** The venue remembers so many nonces of a signer, the greatest. */
const REMEMBERED = 100

/** Nonces of one signer: the time in microseconds, each greater than the one before. */
export interface Nonces {
  /** `now` in ms since 1970. */
  readonly next: (now: number) => number
  /** The clock went wrong and the venue refused it: goes on from `now`, even if that is back, and repeats none. */
  readonly restart: (now: number) => void
}

const microseconds = (now: number) => Math.floor(now * 1_000)

/** Makes the nonces of one signer; whoever signs for it must share them. */
export const createNonces = (): Nonces => {
  let last = 0
  /** The greatest, in their order: what a clock that was put back meets again. */
  let made: readonly number[] = []
  return {
    next: (now) => {
      let nonce = Math.max(last + 1, microseconds(now)) // F37
      while (made.includes(nonce)) nonce += 1
      made = [...made, nonce].toSorted((a, b) => a - b).slice(-REMEMBERED)
      last = nonce
      return nonce
    },
    restart: (now) => {
      last = Math.min(last, microseconds(now))
    },
  }
}
