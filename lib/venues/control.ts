import type { Values } from '../codecs/Values.js'

/** A frame that carries no event: an answer, a heartbeat, the venue's own error message. */
export type Control = { readonly _tag: 'Control' } & (
  | { readonly type: 'acknowledgement'; readonly id: ControlId; readonly result: unknown }
  | { readonly type: 'error'; readonly id?: ControlId; readonly code: number; readonly message: string }
  | { readonly type: 'heartbeat' }
)

/** What links an answer to its question. */
export type ControlId = number | string | null

const isId = (u: unknown): u is ControlId => typeof u === 'number' || typeof u === 'string' || u === null

const venueError = (body: unknown, id: unknown): Control | undefined => {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'number') return undefined
  const message = 'msg' in body && typeof body.msg === 'string' ? body.msg : ''
  return { _tag: 'Control', type: 'error', ...(isId(id) && { id }), code: body.code, message }
}

/**
 * Aster's and Binance's answers: `{"result":…,"id":1}`, and errors in three shapes: `{"code","msg"}`, the same with
 * `id`, and `{"error":{"code","msg"},"id"}`. Code 0 is an error too. What names a stream is none of them.
 */
export const methodControl = (frame: Values): Control | undefined => {
  const { id, result, error, stream } = frame
  if (typeof stream === 'string') return undefined
  if (error !== undefined) return venueError(error, id)
  if (result !== undefined && isId(id)) return { _tag: 'Control', type: 'acknowledgement', id, result }
  return venueError(frame, id)
}

/**
 * BingX's answers: a code that is not 0 is an error, with `id` or without; code 0 with an `id` and no data is the answer
 * to the request of that id. Code 0 stands in frames of data, too.
 */
export const bingxControl = (frame: Values): Control | undefined => {
  const { id, code, data } = frame
  if (typeof code !== 'number') return undefined
  if (code !== 0) return venueError(frame, id)
  return isId(id) && (data === undefined || data === null)
    ? { _tag: 'Control', type: 'acknowledgement', id, result: null }
    : undefined
}
