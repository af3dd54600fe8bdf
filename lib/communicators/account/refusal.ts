import { isValues } from '../../codecs/Values.js'
import type { Venue } from '../../venues/Venue.js'
import { messageOf } from './messageOf.js'

const UNAUTHORIZED = 401

/** An error that ends an account only where it concerns credentials; any other may pass, whatever else it says. */
export const refusal = (error: unknown, { rest }: Pick<Venue, 'rest'>): unknown => {
  if (!isValues(error) || error['final'] !== true) return error
  const { code, status } = error
  const isRefused = status === UNAUTHORIZED || rest.credentialCodes.some((one) => one === code)
  return isRefused ? error : new Error(messageOf(error))
}
