import { close, constants, fstat, open, read } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { promisify } from 'node:util'
import { messageOf } from '../messageOf.js'
import type { Input } from './Input.js'
import { pipeInput } from './pipeInput.js'

// A third less time than handles of files take.
const openDescriptor = promisify(open)
const closeDescriptor = promisify(close)
const readDescriptor = promisify(read)
const statDescriptor = promisify(fstat)

/** So much is read at a time. */
const BLOCK = 128 * 1024

const STANDARD_INPUT = ['-', '/dev/stdin']

/** The system's own words, and what to do. */
const unreadable = (cause: unknown): never => {
  throw new Error(`expected a file to read, came '${messageOf(cause)}': check the path, and who may read it`, { cause })
}

/** Opens a file, a named pipe or the standard input; `stop` ends what may wait for ever. */
export const openInput = async (path: string, stop: AbortSignal): Promise<Input> => {
  if (STANDARD_INPUT.includes(path)) return openStandardInput(stop)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFIFO() === true) return openPipe(path, stop) // F85
  return openFile(path)
}

/** It stays open for others, and ends no process that waits for nothing else, even where Node had begun to read on. */
const openStandardInput = (stop: AbortSignal): Input => {
  const { stdin } = process
  // A file is no socket.
  const isSocket = stdin instanceof Socket
  if (isSocket) stdin.ref()
  return pipeInput(stdin, () => isSocket && stdin.unref(), stop) // F85
}

/** Waits for a writer where it is read, and not where it is opened: that would keep a thread for good. */
const openPipe = async (path: string, stop: AbortSignal): Promise<Input> => {
  const fd = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(unreadable)
  const socket = new Socket({ fd, readable: true, writable: false })
  return pipeInput(socket, () => socket.destroy(), stop)
}

const openFile = async (path: string): Promise<Input> => {
  const fd = await openDescriptor(path, 'r').catch(unreadable)
  const block = Buffer.allocUnsafe(BLOCK)
  const { size } = await statDescriptor(fd)
  let start = 0
  let end = 0
  return {
    isPipe: false,
    size,
    read: async (position, most) => {
      if (position < start || position >= end) {
        const { bytesRead } = await readDescriptor(fd, block, 0, BLOCK, position).catch(unreadable)
        start = position
        end = position + bytesRead // F50
      }
      return block.subarray(position - start, Math.min(end, position + most) - start)
    },
    close: () => closeDescriptor(fd),
  }
}
