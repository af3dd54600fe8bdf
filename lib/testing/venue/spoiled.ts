import { failure, page, type RestAnswer } from './RestExchange.js'
import type { RestFault } from './RestFault.js'

const retrying = (answer: RestAnswer, retryAfter: number | undefined): RestAnswer =>
  retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } }

/** The answer with a fault in it; what is late or silent is so elsewhere. */
export const spoiled = (answer: RestAnswer, fault: RestFault | undefined): RestAnswer => {
  switch (fault?._tag) {
    case 'error':
      return retrying(failure(fault.code, fault.msg, fault.status), fault.retryAfter)
    case 'html':
      return retrying(page(fault.status), fault.retryAfter)
    case 'cut':
      return { ...answer, body: answer.body.slice(0, answer.body.length >>> 1) }
    case 'lacks': {
      // Every answer of a call is an object.
      const value = JSON.parse(answer.body) as Readonly<Record<string, unknown>>
      const kept = Object.entries(value).filter(([key]) => key !== fault.key)
      return { ...answer, body: JSON.stringify(Object.fromEntries(kept)) }
    }
    default:
      return answer
  }
}
