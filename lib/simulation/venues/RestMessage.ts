/** A REST request as a venue reads it. */
export interface RestRequest {
  readonly method: string
  readonly path: string
  /** Query and body as they were sent, one after the other. */
  readonly text: string
  readonly parameters: URLSearchParams
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Who asks, where that was proved before. */
  readonly account?: string
}

/** What a venue answers. */
export interface RestAnswer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Reads a request; `url` is path and query. */
export const restRequest = (
  method: string,
  url: string,
  body: string,
  headers: RestRequest['headers'],
): RestRequest => {
  const [path = '', query = ''] = url.split('?')
  const parameters = new URLSearchParams([query, body].filter((part) => part !== '').join('&'))
  return { method, path, text: query + body, parameters, headers }
}

/** A success. */
export const success = (value: unknown): RestAnswer => ({ status: 200, body: JSON.stringify(value) })

/** An error in the venue's own form. */
export const failure = (code: number, msg: string, status = 400): RestAnswer => ({
  status,
  body: JSON.stringify({ code, msg }),
})

/** A page of a gateway, in HTML. */
export const page = (status: number): RestAnswer => ({
  status,
  body: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
  headers: { 'Content-Type': 'text/html' },
})
