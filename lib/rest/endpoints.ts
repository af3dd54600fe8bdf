import type { RestConfig } from './Rest.js'
import { RestError } from './RestError.js'

/** The addresses of one venue: one is used until no answer comes from there. */
export interface Endpoints {
  readonly current: () => string
  /** What was asked there failed: where no answer came, the next address is used from now on. */
  readonly failed: (endpoint: string, error: unknown) => void
}

/** The addresses of a venue, the one to be preferred first; a configured one stands alone. */
export const endpointsOf = ({
  endpoint,
  venue,
}: Pick<RestConfig, 'endpoint' | 'venue'>): readonly [string, ...string[]] => {
  if (endpoint !== undefined) return [checkedEndpoint(endpoint)]
  const { rest, fallback } = venue.endpoints
  return [checkedEndpoint(rest), ...(fallback === undefined ? [] : [checkedEndpoint(fallback.rest)])]
}

/** The address without a slash at its end. @throws TypeError where it is none; it is not shown, it may hold a secret. */
export const checkedEndpoint = (endpoint: string): string => {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.search + url.hash === ''
  if (!isPlain)
    throw new TypeError('endpoint: expected an address like https://host, without a user and without a query')
  return endpoint.replace(/\/+$/, '')
}

/** No answer came, so that another address may be better. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof RestError && (error.failure.kind === 'network' || error.failure.kind === 'timeout')

/** Starts with the first, and comes back to it after the last. */
export const createEndpoints = (all: readonly [string, ...string[]]): Endpoints => {
  let endpoints = all
  return {
    current: () => endpoints[0],
    failed: (endpoint, error) => {
      const [here, next, ...others] = endpoints
      // Many requests may fail at once: they leave once.
      if (here === endpoint && next !== undefined && isUnreachable(error)) endpoints = [next, ...others, here]
    },
  }
}
