import type { Readable } from 'node:stream'
import type { Input } from './Input.js'

/** So much of what came is kept, in bytes: more than a member that is held back may have. */
const KEPT = 4 * 1024 * 1024

/** Reads what comes when it comes, and forgets it; `stop` ends it while it waits. */
export const pipeInput = (readable: Readable, release: () => void, stop: AbortSignal): Input => {
  const chunks: { readonly start: number; readonly bytes: Buffer }[] = []
  let length = 0
  let isOver = stop.aborted
  let failure: Error | undefined
  let wake = (): void => undefined

  const came = (bytes: Buffer) => {
    chunks.push({ start: length, bytes })
    length += bytes.length
    while (length - (chunks[1]?.start ?? length) >= KEPT) chunks.shift()
    readable.pause()
    wake()
  }
  const ended = () => {
    isOver = true
    wake()
  }
  const failed = (error: Error) => {
    failure = error
    ended()
  }
  readable.on('data', came).on('end', ended).on('close', ended).on('error', failed)
  stop.addEventListener('abort', ended) // F85

  return {
    isPipe: true,
    size: undefined,
    read: async (position, most) => {
      while (position >= length && !isOver) {
        readable.resume()
        await new Promise<void>((resolve) => (wake = resolve))
      }
      if (failure !== undefined) throw failure
      const chunk = chunks.findLast(({ start }) => start <= position)
      const at = position - (chunk?.start ?? 0)
      return chunk?.bytes.subarray(at, at + most) ?? Buffer.alloc(0)
    },
    close: () => {
      readable.pause()
      readable.off('data', came).off('end', ended).off('close', ended).off('error', failed)
      stop.removeEventListener('abort', ended)
      release()
      return Promise.resolve()
    },
  }
}
