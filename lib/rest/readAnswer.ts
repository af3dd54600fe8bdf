import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { isValues } from '../codecs/Values.js'
import { banIn } from '../venues/banIn.js'
import { BANNED, retryAfter, timeOf, TOO_MANY, waitUntil } from './retryAfter.js'
import { parseExact, parseLossless } from '../codecs/parseLossless.js'
import type { Venue } from '../venues/Venue.js'
import type { Answer } from './fetchText.js'
import { RestError, type RestFailure } from './RestError.js'
import type { SignedRequest } from './sign.js'

const SHOWN = 200

/** Statuses below 500 after which another attempt may help: time-out, too early, and what firewalls say for a while. */
const passing: readonly number[] = [403, 408, 425]

const parsed = (text: string, isLossless: boolean): { readonly json: unknown } | undefined => {
  try {
    return { json: isLossless ? parseLossless(text) : parseExact(text) }
  } catch {
    // Its message would repeat the text.
    return undefined
  }
}

const LONG = ', came a whole number beyond 2^53: `Id` takes it'

const isLong = (value: unknown): boolean => typeof value === 'string' && Id.is(value)

/** What is wrong with a value, without the value: it may be a secret. */
const whatIsWrong = (errors: t.Errors, redact: (text: string) => string) => {
  const context = errors.slice(0, 1).flatMap((first) => first.context)
  const keys = context.slice(1).map(({ key }) => key)
  const path = redact(keys.join('.'))
  const expected = context.slice(-1).map(({ type, actual }) => `expected ${type.name}${isLong(actual) ? LONG : ''}`)
  return { path, reason: [...(path === '' ? [] : [path]), ...expected].join(': ') }
}

/** The value in an answer. @throws RestError where there is none. */
export const readAnswer = <A>(
  { status, header, text }: Answer,
  { request, redact, isSecret }: Pick<SignedRequest, 'request' | 'redact' | 'isSecret'>,
  { rest: table, losslessIds }: Pick<Venue, 'rest' | 'losslessIds'>,
  codec: t.Decoder<unknown, A>,
  now: number,
): A => {
  const isSuccess = status >= 200 && status < 300 && table.refusals?.includes(status) !== true
  const body = parsed(text, losslessIds === true)
  const { code, msg } = isValues(body?.json) ? body.json : {}
  // Times that a venue names are times of its own clock.
  const venueNow = timeOf(header('date')) ?? now
  const asked = retryAfter(header('retry-after'), venueNow)
  const shown = (words: string) => redact(words).slice(0, SHOWN)
  const fail = (failure: RestFailure, final = false) => new RestError(request, failure, final)

  const isVenueError = typeof code === 'number' && (isSuccess ? table.isErrorCode(code) : true)
  const isMessage = isVenueError && typeof msg === 'string'
  const words = isMessage ? msg : text
  const reason = isSecret && !isMessage && text !== '' ? `${text.length} characters, not shown` : shown(words) // F78
  const ban = isVenueError || !isSuccess ? banIn(table.bans, code, words) : undefined
  if (status === 429 || status === 418 || ban !== undefined) {
    const told = ban?.until === undefined ? asked : Math.max(asked ?? 0, waitUntil(ban.until, venueNow)) // F76
    const wait = status === 418 ? Math.max(BANNED, told ?? 0) : (told ?? TOO_MANY)
    throw fail({ kind: 'rateLimited', status, ...(isVenueError && { code }), reason, retryAfter: wait })
  }

  const wait = asked !== undefined && { retryAfter: asked }
  if (isVenueError) {
    const isPassing = status >= 500 || [...table.transientCodes, ...table.clockCodes].includes(code)
    throw fail({ kind: 'venue', status, code, reason, ...wait }, !isPassing)
  }
  if (!isSuccess) throw fail({ kind: 'http', status, reason, ...wait }, status < 500 && !passing.includes(status))
  if (body === undefined && text !== '') throw fail({ kind: 'body', status, path: '', reason: 'expected JSON' })
  const result = codec.decode(body?.json)
  if (result._tag === 'Left') throw fail({ kind: 'body', status, ...whatIsWrong(result.left, redact) })
  return result.right
}
