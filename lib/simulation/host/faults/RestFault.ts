/** The calls that can be made to fail: `order` is all that is about orders, `account` balances and positions. */
export type RestCall = 'depth' | 'time' | 'listenKey' | 'order' | 'account'

/** How a call goes wrong. With `error` and `html` nothing was done; with the others it was, only the answer is wrong. */
export type RestFault =
  /** The venue's own error; `retryAfter` in seconds. */
  | {
      readonly _tag: 'error'
      readonly status: number
      readonly code: number
      readonly msg: string
      readonly retryAfter?: number
    }
  /** A page of a gateway; `retryAfter` in seconds. */
  | { readonly _tag: 'html'; readonly status: number; readonly retryAfter?: number }
  /** A success whose body stops in the middle. */
  | { readonly _tag: 'cut' }
  /** A success without one of its keys. */
  | { readonly _tag: 'lacks'; readonly key: string }
  /** The answer is that of the moment of asking, and comes so many ms later. */
  | { readonly _tag: 'late'; readonly delay: number }
  /** No answer at all. */
  | { readonly _tag: 'silent' }
