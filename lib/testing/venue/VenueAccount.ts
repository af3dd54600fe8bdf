/** Somebody who is known to a simulated venue. Addresses are compared whatever their capitals. */
export interface VenueAccount {
  /** Of v1, in a header, and the secret that signs with it. */
  readonly apiKey?: string
  readonly secret?: string
  /** Of v3: the address of the API wallet that signs. */
  readonly signer?: string
}
