import { open } from 'node:fs/promises'
import { messageOf } from '../messageOf.js'

/** Where bytes are read. */
export interface Input {
  /**
   * Bytes that stand at `position`, at least one and at most `most`; none at the end. They are valid until the next
   * call. Throws where it cannot be read.
   */
  readonly read: (position: number, most: number) => Promise<Buffer>
  readonly close: () => Promise<void>
}

/** So much is read at a time. */
const BLOCK = 256 * 1024

/** The system's own words, and what to do. */
const unreadable = (cause: unknown): never => {
  throw new Error(`expected a file to read, came '${messageOf(cause)}': check the path, and who may read it`, { cause })
}

/** A file on a disk. */
export const openFile = async (path: string): Promise<Input> => {
  const handle = await open(path).catch(unreadable)
  const block = Buffer.allocUnsafe(BLOCK)
  let start = 0
  let end = 0
  return {
    read: async (position, most) => {
      if (position < start || position >= end) {
        const { bytesRead } = await handle.read(block, 0, BLOCK, position).catch(unreadable)
        start = position
        end = position + bytesRead // F50
      }
      return block.subarray(position - start, Math.min(end, position + most) - start)
    },
    close: () => handle.close(),
  }
}
