import { throwError } from 'rxjs'

/** Sends an error that belongs to no subscription where RxJS sends it: `config.onUnhandledError`, or thrown later. */
export const reportError = (error: unknown): void => {
  throwError(() => error).subscribe()
}
