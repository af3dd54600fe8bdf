/** How a request gets on until it is answered or given up. */
export type RequestProgress =
  /** It waits for its turn: what the venue allows is spent for now. */
  | { readonly _tag: 'Waiting' }
  /** It has left: from here on an answer may be expected. */
  | { readonly _tag: 'Sent' }
  /** It failed, and will be sent again. */
  | { readonly _tag: 'Failed'; readonly error: unknown }
  /** It waits for an answer in a recording, and none has come for a second. */
  | { readonly _tag: 'Absent' }

/** Is told how a request gets on. One that leaves at once and is answered is told `Sent` alone. */
export type OnProgress = (progress: RequestProgress) => void
