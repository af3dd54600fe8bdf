import { RestError } from './RestError.js'

/** The addresses of one venue: one is used until no answer comes from there. */
export interface Places {
  readonly current: () => string
  /** What was asked there failed: where no answer came, the next address is used from now on. */
  readonly failed: (endpoint: string, error: unknown) => void
}

/** No answer came, so that another address may be better. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof RestError && (error.failure.kind === 'network' || error.failure.kind === 'timeout')

/** Starts with the first, and comes back to it after the last. */
export const createPlaces = (all: readonly [string, ...string[]]): Places => {
  let places = all
  return {
    current: () => places[0],
    failed: (endpoint, error) => {
      const [here, next, ...others] = places
      // Many requests may fail at once: they leave once.
      if (here === endpoint && next !== undefined && isUnreachable(error)) places = [next, ...others, here]
    },
  }
}
