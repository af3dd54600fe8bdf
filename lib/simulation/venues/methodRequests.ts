import { isValues, type Values } from '../../codecs/Values.js'
import { parsedJson } from './parsedJson.js'
import type { AnsweredRequest, AnswerRequest, Subscriptions } from './ServerBehaviour.js'

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

const unknownMethod = (method: unknown) => {
  const variants = methods.map((known) => `\`${known}\``).join(', ')
  return invalid(`unknown variant \`${isText(method) ? method : typeof method}\`, expected one of ${variants}`)
}

const idOf = ({ id }: Values, takesTextIds: boolean): { readonly id: Id } | undefined => {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? { id } : undefined
  // Other clients leave it out, on Aster as on Binance, and are served.
  if (id === undefined) return { id: null }
  if (!takesTextIds) return undefined
  if (isText(id)) return id.length <= 36 ? { id } : undefined
  return id === null ? { id } : undefined
}

/** Answers Aster's and Binance's `{"method":…,"params":[…],"id":1}`. */
export const answerMethod =
  (dialect: MethodDialect): AnswerRequest =>
  (text, subscriptions, { streamsPerConnection }) => {
    const refused = (reply: unknown): AnsweredRequest => ({ reply, subscriptions })
    const json = parsedJson(text)
    if (json === undefined) return refused({ code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' })
    if (!isValues(json.value)) return refused(invalid('expected an object'))
    const { method, params } = json.value
    if (method === undefined) return refused(invalid('missing field `method`'))
    if (!isMethod(method)) return refused(unknownMethod(method))
    const found = idOf(json.value, dialect.takesTextIds)
    if (found === undefined) return refused(invalid('request ID must be an unsigned integer'))
    const { id } = found
    const accepted = (result: unknown, next: Subscriptions = subscriptions): AnsweredRequest => ({
      reply: { result, id },
      subscriptions: next,
      isAccepted: true,
    })

    if (method === 'LIST_SUBSCRIPTIONS') return accepted([...subscriptions.streams])
    if (!Array.isArray(params)) return refused(invalid('missing field `params`'))
    const values: readonly unknown[] = params

    if (method === 'SUBSCRIBE' || method === 'UNSUBSCRIBE') {
      if (!values.every(isText)) return refused(invalid('stream name must be a string'))
      const streams = new Set(subscriptions.streams)
      for (const name of values)
        if (method === 'SUBSCRIBE') streams.add(name)
        else streams.delete(name)
      return streams.size > streamsPerConnection
        ? { ...refused({ error: { code: 4, msg: 'Too many subscriptions' }, id }), isTooMany: true }
        : accepted(null, { ...subscriptions, streams })
    }

    const [property, value] = values
    if (!isText(property)) return refused(invalid('property name must be a string'))
    if (values.length > (method === 'SET_PROPERTY' ? 2 : 1)) return refused(invalid('too many parameters'))
    if (property !== 'combined') return refused({ code: 0, msg: 'Unknown property' })
    if (method === 'GET_PROPERTY') return accepted(subscriptions.isCombined)
    return typeof value === 'boolean'
      ? accepted(null, { ...subscriptions, isCombined: value })
      : refused({ code: 1, msg: 'Invalid value type: expected Boolean' })
  }
