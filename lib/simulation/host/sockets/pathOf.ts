import type { Carried } from './Carried.js'

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const names = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split('/')
      .filter((name) => name !== '')
      .map(decoded),
  )

/** Reads `/ws`, `/ws/<stream>`, `/stream` and `/stream?streams=a/b`; anything else is no endpoint. */
export const pathOf = (url: string): Carried | undefined => {
  const [path = '', query = ''] = url.split('?')
  if (path === '/ws' || path.startsWith('/ws/')) return { combined: false, streams: names(path.slice(4)) }
  if (path !== '/stream' && path !== '/stream/') return undefined
  const streams = query.split('&').find((part) => part.startsWith('streams='))
  return { combined: true, streams: names((streams ?? '').slice('streams='.length)) }
}
