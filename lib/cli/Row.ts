/** A line of data for people. */
export interface Row {
  /** Ms since 1970. */
  readonly at: number
  readonly symbol: string
  readonly what: string
  readonly text: string
  readonly tone?: Tone
  /** Lines that belong to it, below its text. */
  readonly more?: readonly string[]
}

/** What colours say. */
type Tone = 'up' | 'down' | 'quiet' | 'warning'

/** Select graphic rendition: on and off. */
const tones: Readonly<Record<Tone, readonly [number, number]>> = {
  up: [32, 39],
  down: [31, 39],
  quiet: [2, 22],
  warning: [33, 39],
}

/** Colours a text. */
export type Paint = (tone: Tone, text: string) => string

export const painted: Paint = (tone, text) => {
  const [on, off] = tones[tone]
  return `\u001B[${on}m${text}\u001B[${off}m`
}

export const plain: Paint = (_, text) => text

/** What comes from outside may hold what moves a cursor. */
export const clean = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ')

/** Not longer than a line. */
export const cut = (text: string, columns: number): string =>
  text.length > columns ? `${text.slice(0, Math.max(0, columns - 1))}…` : text

const SYMBOL = 10
const WHAT = 13

/** A row as lines: `23:54:13.937 BTCUSDT    trade       61686.10 × 0.018 bought`. Times are UTC. */
export const rowLines = (
  { at, symbol, what, text, tone, more = [] }: Row,
  columns: number,
  paint: Paint,
): readonly string[] => {
  const time = new Date(at).toISOString().slice(11, 23)
  const head = ` ${clean(symbol).padEnd(SYMBOL)} ${clean(what).padEnd(WHAT)} `
  const indent = time.length + head.length
  const toned = (part: string) => {
    const short = cut(clean(part), columns - indent)
    return tone === undefined ? short : paint(tone, short)
  }
  return [`${paint('quiet', time)}${head}${toned(text)}`, ...more.map((line) => `${' '.repeat(indent)}${toned(line)}`)]
}
