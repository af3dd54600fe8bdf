import type { Transport } from '../../lib/communicators/websocket/transport/Transport.js'

/**
 * The venue's log says by the end of an address which of the client's connections it is: they are called
 * `<name>-<n>` in the order in which they are made.
 */
export const tagged = (name: string, transport: Transport): Transport => {
  let made = 0
  return (url) => transport(`${url}${url.includes('?') ? '&' : '?'}source=${name}-${(made += 1)}`)
}
