import { isValues, type Values } from '../../../codecs/Values.js'
import type { Answer, Answered } from './Answered.js'
import type { Carried } from './Carried.js'
import { parsedJson } from './parsedJson.js'

/** How a venue takes requests by method. */
export interface MethodDialect {
  /** Ids may be texts of at most 36 characters and null, too. */
  readonly takesTextIds: boolean
}

type Id = number | string | null

const methods = ['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS', 'SET_PROPERTY', 'GET_PROPERTY'] as const

const isMethod = (u: unknown): u is (typeof methods)[number] => methods.some((method) => method === u)

const isText = (u: unknown): u is string => typeof u === 'string'

const invalid = (what: string) => ({ code: 2, msg: `Invalid request: ${what}` })

const idOf = ({ id }: Values, takesTextIds: boolean): { readonly id: Id } | undefined => {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? { id } : undefined
  // Other clients leave it out, on Aster as on Binance, and are served.
  if (id === undefined) return { id: null }
  if (!takesTextIds) return undefined
  if (isText(id)) return id.length <= 36 ? { id } : undefined
  return id === null ? { id } : undefined
}

/** Aster's and Binance's `{"method":…,"params":[…],"id":1}`. */
export const answerMethod =
  (dialect: MethodDialect): Answer =>
  (text, carried, rules) => {
    const json = parsedJson(text)
    if (json === undefined)
      return { reply: { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' }, carried }
    if (!isValues(json.value)) return { reply: invalid('expected an object'), carried }
    const { method, params } = json.value
    if (method === undefined) return { reply: invalid('missing field `method`'), carried }
    if (!isMethod(method)) {
      const variants = methods.map((known) => `\`${known}\``).join(', ')
      return {
        reply: invalid(
          `unknown variant \`${typeof method === 'string' ? method : typeof method}\`, expected one of ${variants}`,
        ),
        carried,
      }
    }
    const found = idOf(json.value, dialect.takesTextIds)
    if (found === undefined) return { reply: invalid('request ID must be an unsigned integer'), carried }
    const { id } = found
    const done = (result: unknown, next: Carried = carried): Answered => ({
      reply: { result, id },
      carried: next,
      isDone: true,
    })

    if (method === 'LIST_SUBSCRIPTIONS') return done([...carried.streams])
    if (!Array.isArray(params)) return { reply: invalid('missing field `params`'), carried }
    const values: readonly unknown[] = params

    if (method === 'SUBSCRIBE' || method === 'UNSUBSCRIBE') {
      if (!values.every(isText)) return { reply: invalid('stream name must be a string'), carried }
      const streams = new Set(carried.streams)
      for (const name of values)
        if (method === 'SUBSCRIBE') streams.add(name)
        else streams.delete(name)
      return streams.size > rules.streamsPerConnection
        ? { reply: { error: { code: 4, msg: 'Too many subscriptions' }, id }, carried, isTooMany: true }
        : done(null, { ...carried, streams })
    }

    const [property, value] = values
    if (!isText(property)) return { reply: invalid('property name must be a string'), carried }
    if (values.length > (method === 'SET_PROPERTY' ? 2 : 1)) return { reply: invalid('too many parameters'), carried }
    if (property !== 'combined') return { reply: { code: 0, msg: 'Unknown property' }, carried }
    if (method === 'GET_PROPERTY') return done(carried.combined)
    return typeof value === 'boolean'
      ? done(null, { ...carried, combined: value })
      : { reply: { code: 1, msg: 'Invalid value type: expected Boolean' }, carried }
  }
