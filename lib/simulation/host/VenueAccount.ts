import type { Decimal } from '../../codecs/Decimal.js'

/** Somebody who is known to a simulated venue. Addresses are compared whatever their capitals. */
export interface VenueAccount {
  /** Of v1, in a header, and the secret that signs with it. */
  readonly apiKey?: string
  readonly secret?: string
  /** Of v3: the address of the API wallet that signs. */
  readonly signer?: string
  /**
   * What it has to begin with, by asset. Default: a million of what the venue's symbols are paid in, and, on spot
   * markets, a thousand of each that is traded.
   */
  readonly balances?: Readonly<Record<string, Decimal>>
}
