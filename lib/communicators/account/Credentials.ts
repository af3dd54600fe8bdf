import type { Eip712Config } from '../../rest/eip712Signer.js'
import type { HmacConfig } from '../../rest/hmacSigner.js'
import type { Rest } from '../../rest/Rest.js'

/** Whose account it is: one of three. */
export type Credentials =
  /** Aster v1, BingX. Without the secret only what needs no more than the key works: enough for Aster's listen keys. */
  | (Pick<HmacConfig, 'apiKey' | 'source'> & Partial<Pick<HmacConfig, 'secret'>>)
  /** Aster v3. */
  | Pick<Eip712Config, 'user' | 'privateKey' | 'signer' | 'chainId'>
  /** A rest that has credentials: so its budget, its clock and its nonces are shared with whoever else uses it. */
  | { readonly rest: Rest }
