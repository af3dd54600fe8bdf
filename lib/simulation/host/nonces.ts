/** The nonces that were used. */
export interface Nonces {
  /** False where a nonce (µs) is too far from `now` (ms), was used, or lies below all that are remembered. */
  readonly accept: (signer: string, nonce: number, now: number) => boolean
}

/** So many of each signer are remembered, the greatest. */
const REMEMBERED = 100
/** How far from the venue's time a nonce may be, in ms. */
const WINDOW = 10_000

export const nonces = (): Nonces => {
  const used = new Map<string, readonly number[]>()
  return {
    accept: (signer, nonce, now) => {
      if (!Number.isSafeInteger(nonce) || Math.abs(nonce / 1_000 - now) > WINDOW) return false
      const known = used.get(signer) ?? []
      const isLow = known.length === REMEMBERED && nonce < Math.min(...known)
      if (isLow || known.includes(nonce)) return false
      used.set(signer, [...known, nonce].sort((a, b) => a - b).slice(-REMEMBERED))
      return true
    },
  }
}
