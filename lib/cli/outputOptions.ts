import type { RecordConfig, Rotation } from '../index.js'
import type { OptionTable, ValuesOf } from './Command.js'
import { recordedFile } from './recordedFile.js'
import { aDuration, aSize, type ValueType } from './ValueType.js'

/** `hour`, `day`, or a time with its unit. */
const aPeriod: ValueType<'hour' | 'day' | number> = {
  ...{ placeholder: 'SPAN', expected: `hour, day, or ${aDuration().expected}` },
  read: (text) => (text === 'hour' || text === 'day' ? text : aDuration().read(text)),
}

/** What every command that writes a recording takes, beside where to. */
export const outputOptions = {
  every: { type: aPeriod, without: 'none', says: 'A new file with each hour or day (UTC), or each such span.' },
  bytes: { type: aSize, without: 'none', says: 'A new file before one grows over so many bytes.' },
  gzip: { says: 'Packs the file, whatever its name; one that ends in .gz is packed anyway.' },
  append: { says: 'Writes on at the end of what is there; what a crash left half written is cut off.' },
} as const satisfies OptionTable

/** How a recording is written. @throws UsageError for a name that does not fit its rotation. */
export const outputConfig = (
  pattern: string,
  { every, bytes, gzip, append }: ValuesOf<typeof outputOptions>,
): RecordConfig => {
  const rotate: Rotation = { ...(every !== undefined && { every }), ...(bytes !== undefined && { bytes }) }
  return { file: recordedFile(pattern, rotate), rotate, append, ...(gzip && { gzip }) }
}

/** What `record` says of its config, of the options here. */
export const inOptions = (error: unknown): never => {
  throw new Error((error instanceof Error ? error.message : String(error)).replace('`append: true`', '--append'), {
    cause: error,
  })
}
