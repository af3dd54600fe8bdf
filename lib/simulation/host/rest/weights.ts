const MINUTE = 60_000

/** Says how much weight is used in this minute with one more request, and how many ms are left of it. */
export const weights = (): ((weight: number, now: number) => { readonly used: number; readonly left: number }) => {
  let minute = -Infinity
  let used = 0
  return (weight, now) => {
    const current = Math.floor(now / MINUTE)
    if (current !== minute) used = 0
    minute = current
    used += weight
    return { used, left: (current + 1) * MINUTE - now }
  }
}
