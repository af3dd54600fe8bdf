import type { Reason, Refusal } from '../exchange/Refusal.js'
import type { RestAnswer } from './RestMessage.js'

/** A venue's error for one reason; `%s` in the message stands for the detail. */
interface CatalogueError {
  readonly code: number
  readonly msg: string
  /** Default: the catalogue's. */
  readonly status?: number
}

/** The errors by which a venue refuses calls. */
export interface ErrorCatalogue {
  /** The HTTP status of a refusal. */
  readonly status: number
  readonly errors: Readonly<Record<Reason, CatalogueError>>
}

/** The answer of a venue that refuses a call. */
export const refuse = ({ status: usual, errors }: ErrorCatalogue, { refusal, detail = '' }: Refusal): RestAnswer => {
  const { code, msg, status = usual } = errors[refusal]
  return { status, body: JSON.stringify({ code, msg: msg.replaceAll('%s', detail) }) }
}
