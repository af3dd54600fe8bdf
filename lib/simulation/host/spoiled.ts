import { parse, stringify } from 'lossless-json'
import { isValues } from '../../codecs/Values.js'
import { failure, page, type RestAnswer } from '../venues/RestMessage.js'
import type { RestFault } from './faults.js'

const retrying = (answer: RestAnswer, retryAfter: number | undefined): RestAnswer =>
  retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } }

/** An object, or each of a list, without a key. */
const without = (value: unknown, key: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => without(one, key))
  return isValues(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : value
}

/** The answer with a fault in it; what is late or silent is so elsewhere. */
export const spoiled = (give: () => RestAnswer, fault: RestFault | undefined): RestAnswer => {
  switch (fault?._tag) {
    case 'error':
      return retrying(failure(fault.code, fault.msg, fault.status), fault.retryAfter)
    case 'html':
      return retrying(page(fault.status), fault.retryAfter)
    case 'cut': {
      const answer = give()
      return { ...answer, body: answer.body.slice(0, answer.body.length >>> 1) }
    }
    case 'lacks': {
      const answer = give()
      return { ...answer, body: stringify(without(parse(answer.body), fault.key)) ?? '' }
    }
    default:
      return give()
  }
}
