import { crc32, gzipSync, inflateRawSync } from 'node:zlib'

/** A header without name and time, and in its extra field `AR`, the sign of a member that holds whole records. */
export const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 4, 0, 0x41, 0x52, 0, 0])

/** How long the header is that `gzipSync` writes. */
const PLAIN_HEADER = 10

const TRAILER = 8

/** Whole records as one gzip member, which stands by itself: any program unpacks it, and its checksum tells what is sound. */
export const gzipMember = (records: string): Buffer => Buffer.concat([HEADER, gzipSync(records).subarray(PLAIN_HEADER)])

/** Whether a header says that its member holds whole records. */
export const holdsWholeRecords = (header: Buffer): boolean => header.equals(HEADER)

/** With `info` zlib gives more than its types say: what came out, and how many bytes went in. */
const inflate = (bytes: Buffer): readonly [out: Buffer, used: number] => {
  const { buffer, engine }: { buffer?: unknown; engine?: { bytesWritten?: number } } = inflateRawSync(bytes, {
    info: true,
  })
  return Buffer.isBuffer(buffer) ? [buffer, engine?.bytesWritten ?? 0] : [Buffer.alloc(0), 0]
}

/** Where the member that begins at `start` ends, if it is sound. */
export const endOfMember = (bytes: Buffer, start: number): number | undefined => {
  try {
    const [out, used] = inflate(bytes.subarray(start + HEADER.length))
    const end = start + HEADER.length + used
    const trailer = bytes.subarray(end, end + TRAILER)
    const isSound = trailer.readUInt32LE(0) === crc32(out) && trailer.readUInt32LE(4) === out.length % 2 ** 32
    return isSound ? end + TRAILER : undefined
  } catch {
    return undefined
  }
}
