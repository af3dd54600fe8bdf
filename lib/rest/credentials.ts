import type { RestPaths, Signing } from '../venues/RestTable.js'
import type { RequestConfig, RestConfig } from './Rest.js'
import type { Signer } from './sign.js'

/** What a request proves itself by. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>
  readonly signer: Signer | undefined
}

const takes = ({ signing }: Pick<RestPaths, 'signing'>, one: Signing): boolean => [signing].flat().includes(one)

/** The paths for what somebody can prove, and the name of their version. */
export const chosenPaths = ({
  venue,
  version,
  signer,
  apiKey,
}: RestConfig): readonly [version: string, paths: RestPaths] => {
  const { versions } = venue.rest
  const signing = signer?.signing ?? (apiKey === undefined ? undefined : 'hmac')
  const fits = Object.entries(versions).filter(([name, paths]) =>
    version === undefined ? signing === undefined || takes(paths, signing) : name === version,
  )
  const [chosen] = fits
  if (chosen !== undefined) return chosen
  const wanted = version === undefined ? `one that is signed by ${String(signing)}` : `'${version}'`
  throw new TypeError(`${venue.name} has the versions ${Object.keys(versions).join(', ')}; expected was ${wanted}`)
}

/** Says what a request of this kind carries. @throws TypeError where it is missing. */
export const proving =
  ({ venue, signer, apiKey }: RestConfig, { signing }: Pick<RestPaths, 'signing'>) =>
  (authentication: NonNullable<RequestConfig['authentication']>): Proof => {
    if (authentication === 'none') return { headers: {}, signer: undefined }
    const key = apiKey === undefined ? {} : { [venue.rest.apiKeyHeader]: apiKey }
    const headers = { ...key, ...signer?.headers() }
    if (!Object.values(headers).every((value) => /^[\x20-\x7e]*$/.test(value)))
      throw new TypeError('An API key: expected visible ASCII characters, came others; it is not shown')
    if (authentication === 'signed') {
      if (signer === undefined) throw new TypeError('A signed request: expected createRest to get a signer, came none')
      if (!takes({ signing }, signer.signing))
        throw new TypeError(
          `A signed request: expected a signer of ${[signing].flat().join(' or ')}, came one of ${signer.signing}`,
        )
      return { headers, signer }
    }
    if (headers[venue.rest.apiKeyHeader] === undefined)
      throw new TypeError(
        'A request with an API key: expected createRest to get an apiKey or a signer that has one, came none',
      )
    return { headers, signer: undefined }
  }
