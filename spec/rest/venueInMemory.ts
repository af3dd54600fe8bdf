import type { Fetch } from '../../lib/rest/fetchText.js'

/** A request as a venue sees it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly path: string
  /** Query and body, as sent. */
  readonly parameters: string
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

export interface Said {
  readonly status?: number
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A `fetch` that answers what it is told, and remembers what it was asked. */
export const venueInMemory = (answer: (seen: Seen, count: number) => Said | Promise<Said>) => {
  const seen: Seen[] = []
  const fetch: Fetch = async (url, { method, headers, body, signal }) => {
    const { pathname, search } = new URL(url)
    const one = { method, url, path: pathname, parameters: search.slice(1) + (body ?? ''), body, headers, signal }
    seen.push(one)
    const { status = 200, text = '{}', headers: sent = {} } = await answer(one, seen.length)
    return {
      status,
      headers: { get: (name) => sent[name.toLowerCase()] ?? null },
      text: () => Promise.resolve(text),
    }
  }
  return { fetch, seen }
}
