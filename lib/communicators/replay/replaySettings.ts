import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { recordFormats, type RecordFormat, type Timestamps } from './RecordFormat.js'
import type { ReplayConfig, ReplayFile } from './ReplayConfig.js'
import { countVersions } from '../../copies.js'

/** A config that was checked, with its defaults. */
export interface ReplaySettings extends RecordFormat {
  readonly files: readonly ReplayFile[]
  readonly from: number | undefined
  readonly to: number
  readonly merge: boolean
  /** Recorded ms per real ms; `Infinity` when nothing waits. */
  readonly factor: number
  readonly drain: number
  readonly maxRecord: number
  readonly timer: SchedulerLike
  readonly onRead: ReplayConfig['onRead']
}

const formats: readonly Timestamps[] = ['ms', 'us', 'ns', 's', 'iso', 'none', 'event']

const shown = (value: unknown) => (typeof value === 'number' ? String(value) : JSON.stringify(value))

const misuse = (expected: string, came: unknown, advice: string) =>
  new TypeError(`replayCommunicator: expected ${expected}, came ${shown(came)}: ${advice}`)

const checkedFiles = (files: ReplayConfig['files']): readonly ReplayFile[] => {
  const list = (typeof files === 'string' || 'path' in files ? [files] : files).map((file) =>
    typeof file === 'string' ? { path: file } : file,
  )
  if (list.length === 0) throw misuse('at least one file in `files`', files, 'name the recording')
  if (list.some(({ path }) => path === '')) throw misuse('a path in `files`', '', 'name the recording')
  return list
}

const checkedFactor = (pace: ReplayConfig['pace']): number => {
  if (pace === undefined || pace === 'instant') return Infinity
  if (pace === 'recorded') return 1
  if (typeof pace === 'number' && pace > 0 && Number.isFinite(pace)) return pace
  throw misuse(
    "`pace` 'instant', 'recorded' or a factor above 0",
    pace,
    "2 plays twice as fast, 'instant' without waiting",
  )
}

const checkedText = (name: 'delimiter' | 'separator', text: string, advice: string): string => {
  if (text === '') throw misuse(`a \`${name}\` of at least one character`, text, advice)
  return text
}

const checkedCount = (name: 'headers' | 'maxRecord', count: number, least: number, advice: string): number => {
  if (!Number.isSafeInteger(count) || count < least)
    throw misuse(`\`${name}\` as an integer of at least ${least}`, count, advice)
  return count
}

const checkedTime = (name: 'from' | 'to', time: number | Date | undefined): number | undefined => {
  if (time === undefined) return undefined
  const ms = Number(time)
  if (Number.isNaN(ms) || ms < 0)
    throw misuse(`\`${name}\` in ms since 1970, or a valid Date`, ms, 'leave it out to play everything')
  return ms
}

/** The config with its defaults; throws a `TypeError` where it cannot be meant. */
export const replaySettings = (config: ReplayConfig): ReplaySettings => {
  countVersions()
  const { format = 'record', drain = 60_000 } = config
  const row: RecordFormat | undefined = Object.entries(recordFormats).find(([name]) => name === format)?.[1]
  if (row === undefined)
    throw misuse(
      `\`format\` as one of ${Object.keys(recordFormats).join(', ')}`,
      format,
      'or say how records are written',
    )
  const { timestamps = row.timestamps, empty = row.empty } = config
  if (!formats.includes(timestamps))
    throw misuse(`\`timestamps\` as one of ${formats.join(', ')}`, timestamps, 'say how the file writes its times')
  if (!(drain >= 0)) throw misuse('`drain` in ms, 0 or more', drain, '0 stops the clock at the last frame')
  const from = checkedTime('from', config.from)
  const to = checkedTime('to', config.to) ?? Infinity
  if (from !== undefined && from >= to) throw misuse('`from` before `to`', [from, to], 'the span holds from <= t < to')
  return {
    files: checkedFiles(config.files),
    delimiter: checkedText('delimiter', config.delimiter ?? row.delimiter, "'\\n' ends lines"),
    timestamps,
    separator: checkedText(
      'separator',
      config.separator ?? row.separator,
      "records without a time have timestamps: 'none'",
    ),
    headers: checkedCount('headers', config.headers ?? row.headers, 0, 'it is the number of records to skip'),
    empty,
    from,
    to,
    merge: config.merge ?? false,
    factor: checkedFactor(config.pace),
    drain,
    maxRecord: checkedCount('maxRecord', config.maxRecord ?? 16 * 1024 * 1024, 1, 'it is the longest record in bytes'),
    timer: config.timer ?? asyncScheduler,
    onRead: config.onRead,
  }
}
