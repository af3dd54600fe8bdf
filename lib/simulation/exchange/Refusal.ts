import type { RestAnswer } from '../host/rest/RestExchange.js'

/** Why a call is refused; the venue has a code and words of its own for each. */
export type Reason =
  | 'missing'
  | 'missingOneOf'
  | 'illegal'
  | 'unwanted'
  | 'precision'
  | 'side'
  | 'type'
  | 'timeInForce'
  | 'symbol'
  | 'listenKeyGone'
  | 'clock'
  | 'signature'
  | 'nonce'
  | 'noKey'
  | 'unknownKey'
  | 'unknownSigner'
  | 'tooOften'
  | 'insufficient'
  | 'duplicate'
  | 'unknownOrder'
  | 'noSuchOrder'
  | 'reduceOnly'
  | 'positionSide'
  | 'priceTooLow'
  | 'quantityTooLow'
  | 'quantityTooHigh'
  | 'tickSize'
  | 'clientOrderId'

/** A call that is refused; `detail` is the parameter it is about. */
export interface Refusal {
  readonly refusal: Reason
  readonly detail?: string
}

/** How a venue says why: `%s` in its words is the detail. */
interface Words {
  readonly code: number
  readonly msg: string
  /** Default: the venue's usual one. */
  readonly status?: number
}

/** The words of a venue. */
export interface Language {
  /** The HTTP status of a refusal. */
  readonly status: number
  readonly words: Readonly<Record<Reason, Words>>
}

/** Says it in the venue's words. */
export const refuse = ({ status: usual, words }: Language, { refusal, detail = '' }: Refusal): RestAnswer => {
  const { code, msg, status = usual } = words[refusal]
  return { status, body: JSON.stringify({ code, msg: msg.replaceAll('%s', detail) }) }
}
