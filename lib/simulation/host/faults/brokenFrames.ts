import { rawFrame } from './rawFrame.js'

const text = (payload: string) => ({ opcode: 1, payload: Buffer.from(payload) }) as const

/** Frames that no client may accept, by what is wrong with them. */
export const brokenFrames = {
  reservedBits: rawFrame({ ...text('{}'), reserved: 3 }),
  reservedOpcode: Buffer.from([128 | 3, 0]),
  badUtf8: rawFrame({ opcode: 1, payload: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
  /** A code is two bytes long. */
  badClose: rawFrame({ opcode: 8, payload: Buffer.from([3]) }),
  /** 1005 is never sent: it says that there was no code. */
  badCloseCode: rawFrame({ opcode: 8, payload: Buffer.from([1_005 >> 8, 1_005 & 255]) }),
  masked: rawFrame({ ...text('{}'), masked: true }),
  /** A PING holds at most 125 bytes. */
  longPing: rawFrame({ opcode: 9, payload: Buffer.alloc(126) }),
  cutPing: rawFrame({ opcode: 9, payload: Buffer.alloc(1), fin: false }),
  /** It continues nothing. */
  strayContinuation: rawFrame({ opcode: 0, payload: Buffer.from('{}') }),
} as const
