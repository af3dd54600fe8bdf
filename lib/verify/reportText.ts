import { anObject, checked } from '../codecs/checked.js'
import type { RecordingReport } from './RecordingReport.js'

const shown = (value: number | string | boolean) =>
  typeof value === 'number' ? value.toLocaleString('en-US') : typeof value === 'string' ? value : value ? 'yes' : 'no'

type Row = Readonly<Record<string, number | string | boolean>>

/** Rows as columns, of which all but the first stand to the right. */
const table = (rows: readonly Row[]): readonly string[] => {
  const names = Object.keys(rows[0] ?? {})
  const lines = [names, ...rows.map((row) => Object.values(row).map(shown))]
  const widths = names.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)))
  return lines.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

/** `1:02:03.500`. */
const spanText = (ms: number) => {
  const [minutes, hours] = [Math.floor(ms / 60_000), Math.floor(ms / 3_600_000)]
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = ((ms % 60_000) / 1_000).toFixed(3).padStart(6, '0')
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${seconds}` : `${minutes}:${seconds}`
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines])

/** A report of `verify` as lines of text: what the recording holds, and in sentences what is wrong with it. */
export const reportText = checked(
  'reportText',
  [anObject('a report, as verify gives one', ['streams', 'books', 'problems'])],
  (report: RecordingReport): string => {
    const { frames, control, unknown, invalid, from, to, files, formats, streams, books, losses, problems } = report
    const span =
      from === undefined || to === undefined
        ? ''
        : ` in ${spanText(to - from)}, from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
    return [
      `${shown(frames)} frames${span}`,
      `${shown(control)} answers and heartbeats, ${shown(unknown)} of streams that the venue does not have, ${shown(invalid)} invalid; ${shown(losses)} connections lost`,
      ...files.flatMap(({ path, checksum }) =>
        checksum === undefined ? [] : [`${path}: its checksum is ${checksum}`],
      ),
      ...formats.map(({ format, lacks }) => `read as ${format}${lacks === '' ? '' : `, which does not hold ${lacks}`}`),
      ...block(
        streams.length === 0
          ? []
          : table(
              streams.map(({ stream, events, gaps, isNumbered, backwards, silences, repeated }) => ({
                ...{ stream, events, gaps: isNumbered ? gaps.count : '-', 'goes back': backwards },
                ...{ silent: silences.count, repeated },
              })),
            ),
      ),
      ...block(
        books.length === 0
          ? []
          : table(
              books.map(({ symbol, syncs, unsynced, comparisons, mismatches, crossed }) => ({
                ...{ book: symbol, syncs, 'not synced': seconds(unsynced), compared: comparisons },
                ...{ mismatches: mismatches.count, crossed },
              })),
            ),
      ),
      '',
      ...(problems.length === 0 ? ['Nothing is wrong.'] : problems),
    ].join('\n')
  },
)
