/** A frame as it goes over a socket, right or wrong. */
export interface RawFrame {
  /** 0 continues a message, 1 is a text, 2 binary, 8 closes, 9 pings, 10 pongs. */
  readonly opcode: 0 | 1 | 2 | 8 | 9 | 10
  readonly payload: Buffer
  /** It ends its message. Default: true. */
  readonly fin?: boolean
  /** The three reserved bits, the first one being 4, which says that the message is compressed. Default: 0. */
  readonly reserved?: number
  /** As only clients do it. Default: false. */
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
