import type { Observable } from 'rxjs'
import { came } from '../codecs/checked.js'
import { isValues, type Values } from '../codecs/Values.js'
import type { AnyParameters, CallRow } from '../venues/CallTable.js'
import type { Parameters } from './Parameters.js'
import type { RequestConfig, Rest } from './Rest.js'

/** A call that is ready to be made: each subscription asks once. */
export type PreparedCall = (options?: Pick<RequestConfig, 'onProgress' | 'maxWait'>) => Observable<unknown>

/** What can stand in an address or a form. */
const parametersOf = (written: Values): Parameters =>
  Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  )

/** What is written for a codec, where its name alone does not say it. */
const writtenAs: Readonly<Record<string, string>> = {
  string: 'a text',
  Decimal: "a decimal in a text, as '0.010'",
  Integer: 'a whole number',
  Timestamp: 'a time in ms since 1970',
}

/** A longer text may be a secret that was given by mistake. */
const SHOWN = 24

const shown = (value: unknown): string =>
  typeof value === 'string' && value.length <= SHOWN ? JSON.stringify(value) : came(value)

/**
 * What was given, by the names on the wire.
 *
 * @throws TypeError for a name that the call does not have, a value that is missing, or one that is not as it should be.
 */
const encoded = (who: string, codec: AnyParameters, given: Values): Values => {
  const names = codec.fields.map(({ name }) => name)
  const unknown = Object.keys(given).find((name) => given[name] !== undefined && !names.includes(name))
  if (unknown !== undefined) throw new TypeError(`${who}: there is no '${unknown}'; expected are ${names.join(', ')}`)
  for (const { name, optional, codec: type } of codec.fields) {
    const value = given[name]
    if (value === undefined && optional) continue
    if (!type.is(value))
      throw new TypeError(`${who}: expected ${name} to be ${writtenAs[type.name] ?? type.name}, came ${shown(value)}`)
  }
  const written = codec.encode(given)
  return isValues(written) ? written : {}
}

/** Where a call stands in the version of a rest. @throws TypeError where that version does not have it. */
const pathOf = (rest: Rest, name: string, { path }: CallRow): string => {
  const found = typeof path === 'string' ? path : path[rest.version]
  if (found === undefined)
    throw new TypeError(
      `${rest.venue.name} has no call '${name}' in its REST ${rest.version}, but in ${Object.keys(path).join(', ')}`,
    )
  if (found.startsWith('/')) return found
  const { base } = rest.paths
  if (base === undefined)
    throw new TypeError(`${rest.venue.name} has no base for its calls in its REST ${rest.version}`)
  return `${base}/${found}`
}

/** A call of JSON-RPC: parameters that are left out are `null`, and the newest block is asked. */
const rpcBody = (method: string, { fields }: AnyParameters, written: Values) => ({
  jsonrpc: '2.0',
  id: 1,
  method,
  params: [...fields.map(({ key }) => written[key] ?? null), 'latest'],
})

/**
 * Makes a call ready.
 *
 * @throws TypeError where the venue's version does not have it, a parameter is not as it should be, or nobody signs.
 */
export const callOf = (rest: Rest, name: string, row: CallRow, given: Values): PreparedCall => {
  const { method, answer, weight, weightOfAll = weight, endpoint, rpc } = row
  const written = encoded(name, row.parameters, given)
  const path = pathOf(rest, name, row)
  const parameters = rpc === undefined ? parametersOf({ ...written, ...row.always }) : {}
  const options: RequestConfig = {
    authentication: row.authentication ?? 'signed',
    weight: 'symbol' in written ? weight : weightOfAll,
    idempotent: method === 'GET' || row.isIdempotent === true,
    ...(endpoint !== undefined && { endpoint }),
    ...(rpc !== undefined && { json: rpcBody(rpc, row.parameters, written) }),
  }
  const ask: PreparedCall = (more) => rest.request(method, path, parameters, answer, { ...options, ...more })
  // Nothing is asked before somebody subscribes; that there is no signer is said now.
  ask()
  return ask
}
