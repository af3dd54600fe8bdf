import { eventTime } from './eventTime.js'
import { UNTIMED } from './Batch.js'
import type { RecordFormat } from './RecordFormat.js'
import type { Raw } from './splitter.js'
import { writtenTime, type Prefix } from './writtenTime.js'

/** How a record is taken apart. */
export interface Writing {
  /** Where the text starts; -1 when nothing separates it from a time. */
  readonly textStart: (raw: Raw) => number
  /** The time; `UNTIMED` when it has none, NaN when there should be one. */
  readonly time: (raw: Raw, textStart: number) => number
  /** What is wrong with a record whose time is NaN. */
  readonly complaint: (raw: Raw, textStart: number) => string
  /** Whether the time looks like one in another unit: digits for seconds where ms are expected. */
  readonly isMistaken: (raw: Raw, textStart: number) => boolean
  /** Whether a time that went back deserves a report. */
  readonly strict: boolean
}

export const textOf = ({ bytes, end, encoding }: Raw, start: number): string => bytes.toString(encoding, start, end)

const inside = (time: (text: string) => number): Writing => ({
  textStart: (raw) => raw.start,
  time: (raw, start) => time(textOf(raw, start)),
  complaint: () => '',
  isMistaken: () => false,
  strict: false,
})

/** So much of a record is shown, in bytes: enough to know it by. */
const EXCERPT = 24

const names: Readonly<Record<Prefix, string>> = {
  s: 'in s',
  ms: 'in ms',
  us: 'in µs',
  ns: 'in ns',
  iso: 'in ISO 8601',
}

/** What a time of our days looks like in each format. */
const looks: readonly (readonly [Prefix, RegExp])[] = [
  ['s', /^\d{10}(\.\d*)?$/],
  ['ms', /^\d{13}(\.\d*)?$/],
  ['us', /^\d{16}(\.\d*)?$/],
  ['ns', /^\d{19}(\.\d*)?$/],
  ['iso', /^\d{4}-\d\d-\d\dT/],
]

const before = (format: Prefix, separator: string): Writing => {
  const mark = Buffer.from(separator)
  const read = writtenTime(format)
  const [first] = mark
  const isMark = (bytes: Buffer, at: number) => {
    for (let i = 1; i < mark.length; i += 1) if (bytes[at + i] !== mark[i]) return false
    return true
  }
  const prefixOf = ({ bytes, start, end }: Raw, textStart: number) =>
    bytes.toString('utf8', start, Math.min(textStart < 0 ? end : textStart - mark.length, start + EXCERPT))
  return {
    textStart: ({ bytes, start, end }) => {
      for (let at = start; at + mark.length <= end; at += 1)
        if (bytes[at] === first && isMark(bytes, at)) return at + mark.length
      return -1
    },
    time: ({ bytes, start }, textStart) => (textStart < 0 ? NaN : read(bytes, start, textStart - mark.length)),
    complaint: (raw, textStart) => {
      const came = prefixOf(raw, textStart)
      const look = looks.find(([, pattern]) => pattern.test(came))?.[0]
      const found = look === undefined || look === format ? '' : `, which looks like one ${names[look]}`
      return `expected a time ${names[format]} before '${separator}', came '${came}'${found}: name the format with \`timestamps\`, or skip first lines with \`headers\``
    },
    isMistaken: (raw, textStart) => {
      const came = prefixOf(raw, textStart)
      return looks.some(([look, pattern]) => look !== format && pattern.test(came))
    },
    strict: true,
  }
}

/** How the records of a format are written. */
export const writing = ({ timestamps, separator }: Pick<RecordFormat, 'timestamps' | 'separator'>): Writing => {
  if (timestamps === 'none') return inside(() => UNTIMED)
  if (timestamps === 'event') return inside((text) => eventTime(text) ?? UNTIMED)
  return before(timestamps, separator)
}
