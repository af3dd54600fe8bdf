import { lastValueFrom, type Observable } from 'rxjs'
import { RestError } from '../../lib/rest/RestError.js'

/** The RestError that an Observable ends with. */
export const failure = async (source: Observable<unknown>): Promise<RestError> => {
  const error: unknown = await lastValueFrom(source, { defaultValue: undefined }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof RestError) return error
  throw new Error(`Expected a RestError, came ${String(error)}`)
}
