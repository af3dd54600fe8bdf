/** Whether a connection is alive: our PINGs are answered, and data comes. Times in ms. */
export interface Vigil {
  /** When the next PING is due. */
  readonly pingAt: number
  /** PINGs that were sent since the last PONG. */
  readonly unanswered: number
  /** No data for too long; the socket is read once more before it counts. */
  readonly suspectedAt: number | undefined
}

/** How the watch is kept. */
export interface Watch {
  readonly pingEvery: number
  readonly missedPongs: number
  /** How long the connection may carry no frame. */
  readonly allowance: number
}

/** What to do now. */
export type Duty = { readonly _tag: 'Ping' } | { readonly _tag: 'GiveUp'; readonly reason: string }

/** A process that was blocked sees its timers before its sockets; after this time it has read them, in ms. */
export const LOOK_AGAIN = 250

export const startVigil = ({ pingEvery }: Watch, now: number): Vigil => ({
  pingAt: now + pingEvery,
  unanswered: 0,
  suspectedAt: undefined,
})

/** A PONG came. */
export const answered = (vigil: Vigil): Vigil => ({ ...vigil, unanswered: 0 })

/** What is due now, given when data came last. */
export const keepVigil = (
  vigil: Vigil,
  { pingEvery, missedPongs, allowance }: Watch,
  now: number,
  dataAt: number,
): readonly [Vigil, Duty | undefined] => {
  if (now - dataAt < allowance) {
    if (vigil.suspectedAt !== undefined)
      return keepVigil({ ...vigil, suspectedAt: undefined }, { pingEvery, missedPongs, allowance }, now, dataAt)
  } else if (vigil.suspectedAt === undefined) return [{ ...vigil, suspectedAt: now }, undefined]
  // F06 F07
  else if (now - vigil.suspectedAt >= LOOK_AGAIN)
    return [vigil, { _tag: 'GiveUp', reason: `no data for ${Math.floor(now - dataAt)} ms` }]
  if (now < vigil.pingAt) return [vigil, undefined]
  // F06 F09
  return vigil.unanswered >= missedPongs
    ? [vigil, { _tag: 'GiveUp', reason: `no PONG to ${vigil.unanswered} PINGs` }]
    : [{ ...vigil, pingAt: now + pingEvery, unanswered: vigil.unanswered + 1 }, { _tag: 'Ping' }]
}

/** When to look again. */
export const vigilDue = ({ pingAt, suspectedAt }: Vigil, { allowance }: Watch, dataAt: number): number =>
  Math.min(pingAt, suspectedAt === undefined ? dataAt + allowance : suspectedAt + LOOK_AGAIN)
