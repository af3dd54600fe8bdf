import { isValues } from '../codecs/Values.js'

/** Errors within errors are looked into so deep. */
const DEEPEST = 4

/** An address may hold a secret in its path or its query. */
const withoutAddresses = (text: string) => text.replace(/\w+:\/\/\S+/g, '<address>')

/**
 * What went wrong on the network, in words: the code of an error and its message, which names the address that was
 * tried; where several were, each of them. No URL is repeated.
 */
export const causeOf = (error: unknown, deep = 0): string => {
  if (!isValues(error)) return 'no answer'
  const { code, cause, name, message, errors } = error
  if (Array.isArray(errors) && errors.length > 0 && deep < DEEPEST)
    return [...new Set(errors.map((one) => causeOf(one, deep + 1)))].join('; ') // F83
  if (typeof code !== 'string' && isValues(cause) && deep < DEEPEST) return causeOf(cause, deep + 1)
  const text = withoutAddresses(typeof message === 'string' ? message : '')
  const kind = typeof code === 'string' ? code : String(name)
  if (text === '') return kind
  return kind === 'Error' || text.includes(kind) ? text : `${kind}: ${text}`
}

const pathOf = (url: string): string => {
  const path = url.replace(/^[a-z+]+:\/\/[^/?]*/i, '')
  return path.length > 1 ? path : url
}

/** What went wrong at an address, which may hold a listen key, so that its path is taken out. */
export const causeAt = (error: unknown, url: string): string => causeOf(error).replaceAll(pathOf(url), '<path>') // F49

/** The host of a URL, with its port where it has one. */
export const hostOf = (url: string): string => /^\w+:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url)?.[1] ?? ''

/** A reason with the host that it is about, where it does not name that itself. */
export const withHost = (reason: string, url: string): string => {
  const host = hostOf(url)
  return host === '' || reason.includes(host) ? reason : `${host}: ${reason}` // F83
}
