import type { IncomingHttpHeaders } from 'node:http'

/** A request as the venue reads it. */
export interface RestRequest {
  readonly method: string
  readonly path: string
  /** Query and body as they were sent, one after the other. */
  readonly text: string
  readonly parameters: URLSearchParams
  readonly headers: IncomingHttpHeaders
}

/** What it answers. */
export interface RestAnswer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A success. */
export const success = (value: unknown): RestAnswer => ({ status: 200, body: JSON.stringify(value) })

/** An error in the venue's own form. */
export const failure = (code: number, msg: string, status = 400): RestAnswer => ({
  status,
  body: JSON.stringify({ code, msg }),
})

/** What a gateway says. */
export const page = (status: number): RestAnswer => ({
  status,
  body: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
  headers: { 'Content-Type': 'text/html' },
})
