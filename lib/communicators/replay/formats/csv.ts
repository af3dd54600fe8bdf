import { milliseconds } from '../../../codecs/Timestamp.js'
import { isTime } from '../../record/isTime.js'
import type { Translation } from './Format.js'

/** A line of cells. */
export type Cells = readonly string[]

/** Quotes and backslashes would mean something in JSON, and control characters may not stand there. */
const strange = /["\\\p{Cc}]/u

const chomped = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)

export const cellsOf = (line: string): Cells => chomped(line).split(',')

const quoted = (cell: string) => `"${cell}"`
const isWhole = /^-?\d+$/

/** How a cell stands in JSON. What is not as it should be stands as a text, of which the codecs say what is wrong. */
const kinds: Readonly<Record<string, (cell: string) => string>> = {
  text: (cell) => cell,
  lower: (cell) => cell.toLowerCase(),
  upper: (cell) => cell.toUpperCase(),
  number: (cell) => (isWhole.test(cell) ? cell : quoted(cell)),
  /** What begins where the cell ends. */
  next: (cell) => (isWhole.test(cell) ? String(Number(cell) + 1) : quoted(cell)),
  flag: (cell) => (/^(true|false)$/i.test(cell) ? cell.toLowerCase() : quoted(cell)),
  /** The side of who took: the buyer was in the book where it is a sale. */
  sells: (cell) => (cell === 'sell' ? 'true' : cell === 'buy' ? 'false' : quoted(cell)),
}

/** The text before a placeholder, and what stands for that: a cell, or what is the same in all lines. */
interface Part {
  readonly before: string
  readonly at: number
  readonly write: (cell: string) => string
}

const partOf = (
  before: string,
  placeholder: string,
  columns: Cells,
  constants: Readonly<Record<string, string>>,
): Part => {
  const [name = '', kind = 'text'] = placeholder.split(':')
  const write = kinds[kind]
  const constant = constants[name]
  const at = columns.indexOf(name)
  if (write === undefined || (constant === undefined && at < 0)) throw new TypeError(`no cell is <${placeholder}>`)
  return { before, at, write: constant === undefined ? write : () => write(constant) }
}

/**
 * Writes lines as JSON: a text with a `<column:kind>` for each cell, in which what stands in parentheses is left out
 * where its cell is empty.
 */
export const rowTemplate = (
  template: string,
  columns: Cells,
  constants: Readonly<Record<string, string>> = {},
): ((cells: Cells) => string) => {
  const groups = template.split(/[()]/).map((text, i) => {
    const texts = text.split(/<([^<>]+)>/)
    const parts = texts.flatMap((before, place) => {
      const placeholder = texts[place + 1]
      return place % 2 === 1 || placeholder === undefined ? [] : [partOf(before, placeholder, columns, constants)]
    })
    return { parts, end: texts.at(-1) ?? '', needed: i % 2 === 0 ? [] : parts.map(({ at }) => at) }
  })
  return (cells) => {
    let text = ''
    for (const { parts, end, needed } of groups) {
      if (needed.some((at) => cells[at] === '')) continue
      for (const { before, at, write } of parts) text += before + write(cells[at] ?? '')
      text += end
    }
    return text
  }
}

/** What is asked of every line, before its cells are looked at. */
export const checkedLines = (
  columns: Cells,
  time: string,
  row: (cells: Cells, at: number, offset: number) => void,
): Translation['record'] => {
  const place = columns.indexOf(time)
  let count: number | undefined
  return (text, offset) => {
    const line = chomped(text)
    if (strange.test(line))
      return 'expected cells without quotes and control characters, came one with: the line is skipped'
    const cells = line.split(',')
    count ??= Math.max(columns.length, cells.length)
    if (cells.length !== count) return `expected ${count} cells, came ${cells.length}: the line is skipped`
    const cell = cells[place] ?? ''
    const at = isWhole.test(cell) ? milliseconds(Number(cell)) : NaN
    if (!isTime(at)) return `expected a time in the column ${time}, came '${cell.slice(0, 24)}': the line is skipped`
    row(cells, at, offset)
    return undefined
  }
}

/** The first line names the columns, and is no record. */
export const headed = (record: Translation['record']): Translation['record'] => {
  let isFirst = true
  return (line, offset) => {
    if (!isFirst) return record(line, offset)
    isFirst = false
    return undefined
  }
}
