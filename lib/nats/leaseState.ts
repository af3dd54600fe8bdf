/** What is stored of a lease. */
export interface LeaseEntry {
  /** Its number in the bucket, which grows with every write of anybody. */
  readonly revision: number
  /** Who wrote it; empty where the lease was given back. */
  readonly holder: string
}

/** How one of those who want a lease stands to it; times are those of its own clock, in ms. */
export interface LeaseState {
  /** What was read last, and since when it is so. */
  readonly seen?: LeaseEntry & { readonly since: number }
  /** The lease is ours until then; `epoch` is the revision by which we got it, which no later holder has. */
  readonly held?: { readonly epoch: number; readonly revision: number; readonly until: number }
}

export type LeaseInput =
  | { readonly _tag: 'Read'; readonly at: number; readonly entry: LeaseEntry | undefined }
  /** Our write is stored; it was sent at `sentAt`. */
  | { readonly _tag: 'Wrote'; readonly sentAt: number; readonly revision: number }
  /** Another one has written. */
  | { readonly _tag: 'Refused' }
  | { readonly _tag: 'Passed'; readonly at: number }

export interface LeaseIdentity {
  readonly holder: string
  readonly timeToLive: number
}

/**
 * A lease without a common clock: whoever wants it measures by its own how long nothing was written. The holder counts
 * from before it sent, all others from after they read, so the holder knows first that its time is over.
 *
 * ```
 * holder    w────────┤ timeToLive     w: a write is sent
 * others      r────────┤ timeToLive   r: it is read
 * ```
 */
export const stepLease = (state: LeaseState, input: LeaseInput, { holder, timeToLive }: LeaseIdentity): LeaseState => {
  const { seen, held } = state
  switch (input._tag) {
    case 'Read': {
      const { entry, at } = input
      const since = seen !== undefined && seen.revision === entry?.revision ? seen.since : at
      return entry === undefined ? {} : { seen: { ...entry, since } }
    }
    case 'Wrote': {
      const { revision, sentAt } = input
      const until = sentAt + timeToLive
      const written = { revision, holder, since: sentAt }
      return { seen: written, held: { epoch: held?.epoch ?? revision, revision, until } }
    }
    case 'Refused':
      return {}
    case 'Passed':
      return held !== undefined && input.at >= held.until ? { ...(seen !== undefined && { seen }) } : state
  }
}

/**
 * The revision that our write has to follow, so that the server refuses it when another one was first; `undefined` while
 * the lease is another's. What is held is written anew, too.
 */
export const revisionToFollow = (
  { seen, held }: LeaseState,
  at: number,
  { holder, timeToLive }: LeaseIdentity,
): number | undefined => {
  if (held !== undefined) return held.revision
  if (seen === undefined) return 0
  const isFree = seen.holder === '' || seen.holder === holder || at - seen.since >= timeToLive
  return isFree ? seen.revision : undefined
}
