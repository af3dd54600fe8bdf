import type { Duplex } from 'node:stream'
import { gzipSync } from 'node:zlib'
import type { WebSocket } from 'ws'
import { deflateBomb, deflated, gzipBomb } from './bombs.js'
import { brokenFrames } from './brokenFrames.js'
import { rawFrame } from './rawFrame.js'
import type { BrokenFrame, PackingFault } from './SocketFaults.js'

/** What can be sent over one socket that no venue should send. */
export interface FaultySocket {
  /** @throws TypeError where messages are neither packed nor compressed here. */
  readonly packed: (fault: PackingFault, megabytes: number) => void
  readonly broken: (frame: BrokenFrame) => void
}

const FRAGMENT = Buffer.alloc(2 ** 16, ' ')
const UNCUT = JSON.stringify({ stream: 'cut@trade', data: { e: 'trade', E: 1, s: 'CUT' } })

const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length >>> 1)

/** `wire` is the socket below the WebSocket: what is written there is sent as it stands. */
export const faultySocket = (socket: WebSocket, wire: Duplex, compression: 'gzip' | undefined): FaultySocket => {
  const compressed = (payload: Buffer) => {
    if (!socket.extensions.includes('permessage-deflate'))
      throw new TypeError('messages are not compressed here: expected a client that offers it, and compression: true')
    wire.write(rawFrame({ opcode: 1, payload, reserved: 4 }))
  }

  /** One message, as long as anybody takes it. */
  const goOn = () => {
    while (!wire.destroyed) if (!wire.write(rawFrame({ opcode: 0, payload: FRAGMENT, fin: false }))) break
    if (!wire.destroyed) wire.once('drain', goOn)
  }

  const packs: Readonly<Record<'gzip' | 'deflate', Readonly<Record<PackingFault, (megabytes: number) => void>>>> = {
    gzip: {
      bomb: (megabytes) => socket.send(gzipBomb(megabytes)),
      cut: () => socket.send(cut(gzipSync(UNCUT))),
      plain: () => socket.send(UNCUT),
    },
    deflate: {
      bomb: (megabytes) => compressed(deflateBomb(megabytes)),
      cut: () => compressed(cut(deflated(UNCUT))),
      plain: () => {
        throw new TypeError('plain: every text is plain here; expected a venue whose frames are gzip')
      },
    },
  }

  return {
    packed: (fault, megabytes) => packs[compression ?? 'deflate'][fault](megabytes),
    broken: (frame) => {
      if (frame !== 'endlessFragments') wire.write(brokenFrames[frame])
      else {
        wire.write(rawFrame({ opcode: 1, payload: FRAGMENT, fin: false }))
        goOn()
      }
    },
  }
}
