import { gzipSync } from 'node:zlib'

/** A header without name and time, and in its extra field `AR`, the sign of a member that holds whole records. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 4, 0, 0x41, 0x52, 0, 0])

/** How long the header is that `gzipSync` writes. */
const PLAIN_HEADER = 10

/** Whole records as one gzip member, which stands by itself: any program unpacks it, and its checksum tells what is sound. */
export const gzipMember = (records: string): Buffer => Buffer.concat([HEADER, gzipSync(records).subarray(PLAIN_HEADER)])

/** Whether a header says that its member holds whole records. */
export const holdsWholeRecords = (header: Buffer): boolean => header.equals(HEADER)
