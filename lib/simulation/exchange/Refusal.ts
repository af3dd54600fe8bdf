/** Why a call is refused; the venue's error catalogue has a code and a message for each. */
export type Reason =
  | 'missing'
  | 'missingOneOf'
  | 'illegal'
  | 'unwanted'
  | 'invalid'
  | 'interval'
  | 'times'
  | 'span'
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
  | 'stepSize'
  | 'priceTooHigh'
  | 'tickSize'
  | 'priceAboveBand'
  | 'priceBelowBand'
  | 'notionalTooLow'
  | 'tooManyOrders'
  | 'clientOrderId'
  | 'leverage'
  | 'leverageTooLow'
  | 'sameMarginType'
  | 'samePositionMode'
  | 'notHere'

/** A call that is refused; `detail` is the parameter it is about. */
export interface Refusal {
  readonly refusal: Reason
  readonly detail?: string
}

export const isRefusal = (value: object): value is Refusal => 'refusal' in value
