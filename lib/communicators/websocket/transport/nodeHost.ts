import { gunzipSync } from 'node:zlib'
import type { Host } from './Host.js'
import { wsTransport, type WsConfig } from './wsTransport.js'

/** Node: sockets of `ws`, and its own zlib. */
export const nodeHost: Host<WsConfig> = {
  transport: wsTransport,
  gunzip: (bytes, most) => {
    const inflated = gunzipSync(bytes, {
      maxOutputLength: most, // F42
    })
    return [inflated.toString()]
  },
}
