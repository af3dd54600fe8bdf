import { isValues } from '../../codecs/Values.js'

/** What an error says. */
export const messageOf = (error: unknown): string =>
  isValues(error) && typeof error['message'] === 'string' ? error['message'] : String(error)

/** Its code, or the HTTP status, where it has one. */
export const codeOf = (error: unknown): { readonly code?: number } => {
  const { code, status } = isValues(error) ? error : {}
  const found = [code, status].find((one) => typeof one === 'number')
  return found === undefined ? {} : { code: found }
}
