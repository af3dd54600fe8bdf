import { createHmac } from 'node:crypto'

export const credentials = { apiKey: 'mine', secret: 'shared' }

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

type Parameters = Readonly<Record<string, string>>

/** Calls a venue with a bare fetch, signed as Binance and Aster v1 want it: all in the query, POST in the body. */
export const signedCaller =
  (rest: string, now: () => number, { apiKey, secret } = credentials) =>
  async (method: string, path: string, parameters: Parameters = {}): Promise<Called> => {
    const text = new URLSearchParams({ ...parameters, timestamp: String(now()) }).toString()
    const signed = `${text}&signature=${createHmac('sha256', secret).update(text).digest('hex')}`
    const isPost = method === 'POST'
    const response = await fetch(isPost ? rest + path : `${rest}${path}?${signed}`, {
      method,
      headers: { 'X-MBX-APIKEY': apiKey },
      ...(isPost && { body: new URLSearchParams(signed) }),
    })
    const answer = await response.text()
    return { status: response.status, headers: response.headers, text: answer, json: JSON.parse(answer) as unknown }
  }
