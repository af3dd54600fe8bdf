import type { Observable } from 'rxjs'

/** What happens on a socket. After `Refused`, `Closed` and `Failed` nothing more comes. */
export type SocketEvent =
  | { readonly _tag: 'Opened' }
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Binary'; readonly bytes: Uint8Array }
  | { readonly _tag: 'Ping'; readonly payload: Uint8Array }
  | { readonly _tag: 'Pong' }
  /** The upgrade was answered with an HTTP status; `retryAfter` and `date` are the headers as they were sent. */
  | {
      readonly _tag: 'Refused'
      readonly status: number
      readonly reason: string
      readonly retryAfter?: string
      readonly date?: string
    }
  | { readonly _tag: 'Closed'; readonly code: number; readonly reason: string }
  /** The socket could not be opened, or broke; `code` is what we closed it with. The reason holds no address. */
  | { readonly _tag: 'Failed'; readonly reason: string; readonly code?: number }

/** What is sent on a socket: each of them is one message for the venue's rate. */
export type Outgoing =
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Ping' }
  /** The payload is that of the PING. */
  | { readonly _tag: 'Pong'; readonly payload: Uint8Array }

/** The longest message that is taken unless told otherwise, in bytes. */
export const MAX_PAYLOAD = 16 * 1024 * 1024

/** One socket. */
export interface Socket {
  /** Subscribing connects, once; unsubscribing closes, and leaves nothing behind. */
  readonly event$: Observable<SocketEvent>
  /** Does nothing while the socket is not open. */
  readonly send: (message: Outgoing) => void
  /** `false` where the host sends no PINGs and shows none, but answers those of the venue itself. Default: `true`. */
  readonly hasPings?: boolean
}

/**
 * Makes a socket to an address, which may hold a secret: no event repeats it.
 * The default is `ws`, or in `aster-rx/core` the host's own WebSocket; another one lets a communicator run in memory, in virtual time, or through a socket of your own.
 */
export type Transport = (url: string) => Socket
