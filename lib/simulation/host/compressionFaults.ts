import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import type { CompressionFault } from './faults.js'
import type { ServerSocket } from './ServerSocket.js'

const MEGABYTE = Buffer.alloc(2 ** 20, ' ')
/** The bytes that end a part of a compressed message, and are left out at its end (RFC 7692, 7.2.1). */
const TAIL = 4
const UNCUT = JSON.stringify({ stream: 'cut@trade', data: { e: 'trade', E: 1, s: 'CUT' } })

const repeated = (part: Buffer, count: number) => Buffer.concat(Array.from({ length: count }, () => part))

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >>> 1)

/** Gzip of so many megabytes of spaces, member after member: a thousandth of its size. */
const gzipBomb = (megabytes: number): Buffer => repeated(gzipSync(MEGABYTE), megabytes)

const deflate = (data: Buffer | string): Buffer => deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH })

/** So many megabytes of spaces as a message is compressed by permessage-deflate. */
const deflateBomb = (megabytes: number): Buffer => repeated(deflate(MEGABYTE), megabytes).subarray(0, -TAIL)

type Sending = (socket: ServerSocket, megabytes: number) => void

const faults: Readonly<Record<'gzip' | 'deflate', Readonly<Record<CompressionFault, Sending>>>> = {
  gzip: {
    bomb: (socket, megabytes) => socket.send(gzipBomb(megabytes)),
    cut: (socket) => socket.send(half(gzipSync(UNCUT))),
    plain: (socket) => socket.send(UNCUT),
  },
  deflate: {
    bomb: (socket, megabytes) => socket.sendDeflated(deflateBomb(megabytes)),
    cut: (socket) => socket.sendDeflated(half(deflate(UNCUT).subarray(0, -TAIL))),
    plain: () => {
      throw new TypeError('plain: every text is plain here; expected a venue whose frames are gzip')
    },
  },
}

/** Sends a message whose compression is wrong. @throws TypeError where messages are not compressed. */
export const sendMiscompressed = (
  socket: ServerSocket,
  fault: CompressionFault,
  megabytes: number,
  compression: 'gzip' | 'deflate' = 'deflate',
): void => faults[compression][fault](socket, megabytes)
