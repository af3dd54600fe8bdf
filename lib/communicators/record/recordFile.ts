import { closeSync, existsSync, fstatSync, openSync, writeSync } from 'node:fs'
import { gzipMember } from './gzipMember.js'

/** So much is kept back, in bytes, before it is written. */
const BATCH = 64 * 1024

export interface RecordFile {
  /** Uncompressed bytes so far. */
  readonly length: () => number
  readonly write: (record: string) => void
  /** Writes what is kept back. */
  readonly flush: () => void
  /** Writes what is kept back, and closes the file, even when that fails. */
  readonly close: () => void
}

const openFile = (path: string, append: boolean) => {
  try {
    return openSync(path, append ? 'a' : 'wx')
  } catch (error) {
    if (!existsSync(path) || append) throw error
    const advice = 'choose another name, or say `append: true` to write on at its end'
    throw new Error(`record: expected a new file, came '${path}', which exists: ${advice}`, { cause: error })
  }
}

/**
 * Writes records to a file in batches, each of them whole before the call returns. A batch of a gzip file is one member,
 * so that everything up to the last batch can be decoded, whatever happens. A file that is written on begins with a
 * delimiter, in case its last record has none.
 */
export const recordFile = (path: string, gzip: boolean, append: boolean, delimiter: string): RecordFile => {
  const file = openFile(path, append)
  let kept = fstatSync(file).size > 0 ? delimiter : ''
  let keptBytes = Buffer.byteLength(kept)
  let length = 0

  const flush = () => {
    if (kept === '') return
    const bytes = gzip ? gzipMember(kept) : Buffer.from(kept)
    kept = ''
    keptBytes = 0
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
  }

  return {
    length: () => length,
    write: (record) => {
      const bytes = Buffer.byteLength(record)
      kept += record
      keptBytes += bytes
      length += bytes
      if (keptBytes >= BATCH) flush()
    },
    flush,
    close: () => {
      try {
        flush()
      } finally {
        closeSync(file)
      }
    },
  }
}
