/** Another one publishes to the stream now: the server refuses what we send, and what it refused is stored nowhere. */
export class FencedError extends Error {
  /** Always `FencedError`. */
  override readonly name = 'FencedError'
}
