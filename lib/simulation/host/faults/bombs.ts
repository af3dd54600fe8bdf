import { constants, deflateRawSync, gzipSync } from 'node:zlib'

const MEGABYTE = Buffer.alloc(2 ** 20, ' ')
/** What ends a part of a compressed message, and is left out at its end (RFC 7692, 7.2.1). */
const TAIL = 4

const times = (part: Buffer, count: number) => Buffer.concat(Array.from({ length: count }, () => part))

/** Gzip of so many megabytes of spaces, member after member: a thousandth of its size. */
export const gzipBomb = (megabytes: number): Buffer => times(gzipSync(MEGABYTE), megabytes)

/** So many megabytes of spaces as a message is compressed by permessage-deflate. */
export const deflateBomb = (megabytes: number): Buffer =>
  times(deflateRawSync(MEGABYTE, { finishFlush: constants.Z_SYNC_FLUSH }), megabytes).subarray(0, -TAIL)

/** A text as a message is compressed by permessage-deflate. */
export const deflated = (text: string): Buffer =>
  deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -TAIL)
