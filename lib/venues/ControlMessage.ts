/** A frame that carries no event: an answer, a heartbeat, the venue's own error message. */
export type ControlMessage = { readonly _tag: 'Control' } & (
  | { readonly type: 'acknowledgement'; readonly id: ControlId; readonly result: unknown }
  | {
      readonly type: 'error'
      readonly id?: ControlId
      readonly code: number
      readonly message: string
      /** When the venue takes requests again, in ms since 1970 by its clock, where it says so. */
      readonly until?: number
    }
  | { readonly type: 'heartbeat' }
)

/** What links an answer to its question. */
export type ControlId = number | string | null

/** Whether a value may be the id of a request. */
export const isControlId = (u: unknown): u is ControlId => typeof u === 'number' || typeof u === 'string' || u === null

/** The venue's own error, `{"code":…,"msg":…}`; `undefined` where the body has no code. */
export const venueError = (body: unknown, id: unknown): ControlMessage | undefined => {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'number') return undefined
  const message = 'msg' in body && typeof body.msg === 'string' ? body.msg : ''
  return { _tag: 'Control', type: 'error', ...(isControlId(id) && { id }), code: body.code, message }
}
