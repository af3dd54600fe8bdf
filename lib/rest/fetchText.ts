import { defer, finalize, from, type Observable } from 'rxjs'
import { causeOf, withHost } from './causeOf.js'
import { redact } from './redact.js'
import { RestError } from './RestError.js'

/** A request, ready to be sent. */
export interface Sendable {
  /** Method and path: what errors call it. */
  readonly request: string
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Takes what is secret out of a text. Default: nothing is. */
  readonly redact?: (text: string) => string
}

/** The signal that aborts a request, as this host has it. */
type HostSignal = typeof globalThis extends {
  readonly AbortController: { readonly prototype: { readonly signal: infer Own } }
}
  ? Own
  : object

/** What of a `fetch` is used; the global one fits, whether its types are those of Node or of a browser. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly redirect: 'manual'
    readonly signal: HostSignal
  },
) => Promise<FetchAnswer>

/** What of an answer is used. */
export interface FetchAnswer {
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  readonly text: () => Promise<string>
  /** The body in pieces of bytes, if it is an `AsyncIterable`, so that one that is too long need not be read to its end. */
  readonly body?: object | null
}

/** An answer that came. */
export interface Answer {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

const SHOWN = 200

/** What went wrong, without anything secret. */
const reasonOf = (error: unknown, url: string): string => withHost(redact(causeOf(error), []).slice(0, SHOWN), url)

/** The longest body of an answer, in bytes, unless told otherwise. */
export const MAX_BODY = 16 * 1024 * 1024

const TOO_LONG = new Error('too long')

const unchanged = (text: string) => text

/** The bodies of browsers are not always. */
const isInPieces = (body: FetchAnswer['body']): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body // F82

const textOf = async (answer: FetchAnswer, maxBody: number): Promise<string> => {
  const { body } = answer
  if (!isInPieces(body)) return answer.text()
  const decoder = new TextDecoder()
  let words = ''
  let length = 0
  for await (const piece of body) {
    length += piece.length
    if (length > maxBody) throw TOO_LONG
    words += decoder.decode(piece, { stream: true })
  }
  return words + decoder.decode()
}

/**
 * Sends once per subscription and emits the whole answer, whatever its status; the body of a failure may be missing.
 * Unsubscribing aborts the request and the reading of its body. A redirection is an answer: what is secret goes
 * nowhere else. Errors with a `RestError` of kind `network`, or `body` where a success was cut, or anything is longer
 * than `maxBody` bytes.
 */
export const fetchText = (
  fetch: Fetch,
  { request, url, method, headers, body, redact: own = unchanged }: Sendable,
  maxBody = MAX_BODY,
): Observable<Answer> =>
  defer(() => {
    const controller = new AbortController()
    const response = async () => {
      try {
        return await fetch(url, {
          method,
          headers: { ...headers },
          ...(body !== undefined && { body }),
          redirect: 'manual',
          signal: controller.signal,
        })
      } catch (error) {
        throw new RestError(request, { kind: 'network', reason: own(reasonOf(error, url)) })
      }
    }
    const answer = async (): Promise<Answer> => {
      const received = await response()
      const { status } = received
      const header = (name: string) => received.headers.get(name) ?? undefined
      try {
        return { status, header, text: await textOf(received, maxBody) }
      } catch (error) {
        if (error === TOO_LONG)
          throw new RestError(request, { kind: 'body', status, path: '', reason: `expected at most ${maxBody} bytes` })
        if (status >= 300) return { status, header, text: '' }
        throw new RestError(request, { kind: 'body', status, path: '', reason: `cut: ${own(reasonOf(error, url))}` })
      }
    }
    return from(answer()).pipe(finalize(() => controller.abort()))
  })
