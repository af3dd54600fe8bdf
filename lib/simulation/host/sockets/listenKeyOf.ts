import type { Carried } from './Carried.js'

/** Reads `?listenKey=…`, or nothing; anything else is no endpoint. */
export const listenKeyOf = (url: string): Carried | undefined => {
  const [path = '', query = ''] = url.split('?')
  if (path !== '' && path !== '/') return undefined
  const listenKey = new URLSearchParams(query).get('listenKey')
  return { combined: true, streams: new Set(), ...(listenKey !== null && { listenKey }) }
}
