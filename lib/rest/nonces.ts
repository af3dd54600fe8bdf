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
      let nonce = Math.max(last + 1, microseconds(now))
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
