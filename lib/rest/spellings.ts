/** A surrogate without its other half: no address can hold it, and `encodeURIComponent` throws. */
const LONE = /\p{Surrogate}/gu

/** A secret as it is, as it stands within JSON, and as it stands within an address. */
export const spellings = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.replace(LONE, '\ufffd')),
]
