import type { Host } from './Host.js'
import { webSocketTransport, type WebSocketConfig } from './webSocketTransport.js'

/** So many bytes are inflated at a time: a gzip grows to a thousand times its size at most. */
const PIECE = 4_096

/** The types of Node say nothing of what comes out. */
interface Inflating {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>
}

const tooLong = new RangeError('longer than it may be')

const gunzip = async (bytes: Uint8Array, most: number): Promise<string> => {
  const { readable, writable }: Inflating = new DecompressionStream('gzip')
  const writer = writable.getWriter()
  const feed = async () => {
    for (let at = 0; at < bytes.length; at += PIECE) await writer.write(Uint8Array.from(bytes.subarray(at, at + PIECE)))
    await writer.close()
  }
  // What breaks the one breaks the other, and is told by whoever reads.
  feed().catch(() => undefined)
  const reader = readable.getReader()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.length
    // F42
    if (length > most) {
      void reader.cancel()
      throw tooLong
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Any host with the interfaces of the web: its own WebSocket and `DecompressionStream`. */
export const webHost: Host<WebSocketConfig> = { transport: webSocketTransport, gunzip }
