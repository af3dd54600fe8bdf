import { statSync } from 'node:fs'
import { formatNames, type FileRead, type ReplayConfig } from '../index.js'
import type { OptionTable, ValuesOf } from './Command.js'
import { UsageError } from './UsageError.js'
import { aCount, anEscapedText, aTime, oneOf } from './ValueType.js'
import { venueNames } from './venues.js'

/** What every command that reads files takes. */
export const fileOptions = {
  from: { type: aTime, without: 'the beginning', says: 'Only what came then or later.' },
  to: { type: aTime, without: 'the end', says: 'Only what came before.' },
  merge: { says: 'Plays several files at once, by time, and not one after the other.' },
  format: {
    type: oneOf('NAME', formatNames),
    without: 'what the first bytes say, or else record',
    says: 'Whose files they are.',
  },
  timestamps: {
    type: oneOf('FORM', ['ms', 'us', 'ns', 's', 'iso', 'none', 'event'] as const),
    without: 'what the format says',
    says: 'How the time of a record is written.',
  },
  separator: { type: anEscapedText, without: 'what the format says', says: 'Stands between the time and the frame.' },
  headers: { type: aCount(0), without: '0', says: 'How many records at the head of each file are none.' },
  delimiter: {
    type: anEscapedText,
    without: 'what the format says',
    says: 'Ends a record; \\r, \\n and \\t are read.',
  },
} as const satisfies OptionTable

/** What every command takes that reads what they mean. */
export const recordingOptions = {
  ...fileOptions,
  venue: {
    type: oneOf('VENUE', venueNames),
    without: 'what the recording says',
    says: 'Whose frames they are.',
  },
} as const satisfies OptionTable

/** How recordings are read. @throws UsageError for a span that ends before it begins. */
export const recordingConfig = (
  files: readonly string[],
  { from, to, merge, format, timestamps, separator, headers, delimiter }: ValuesOf<typeof fileOptions>,
): ReplayConfig => {
  if (from !== undefined && to !== undefined && from >= to)
    throw new UsageError('--to: expected a time after --from, came an earlier one')
  return {
    ...{ files, merge },
    ...(format !== undefined && { format }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(timestamps !== undefined && { timestamps }),
    ...(separator !== undefined && { separator }),
    ...(headers !== undefined && { headers }),
    ...(delimiter !== undefined && { delimiter }),
  }
}

/** NaN where only its end will tell, as of a pipe, and of what stands for files that nobody has looked for yet. */
const sizeOf = (path: string): number => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() === true ? found.size : NaN
}

/** How much of all files was read. */
export const reading = (files: readonly string[], isMerged: boolean) => {
  const sizes = new Map(files.map((path) => [path, sizeOf(path)]))
  const read = new Map<string, number>()
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  return {
    read: ({ path, bytes }: FileRead) => {
      // What comes after another one comes when that was read, or passed over.
      if (!isMerged && !read.has(path))
        for (const before of files.slice(0, files.indexOf(path))) read.set(before, sizes.get(before) ?? 0)
      read.set(path, bytes)
    },
    bytes: () => [...read.values()].reduce((sum, bytes) => sum + bytes, 0),
    total: Number.isNaN(total) ? undefined : total,
  }
}
