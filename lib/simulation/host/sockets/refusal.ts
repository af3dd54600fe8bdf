import { isValues } from '../../../codecs/Values.js'
import type { RequestFault } from '../faults/SocketFaults.js'
import { parsedJson } from './parsedJson.js'

/** The error that a request is told to be answered with. */
export const refusal = (request: string, { code, msg, shape }: Extract<RequestFault, { _tag: 'refuse' }>): unknown => {
  const asked = parsedJson(request)?.value
  const id = isValues(asked) ? asked['id'] : undefined
  if (shape === 'wrapped') return { error: { code, msg }, id }
  return shape === 'numbered' ? { code, msg, id } : { code, msg }
}
