import type { Values } from '../../codecs/Values.js'
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

/** A refusal as it stands in an answer. */
export const errorOf = ({ errors }: ErrorCatalogue, { refusal, detail = '', data }: Refusal): Values => {
  const { code, msg } = errors[refusal]
  return { code, msg: msg.replaceAll('%s', detail), ...(data !== undefined && { data }) }
}

/** The answer of a venue that refuses a call. */
export const refuse = (catalogue: ErrorCatalogue, refusal: Refusal): RestAnswer => {
  const { status = catalogue.status } = catalogue.errors[refusal.refusal]
  return { status, body: JSON.stringify(errorOf(catalogue, refusal)) }
}
