import { sharedByCopies } from '../copies.js'

/** What went wrong with a request. Texts are cut short, and hold no key, secret, signature or listen key. */
export type RestFailure =
  /** The venue's own error; `code` and `reason` are its words. */
  | {
      readonly kind: 'venue'
      readonly status: number
      readonly code: number
      readonly reason: string
      readonly retryAfter?: number
    }
  /** Any other answer that is no success, a page of HTML for instance. */
  | { readonly kind: 'http'; readonly status: number; readonly reason: string; readonly retryAfter?: number }
  /**
   * 429, 418, or an error that says in its own way that nothing more is taken for a while; `retryAfter` ms is what the
   * venue asked for, three days at most, or a long default. Everybody who asks the same address waits for so long.
   */
  | {
      readonly kind: 'rateLimited'
      readonly status: number
      readonly code?: number
      readonly reason: string
      readonly retryAfter: number
    }
  /** No answer: refused, reset, no such name, a bad certificate. */
  | { readonly kind: 'network'; readonly reason: string }
  /** No whole answer within `after` ms. */
  | { readonly kind: 'timeout'; readonly reason: string; readonly after: number }
  /** A success that was cut, is no JSON, or not what was expected at `path`, a wire path like `bids.0.1`. */
  | { readonly kind: 'body'; readonly status: number; readonly path: string; readonly reason: string }
  /** It never left: too many requests are waiting, or it waited too long. */
  | { readonly kind: 'notSent'; readonly reason: string }

const words = (failure: RestFailure): string => {
  if (failure.kind === 'venue') return `${failure.code} ${failure.reason} (${failure.status})`
  if (failure.kind === 'notSent') return `not sent: ${failure.reason}`
  return 'status' in failure ? `${failure.status} ${failure.reason}` : failure.reason
}

/** Every error that any copy of the library made. */
const restErrors = sharedByCopies('restErrors', () => new WeakSet())

/**
 * A request that failed. What the venue answered is in `failure`, whose `kind` tells what else it has.
 *
 * After `network`, `timeout`, `body` or a status from 500 on, nobody knows whether an order was carried out: ask.
 * After `notSent` it certainly was not.
 *
 * ```ts
 * depthSnapshot(rest, { symbol: 'NOSUCH' }).subscribe({
 *   error: (error: unknown) => {
 *     if (error instanceof RestError && error.failure.kind === 'venue') console.error(error.failure.code)   // -1121
 *   },
 * })
 * ```
 */
export class RestError extends Error {
  /** Tells it from other errors. */
  override readonly name = 'RestError'

  /**
   * @param request Method and path, without parameters.
   * @param failure What went wrong.
   * @param final True where trying again cannot help.
   */
  constructor(
    readonly request: string,
    readonly failure: RestFailure,
    readonly final = false,
  ) {
    super(`${request}: ${words(failure)}`)
    restErrors().add(this)
  }

  /** An error of the CommonJS modules is an instance for those who imported ES modules, and the other way round. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== RestError) return super[Symbol.hasInstance](value)
    return typeof value === 'object' && value !== null && restErrors().has(value)
  }

  /** The HTTP status, where an answer came. */
  get status(): number | undefined {
    return 'status' in this.failure ? this.failure.status : undefined
  }

  /** The venue's error code, where it gave one. */
  get code(): number | undefined {
    return 'code' in this.failure ? this.failure.code : undefined
  }
}
