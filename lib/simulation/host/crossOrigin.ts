import type { IncomingHttpHeaders } from 'node:http'

type Headers = Readonly<Record<string, string>>

const isOfThisMachine = (origin: string): boolean =>
  URL.canParse(origin) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname)

/**
 * What lets a page read an answer that comes from another port of this machine, as one does that a development server
 * serves; none for pages from elsewhere.
 */
export const crossOriginHeaders = ({ origin }: IncomingHttpHeaders): Headers =>
  origin === undefined || !isOfThisMachine(origin)
    ? {}
    : { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': '*', Vary: 'Origin' }

/** What a browser asks before it sends a key or a method other than GET: all of it is granted, for ten minutes. */
export const preflightHeaders = (headers: IncomingHttpHeaders): Headers => ({
  ...crossOriginHeaders(headers),
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
  'Access-Control-Max-Age': '600',
})
