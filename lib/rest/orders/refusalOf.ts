import type { OrderRules, RefusalReason } from '../../venues/CallTable.js'
import type { RestError } from '../RestError.js'
import type { Refused } from './OrderResult.js'

const refused = (reason: RefusalReason, error: RestError): Refused => {
  const { failure, code } = error
  const { retryAfter } = { retryAfter: undefined, ...failure }
  return {
    _tag: 'Refused',
    reason,
    text: failure.reason,
    ...(code !== undefined && { code }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
}

/** The venue did not get an answer out of itself in time: it may have been done. */
const REQUEST_TIMEOUT = 408

/**
 * Why something was not done with an order, by the error of its request; `undefined` where it may have been done all the
 * same: no answer came, none that can be read, or one that says that nobody knows.
 */
export const refusalOf = ({ refusals, unknownCodes }: OrderRules, error: RestError): Refused | undefined => {
  const { failure, status = 0, code } = error
  if (failure.kind === 'notSent') return refused('notSent', error)
  if (status >= 500 || status === REQUEST_TIMEOUT) return undefined
  if (code !== undefined && unknownCodes.includes(code)) return undefined
  switch (failure.kind) {
    case 'rateLimited':
      return refused('rateLimited', error)
    case 'venue': {
      const text = failure.reason.toLowerCase()
      const row = refusals.find(
        ({ codes, words }) => codes.includes(failure.code) && (words === undefined || text.includes(words)),
      )
      return refused(row?.reason ?? 'other', error)
    }
    case 'http':
      return refused('other', error)
    default:
      return undefined
  }
}

/** The venue did not know of it when it could not arrive any more. */
export const LOST: Refused = {
  _tag: 'Refused',
  reason: 'lost',
  text: 'the venue does not know of it, and it cannot arrive any more',
}
