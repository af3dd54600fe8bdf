import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { formatNames, formatTable, type KnownFormat } from './formats/formats.js'
import type { RecordFormat, Timestamps } from './RecordFormat.js'
import type { ReplayConfig, ReplayFile } from './ReplayConfig.js'
import { countVersions } from '../../copies.js'

/** A config that was checked, with its defaults. */
export interface ReplaySettings {
  /** How records are written; `undefined` where the first bytes of each file say it. */
  readonly format: KnownFormat | undefined
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

const timeForms: readonly Timestamps[] = ['ms', 'us', 'ns', 's', 'iso', 'none', 'event']

const shown = (value: unknown) => (typeof value === 'number' ? String(value) : JSON.stringify(value))

const misuse = (expected: string, came: unknown, advice: string) =>
  new TypeError(`expected ${expected}, came ${shown(came)}: ${advice}`)

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

/** What the config says of records: a format by its name, in whose place the other options say how they are written. */
const checkedFormat = (config: ReplayConfig): KnownFormat | undefined => {
  const { format, delimiter, timestamps, separator, headers, empty } = config
  const said: Partial<RecordFormat> = {
    ...(delimiter !== undefined && { delimiter: checkedText('delimiter', delimiter, "'\\n' ends lines") }),
    ...(timestamps !== undefined && { timestamps }),
    ...(separator !== undefined && {
      separator: checkedText('separator', separator, "records without a time have timestamps: 'none'"),
    }),
    ...(headers !== undefined && {
      headers: checkedCount('headers', headers, 0, 'it is the number of records to skip'),
    }),
    ...(empty !== undefined && { empty }),
  }
  if (timestamps !== undefined && !timeForms.includes(timestamps))
    throw misuse(`\`timestamps\` as one of ${timeForms.join(', ')}`, timestamps, 'say how the file writes its times')
  const name = format ?? (Object.keys(said).length > 0 ? 'record' : undefined)
  if (name === undefined) return undefined
  if (!formatNames.includes(name))
    throw misuse(`\`format\` as one of ${formatNames.join(', ')}`, name, 'or say how records are written')
  const row = formatTable[name]
  const [surplus] = row.translate === undefined ? [] : Object.entries(said)
  if (surplus !== undefined)
    throw misuse(`no \`${surplus[0]}\` beside the format ${name}`, surplus[1], 'the format says it')
  return { ...row, ...said, name, known: 'given' }
}

const checkedSettings = (config: ReplayConfig): ReplaySettings => {
  const { drain = 60_000 } = config
  const format = checkedFormat(config)
  if (!(drain >= 0)) throw misuse('`drain` in ms, 0 or more', drain, '0 stops the clock at the last frame')
  const from = checkedTime('from', config.from)
  const to = checkedTime('to', config.to) ?? Infinity
  if (from !== undefined && from >= to) throw misuse('`from` before `to`', [from, to], 'the span holds from <= t < to')
  return {
    format,
    files: checkedFiles(config.files),
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

/** The config with its defaults; throws a `TypeError` where it cannot be meant, in the name of `who` was called. */
export const replaySettings = (config: ReplayConfig, who = 'replayCommunicator'): ReplaySettings => {
  countVersions()
  try {
    return checkedSettings(config)
  } catch (error) {
    if (error instanceof TypeError) error.message = `${who}: ${error.message}`
    throw error
  }
}
