/** A table of results: its rows by their names, each with its cells by the names of their columns. */
export type Table = Readonly<Record<string, Readonly<Record<string, number | string>>>>

const shown = (value: number | string | undefined): string => {
  if (typeof value !== 'number') return value ?? ''
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** A table in Markdown, as the page of performance has it. */
export const markdown = (table: Table): string => {
  const columns = [...new Set(Object.values(table).flatMap((row) => Object.keys(row)))]
  const lines = [
    ['', ...columns],
    ['---', ...columns.map(() => '---:')],
    ...Object.entries(table).map(([name, row]) => [name, ...columns.map((column) => shown(row[column]))]),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
