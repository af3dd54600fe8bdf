/** Something that went over a connection, or happened to it, as the venue saw it. */
export type LogEntry = {
  /** Ms since 1970, by the venue's scheduler. */
  readonly at: number
  /** Connections count from 1. */
  readonly connection: number
} & (
  | { readonly type: 'opened'; readonly url: string }
  | { readonly type: 'closed'; readonly code: number }
  /** `stream` is absent for answers to requests. */
  | { readonly type: 'sent'; readonly stream?: string; readonly text: string }
  | { readonly type: 'received'; readonly text: string }
  /** Sent by the venue, and by the client. */
  | { readonly type: 'ping' | 'pong'; readonly from: 'venue' | 'client' }
)
