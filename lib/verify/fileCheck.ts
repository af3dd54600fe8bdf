import type { Status } from '../Signal.js'
import { collect } from './findings.js'
import type { FileProblem, FileReport, RecordingReport, TimeStep } from './RecordingReport.js'

type OfFiles = Pick<RecordingReport, 'files' | 'formats' | 'stepsBack' | 'jumps'>

/** Follows what a replay says of its files. */
export interface FileCheck {
  readonly told: (status: Status) => void
  /** Ids of updates are made up. */
  readonly isSynthetic: () => boolean
  readonly report: (checksums: ReadonlyMap<string, FileReport['checksum']>) => OfFiles
}

export const createFileCheck = (): FileCheck => {
  const files = new Map<string, ReturnType<typeof problemsOf>>()
  const problemsOf = () => ({ damage: collect<FileProblem>(), badRecords: collect<FileProblem>() })
  const formats: RecordingReport['formats'][number][] = []
  const stepsBack = collect<TimeStep>()
  const jumps = collect<TimeStep>()
  let isSynthetic = false

  const fileOf = (path: string) => {
    const found = files.get(path) ?? problemsOf()
    files.set(path, found)
    return found
  }

  return {
    told: (status) => {
      if (status._tag === 'FileFormat') {
        const { format, known, lacks, ids } = status
        formats.push({ format, known, lacks })
        isSynthetic ||= ids === 'synthetic'
      } else if (status._tag === 'BadFile' || status._tag === 'Unverified') {
        const { offset, reason } = status
        fileOf(status.file).damage.add({ offset, reason })
      } else if (status._tag === 'BadRecord') {
        const { file, offset, reason, time: came, receivedAt: after } = status
        fileOf(file).badRecords.add({ offset, reason })
        if (came !== undefined && came < after) stepsBack.add({ file, offset, after, came })
        if (came !== undefined && came > after) jumps.add({ file, offset, after, came })
      }
    },
    isSynthetic: () => isSynthetic,
    report: (checksums) => ({
      ...{ formats, stepsBack: stepsBack.found(), jumps: jumps.found() },
      files: [...new Set([...checksums.keys(), ...files.keys()])].map((path) => {
        const { damage, badRecords } = files.get(path) ?? problemsOf()
        const checksum = checksums.get(path)
        return {
          ...{ path, damage: damage.found(), badRecords: badRecords.found() },
          ...(checksum !== undefined && { checksum }),
        }
      }),
    }),
  }
}
