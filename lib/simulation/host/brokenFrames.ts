/** A WebSocket frame as it goes over a connection, right or wrong. */
export interface RawFrame {
  /** 0 continues a message, 1 is a text, 2 binary, 8 closes, 9 pings, 10 pongs. */
  readonly opcode: 0 | 1 | 2 | 8 | 9 | 10
  readonly payload: Buffer
  /** It ends its message. Default: true. */
  readonly fin?: boolean
  /** The three reserved bits, the first one being 4, which says that the message is compressed. Default: 0. */
  readonly reserved?: number
  /** Masked, as only clients do it. Default: false. */
  readonly masked?: boolean
}

const lengthOf = (length: number): Buffer => {
  if (length < 126) return Buffer.from([length])
  if (length < 65_536) return Buffer.from([126, length >> 8, length & 255])
  const bytes = Buffer.alloc(9, 127)
  bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}

/** The bytes of a frame (RFC 6455, 5.2); a masked one is masked with zeros, so its payload stands as it is. */
export const rawFrame = ({ opcode, payload, fin = true, reserved = 0, masked = false }: RawFrame): Buffer => {
  const length = lengthOf(payload.length)
  if (masked) length[0] = (length[0] ?? 0) | 128
  const first = Buffer.from([(fin ? 128 : 0) | (reserved << 4) | opcode])
  return Buffer.concat([first, length, ...(masked ? [Buffer.alloc(4)] : []), payload])
}

const text = (payload: string) => ({ opcode: 1, payload: Buffer.from(payload) }) as const

/** A part of a message that never ends. */
const FRAGMENT = Buffer.alloc(2 ** 16, ' ')

/** Bytes, the code by which a client closes, and the error that `ws` has for them. */
interface Refused {
  readonly bytes: Uint8Array
  readonly code: number
  readonly error: string
}

/** The names are taken from the table; its type names nothing of Node. */
const table = <Name extends string>(frames: Readonly<Record<Name, Refused>>) => frames

/** Frames that no client may accept. */
export const brokenFrames = table({
  reservedBits: {
    bytes: rawFrame({ ...text('{}'), reserved: 3 }),
    ...{ code: 1002, error: 'WS_ERR_UNEXPECTED_RSV_2_3' },
  },
  reservedOpcode: { bytes: Buffer.from([128 | 3, 0]), code: 1002, error: 'WS_ERR_INVALID_OPCODE' },
  badUtf8: {
    bytes: rawFrame({ opcode: 1, payload: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
    ...{ code: 1007, error: 'WS_ERR_INVALID_UTF8' },
  },
  /** A code is two bytes long. */
  badClose: {
    bytes: rawFrame({ opcode: 8, payload: Buffer.from([3]) }),
    ...{ code: 1002, error: 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH' },
  },
  /** 1005 is never sent: it says that there was no code. */
  badCloseCode: {
    bytes: rawFrame({ opcode: 8, payload: Buffer.from([1_005 >> 8, 1_005 & 255]) }),
    ...{ code: 1002, error: 'WS_ERR_INVALID_CLOSE_CODE' },
  },
  masked: {
    bytes: rawFrame({ ...text('{}'), masked: true }),
    ...{ code: 1002, error: 'WS_ERR_UNEXPECTED_MASK' },
  },
  /** A PING holds at most 125 bytes. */
  longPing: {
    bytes: rawFrame({ opcode: 9, payload: Buffer.alloc(126) }),
    ...{ code: 1002, error: 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH' },
  },
  cutPing: {
    bytes: rawFrame({ opcode: 9, payload: Buffer.alloc(1), fin: false }),
    ...{ code: 1002, error: 'WS_ERR_EXPECTED_FIN' },
  },
  /** It continues nothing. */
  strayContinuation: {
    bytes: rawFrame({ opcode: 0, payload: Buffer.from('{}') }),
    ...{ code: 1002, error: 'WS_ERR_INVALID_OPCODE' },
  },
  /** The beginning of a message that goes on, by `fragment`, as long as the client takes it. */
  endlessFragments: {
    bytes: rawFrame({ opcode: 1, payload: FRAGMENT, fin: false }),
    ...{ code: 1009, error: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' },
  },
})

/** More of the message that `endlessFragments` begins. */
export const fragment = rawFrame({ opcode: 0, payload: FRAGMENT, fin: false })

/**
 * A frame that breaks the protocol: reserved bits or a reserved opcode, a text that is no UTF-8, a close frame of one
 * byte or with a code that is never sent, a frame masked as only clients do it, a PING that is too long or cut in two,
 * a continuation of nothing, or a message that goes on as long as somebody takes it.
 */
export type BrokenFrame = keyof typeof brokenFrames
