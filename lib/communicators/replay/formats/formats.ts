import { binanceCsv } from './binanceCsv.js'
import { cryptofeed } from './cryptofeed.js'
import { lines, type About, type Format } from './Format.js'
import { tardisCsv } from './tardisCsv.js'

const NO_LOSSES = 'losses of connections'

/** All formats, a row each. */
const formats = {
  record: { ...lines, timestamps: 'ms', says: 'what record writes' },
  dotnet: {
    ...{ ...lines, delimiter: ';;', timestamps: 'none', says: 'raw files of the .NET client (Aster.Client.Websocket)' },
    lacks: `times of receipt (the clock stands still; timestamps: 'event' takes those of the events); ${NO_LOSSES}`,
    begins: (head) => /^\s*[[{]/.test(head) && /[\]}];;\s*([[{]|$)/.test(head),
  },
  tardis: {
    ...{ ...lines, timestamps: 'iso', empty: 'disconnected', says: 'raw files of tardis.dev' },
    begins: (head) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z [[{]/.test(head),
  },
  hftbacktest: {
    ...{ ...lines, timestamps: 'ns', says: 'files of the collector of hftbacktest' },
    lacks: `of what symbol a depth snapshot is; ${NO_LOSSES}`,
    begins: (head) => /^1\d{18} [[{]/.test(head),
  },
  cryptofeed,
  binanceCsv,
  tardisCsv,
} as const satisfies Readonly<Record<string, Format>>

/** The name of a format of files. */
export type FormatName = keyof typeof formats

/** Each format by its name. */
export const formatTable: Readonly<Record<FormatName, Format>> = formats

/** The names of all formats of files. */
// The keys of the table are its names.
export const formatNames = Object.keys(formats) as readonly FormatName[]

/** A format by its name, as the config or the beginning of a file says it. */
export interface KnownFormat extends Format {
  readonly name: FormatName
  readonly known: 'given' | 'guessed'
}

/** The format of a file whose first line is `head`: ours, unless it can be of one other only. */
export const guessFormat = (head: string, about: About): KnownFormat => {
  const name = formatNames.find((one) => formatTable[one].begins?.(head, about) === true) ?? 'record'
  return { ...formatTable[name], name, known: 'guessed' }
}
