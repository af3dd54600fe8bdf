import type { Pace } from '../index.js'

/** What may stand behind an option. */
export interface ValueType<A> {
  /** What stands for it in the help: `TIME`. */
  readonly placeholder: string
  /** In words, behind “expected”. */
  readonly expected: string
  /** All that may be given, where that is a list. */
  readonly choices?: readonly string[]
  /** `undefined` for what it does not take. */
  readonly read: (text: string) => A | undefined
  /** What was given may be secret, and is not repeated. */
  readonly isMasked?: true
  /** It is the path of a file. */
  readonly isFile?: true
}

export const aText = (placeholder: string): ValueType<string> => ({
  ...{ placeholder, expected: 'a text of at least one character' },
  read: (text) => (text === '' ? undefined : text),
})

export const aPath = (placeholder: string): ValueType<string> => ({ ...aText(placeholder), isFile: true })

const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t', '\\\\': '\\' }

/** A text that a shell makes hard to write: `\n`, `\r`, `\t` and `\\` are read. */
export const anEscapedText: ValueType<string> = {
  ...{ placeholder: 'TEXT', expected: 'a text of at least one character' },
  read: (text) => (text === '' ? undefined : text.replaceAll(/\\[nrt\\]/g, (escape) => escapes[escape] ?? escape)),
}

export const oneOf = <A extends string>(placeholder: string, choices: readonly A[]): ValueType<A> => ({
  ...{ placeholder, choices, expected: choices.join(', ') },
  read: (text) => choices.find((choice) => choice === text),
})

export const aCount = (least: number, most = Number.MAX_SAFE_INTEGER): ValueType<number> => ({
  placeholder: 'N',
  expected: `a whole number of at least ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`}`,
  read: (text) => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
})

/** A number and a unit, as `1.5h`. */
const measure = (text: string, units: Readonly<Record<string, number>>): number | undefined => {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)(\D*)$/.exec(text) ?? []
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  const value = Math.round(Number(digits) * (factor ?? NaN))
  return digits !== '' && value >= 1 && Number.isSafeInteger(value) ? value : undefined
}

const times = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** In ms. */
export const aDuration = (most = Number.MAX_SAFE_INTEGER): ValueType<number> => ({
  placeholder: 'SPAN',
  expected: `a time with its unit, as 500ms, 90s, 15m, 1.5h or 1d${most < times.d * 365 ? `, at most ${Math.floor(most / times.d)}d` : ''}`,
  read: (text) => {
    const ms = measure(text, times)
    return ms === undefined || ms > most ? undefined : ms
  },
})

const sizes = { '': 1, k: 1_000, M: 1_000_000, G: 1_000_000_000, Ki: 1_024, Mi: 1_048_576, Gi: 1_073_741_824 }

/** In bytes. */
export const aSize: ValueType<number> = {
  ...{ placeholder: 'SIZE', expected: 'bytes, as 500000, 500k, 100M or 2Gi' },
  read: (text) => measure(text, sizes),
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/

/** The thirtieth of February is none, though it can be parsed. */
const isDay = (text: string) => new Date(Date.parse(`${text}T00:00Z`) || 0).toISOString().startsWith(text)

/** In ms since 1970. */
export const aTime: ValueType<number> = {
  placeholder: 'TIME',
  expected:
    'ms since 1970, or a time as 2024-08-09, 2024-08-09T13:30 or 2024-08-09T13:30:00.500Z, in UTC where it names no zone',
  read: (text) => {
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
    const [, day, zone] = isoTime.exec(text) ?? []
    if (day === undefined || !isDay(day)) return undefined
    const time = Date.parse(zone === undefined && text.includes('T') ? `${text}Z` : text)
    return Number.isNaN(time) ? undefined : time
  },
}

export const aPace: ValueType<Pace> = {
  ...{ placeholder: 'SPEED', expected: 'instant, recorded, or a factor above 0, as 10' },
  read: (text) => {
    if (text === 'instant' || text === 'recorded') return text
    const factor = /^\d*\.?\d+$/.test(text) ? Number(text) : 0
    return factor > 0 ? factor : undefined
  },
}

/** A name or a number of this machine on its network. */
export const aHost: ValueType<string> = {
  ...{ placeholder: 'ADDRESS', expected: 'an address as 127.0.0.1, 0.0.0.0, ::1 or localhost' },
  read: (text) => (/^[\da-z][\da-z.-]*$|^[\da-f:.]*:[\da-f:.]*$/i.test(text) ? text : undefined),
}

/** An address without a user name, a password or a query, which might hold secrets. */
export const anAddress = (schemes: readonly [string, string]): ValueType<string> => ({
  placeholder: 'URL',
  expected: `an address as ${schemes[1]}://host:port, without a user name and without a query`,
  isMasked: true,
  read: (text) => (new RegExp(`^(${schemes.join('|')})://[^/?#\\s@]+(/[^?#\\s@]*)?$`).test(text) ? text : undefined),
})
