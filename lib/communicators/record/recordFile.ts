import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { gzipMember } from './gzipMember.js'
import type { RecordSettings } from './recordSettings.js'
import { soundEnd } from './soundEnd.js'

/** A file that is written, in batches. */
export interface RecordFile {
  readonly path: string
  readonly gzip: boolean
  /** Its bytes on the disk. */
  readonly size: () => number
  /** Bytes that were torn by a crash, and were cut off when it was opened. */
  readonly torn: number
  /** Whether it is still there under its name. */
  readonly isThere: () => boolean
  /** Writes whole records, before it returns; where that fails the file is as it was. */
  readonly write: (records: string) => void
  readonly close: () => void
}

const openFile = (path: string, append: boolean) => {
  try {
    return openSync(path, append ? 'a+' : 'ax')
  } catch (error) {
    if (!existsSync(path) || append) throw error
    const advice = 'choose another name, or say `append: true` to write on at its end'
    throw new Error(`record: expected a new file, came '${path}', which exists: ${advice}`, { cause: error })
  }
}

/** Makes the name of a new file outlast a loss of power, where the system can. */
const syncFolder = (path: string) => {
  try {
    const folder = openSync(dirname(path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch {
    return
  }
}

/**
 * Opens a file to write on at its end. A batch of a gzip file is one member, so that everything up to the last batch can
 * be read, whatever happens. What a crash left half written is cut off; a file of others gets a delimiter first, in case
 * its last record has none.
 */
export const recordFile = (path: string, settings: RecordSettings): RecordFile => {
  const { delimiter, separator, fsync } = settings
  const gzip = settings.gzip ?? path.endsWith('.gz')
  const file = openFile(path, settings.append)
  const { ino, dev } = fstatSync(file)
  // A device has no size, and nothing to repair.
  const isFile = fstatSync(file).isFile()
  const ending = isFile ? soundEnd(file, { gzip, delimiter, separator }) : { end: 0, size: 0, isOurs: true }
  let size = ending.end
  let prefix = size > 0 && !ending.isOurs ? delimiter : ''
  if (ending.end < ending.size) ftruncateSync(file, ending.end) // F62
  if (size === 0 && isFile && fsync !== 'never') syncFolder(path)

  const isThere = () => {
    const now = statSync(path, { throwIfNoEntry: false })
    return now?.ino === ino && now.dev === dev
  }

  const checkSize = () => {
    if (!isFile) return
    const now = fstatSync(file).size
    if (now === size) return
    throw new Error(
      `record: expected '${path}' to have ${size} bytes, came ${now}: another program writes it, or cut it off`,
    )
  }

  /** What cannot be cut off now is found torn by whoever reads the file or writes it on. */
  const takeBack = () => {
    try {
      ftruncateSync(file, size) // F63
    } catch {
      return
    }
  }

  const put = (bytes: Buffer) => {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    } catch (error) {
      takeBack()
      throw error
    }
  }

  return {
    path,
    gzip,
    size: () => size,
    torn: ending.size - ending.end,
    isThere,
    write: (records) => {
      checkSize() // F63
      const text = prefix + records
      const bytes = gzip ? gzipMember(text) : Buffer.from(text)
      put(bytes)
      size += bytes.length
      prefix = ''
      if (fsync === 'flush' && isFile) fdatasyncSync(file) // F63
    },
    close: () => {
      try {
        if (fsync === 'close' && isFile) fsyncSync(file)
      } finally {
        closeSync(file)
      }
    },
  }
}
