import { fstatSync, readSync } from 'node:fs'
import { endOfMember, HEADER } from './gzipMember.js'
import { mayBeRecorded } from './recordedSignal.js'

/** How the end of a recording that exists is looked at. */
export interface Ending {
  readonly gzip: boolean
  readonly delimiter: string
  readonly separator: string
}

/** What was found there. */
export interface SoundEnd {
  /** Up to here it is sound; what follows was torn by a crash. */
  readonly end: number
  readonly size: number
  /** `record` wrote it: so its records are whole, and nothing is cut off from what others wrote. */
  readonly isOurs: boolean
}

/** So much of the end is read at first, and four times as much each time that nothing sound is there. */
const WINDOW = 1024 * 1024

/** The first record has its time and its beginning in so many bytes. */
const BEGINNING = 256

const bytesOf = (file: number, from: number, to: number): Buffer => {
  const bytes = Buffer.alloc(to - from)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(file, bytes, length, bytes.length - length, from + length)
  return bytes.subarray(0, length)
}

/** Where the last sound member ends. */
const endOfMembers = (bytes: Buffer): number | undefined => {
  for (let at = bytes.lastIndexOf(HEADER); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(HEADER, at - 1)) {
    const end = endOfMember(bytes, at)
    if (end !== undefined) return end
  }
  return undefined
}

const endOfRecords = (bytes: Buffer, delimiter: string): number | undefined => {
  const last = bytes.lastIndexOf(delimiter)
  return last < 0 ? undefined : last + Buffer.byteLength(delimiter)
}

/** Whether the first record is one that `record` writes first. */
const isOurs = (beginning: Buffer, { gzip, separator }: Ending): boolean => {
  if (gzip) {
    const written = beginning.subarray(0, Math.min(HEADER.length, beginning.findLastIndex((byte) => byte !== 0) + 1))
    return written.equals(HEADER.subarray(0, written.length))
  }
  const text = beginning.toString()
  const start = text.indexOf(separator)
  return start > 0 && mayBeRecorded(text.slice(start + separator.length))
}

/** Finds where a file that may have been torn can be written on. */
export const soundEnd = (file: number, ending: Ending): SoundEnd => {
  const { size } = fstatSync(file)
  if (!isOurs(bytesOf(file, 0, Math.min(size, BEGINNING)), ending)) return { end: size, size, isOurs: false }
  for (let window = WINDOW; ; window *= 4) {
    const from = Math.max(0, size - window)
    const bytes = bytesOf(file, from, size)
    const end = ending.gzip ? endOfMembers(bytes) : endOfRecords(bytes, ending.delimiter)
    if (end !== undefined) return { end: from + end, size, isOurs: true }
    if (from === 0) return { end: 0, size, isOurs: true }
  }
}
