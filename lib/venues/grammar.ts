import { intervals } from '../events/Interval.js'
import { windows } from '../events/WindowTicker.js'

/** What may stand in a placeholder where that is no list of values. */
interface Pattern<InName, Given = InName> {
  /** What is read, as a regular expression. */
  readonly source: string
  /** What is written, in words; and as a list, where that is less than what is read. */
  readonly expected: string
  readonly values?: readonly InName[]
  /** How a symbol of payloads stands in names, and the other way round, where these differ. */
  readonly inName?: (value: string) => string
  readonly inPayload?: (value: string) => string
  /** Never there: the type of what may be given to be written. */
  readonly given?: Given
}

/** No name is longer that a venue lists; what is longer is not looked at. */
export const LONGEST_NAME = 256

/** Neither white space, control characters and half surrogates, which no address holds, nor what JSON writes otherwise. */
const plain = '@"\\\\\\s\\p{Cc}\\p{Cs}'
const word: Pattern<string> = {
  source: `[^!${plain}][^${plain}]*`,
  expected: 'a word without @, quotes, backslashes and half surrogates, and without ! at its head',
}
/** In names that are asked for; recordings may hold others. */
const speeds = ['0ms', '100ms', '250ms', '500ms', '1000ms'] as const

/**
 * What may stand in a stream name's `<placeholder>`: a list of values, or a pattern and the type it stands for.
 * `<interval:secondInterval>` is the parameter `interval` with the values of `secondInterval`. A `<symbol>` is in lower
 * case and its payloads' in upper case; a `<symbol:exactSymbol>` is as in payloads.
 */
const placeholders = {
  symbol: {
    ...word,
    inName: (symbol) => symbol.toLowerCase(),
    inPayload: (symbol) => symbol.toUpperCase(),
  } as Pattern<Lowercase<string>, string>,
  exactSymbol: word,
  eventName: word,
  interval: intervals,
  secondInterval: ['1s', ...intervals],
  levels: [5, 10, 20],
  window: windows,
  milliseconds: { source: '\\d+ms', expected: speeds.join(' | '), values: speeds } as Pattern<(typeof speeds)[number]>,
  second: ['1s'],
  offset: ['+08:00'],
} as const

type Placeholders = typeof placeholders
type Placeholder<Key extends string> = Key extends `${string}:${infer D extends keyof Placeholders}`
  ? Placeholders[D]
  : Key extends keyof Placeholders
    ? Placeholders[Key]
    : never
/** What stands in names. */
type InName<P> = P extends readonly (infer A)[] ? A : P extends Pattern<infer A, unknown> ? A : never
/** What may be given. */
type Given<P> = P extends readonly (infer A)[] ? A : P extends Pattern<unknown, infer B> ? B : never
type Parameter<Key extends string> = Key extends `${infer Name}:${string}` ? Name : Key

/** Every name that a template like `'<symbol>@depth[@<speed:milliseconds>]'` stands for; brackets may be left out. */
export type NameOf<Template extends string> = Template extends `${infer A}[${infer B}]${infer C}`
  ? NameOf<`${A}${C}`> | NameOf<`${A}${B}${C}`>
  : Template extends `${infer A}<${infer Key}>${infer C}`
    ? `${A}${InName<Placeholder<Key>> & (string | number)}${NameOf<C>}`
    : Template

type KeysOf<Template extends string> = Template extends `${string}<${infer Key}>${infer Rest}`
  ? Key | KeysOf<Rest>
  : never
type OptionalPart<Template extends string> = Template extends `${string}[${infer B}]${string}` ? B : ''
type MandatoryPart<Template extends string> = Template extends `${infer A}[${string}]${infer C}` ? `${A}${C}` : Template

/** What a template needs to become a name: `{ symbol: string; speed?: '100ms' … }`. */
export type ParametersOf<Template extends string> = {
  readonly [Key in KeysOf<MandatoryPart<Template>> as Parameter<Key>]: Given<Placeholder<Key>>
} & { readonly [Key in KeysOf<OptionalPart<Template>> as Parameter<Key>]?: Given<Placeholder<Key>> }

/** The parameters found in a name: `{ symbol: 'btcusdt', levels: '5' }`. */
export type Found = Readonly<Record<string, string | undefined>>

/** A value that may be long, or hold what no text may: in at most 80 characters, as JSON writes it where it is odd. */
export const shown = (value: string): string => {
  const text = value.length > 80 ? `${value.slice(0, 79)}…` : value
  return new RegExp(`[${plain}]`, 'u').test(text) ? JSON.stringify(text).slice(1, -1) : text
}

/** A text as a regular expression that matches it alone. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()|[\]{}]/g, '\\$&')

/** A placeholder as regular expressions of what is read and of what is written. */
interface Domain extends Pick<Pattern<unknown>, 'expected' | 'inName' | 'inPayload'> {
  readonly parameter: string
  readonly read: string
  readonly written: string
}

const listed = (values: readonly unknown[]) => values.map((value) => escaped(String(value))).join('|')

const domainOf = (key: string): Domain => {
  const [parameter = key, name = parameter] = key.split(':')
  const domain = Object.entries(placeholders).find(([candidate]) => candidate === name)?.[1]
  if (domain === undefined)
    throw new TypeError(`<${key}> is no placeholder; expected one of ${Object.keys(placeholders).join(', ')}`)
  if (!('source' in domain))
    return { parameter, read: listed(domain), written: listed(domain), expected: domain.join(' | ') }
  const { source, values } = domain
  return { ...domain, parameter, read: source, written: values === undefined ? source : listed(values) }
}

/** A symbol as it stands in the payloads of a stream, from how it stands in its name. */
export const payloadSymbol = (template: string, symbol: string): string => {
  const key = /<(symbol(?::[^>]*)?)>/.exec(template)?.[1]
  return key === undefined ? symbol : (domainOf(key).inPayload?.(symbol) ?? symbol)
}

/** Reads whole names of one template: gives the parameters, or `undefined` where the name is another stream's. */
export const matcher = (template: string): ((name: string) => Found | undefined) => {
  const source = template
    .split(/(<[^>]+>|\[|\])/)
    .map((part) => {
      if (part === '[') return '(?:'
      if (part === ']') return ')?'
      if (!part.startsWith('<')) return escaped(part)
      const { parameter, read } = domainOf(part.slice(1, -1))
      return `(?<${parameter}>${read})`
    })
    .join('')
  const whole = new RegExp(`^${source}$`, 'u')
  return (name) => {
    const match = whole.exec(name)
    return match === null ? undefined : { ...match.groups }
  }
}

/**
 * Writes the name that a template and its parameters stand for; symbols may be given as payloads have them.
 *
 * @throws TypeError when a parameter is missing or not one of the values that the placeholder takes.
 */
export const fill = (template: string, parameters: Readonly<Record<string, unknown>>): string =>
  template
    .replace(/\[([^\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(/<([^>]+)>/g)].some(([, key = '']) => parameters[domainOf(key).parameter] !== undefined)
        ? part
        : '',
    )
    .replace(/<([^>]+)>/g, (_, key: string) => {
      const { parameter, written, expected, inName } = domainOf(key)
      const given = String(parameters[parameter])
      const value = inName?.(given) ?? given
      const isFit = value.length <= LONGEST_NAME && new RegExp(`^(?:${written})$`, 'u').test(value)
      if (parameters[parameter] === undefined || !isFit)
        throw new TypeError(`${parameter} of '${template}': expected ${expected}, came ${shown(given)}`)
      return value
    })
