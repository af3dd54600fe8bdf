import { intervals } from '../events/Interval.js'
import { windows } from '../events/WindowTicker.js'

/** A pattern, what it stands for in words, and its type. */
interface Pattern<A> {
  readonly source: string
  readonly expected: string
  readonly type?: A
}

/** No name is longer that a venue lists; what is longer is not looked at. */
export const LONGEST_NAME = 256

/** Neither white space, control characters and half surrogates, which no address holds, nor what JSON writes otherwise. */
const plain = '@"\\\\\\s\\p{Cc}\\p{Cs}'
const word: Pattern<string> = {
  source: `[^!${plain}][^${plain}]*`,
  expected: 'a word without @, quotes, backslashes and half surrogates, and without ! at its head',
}

/**
 * What may stand in a stream name's `<placeholder>`: a list of values, or a pattern and the type it stands for.
 * `<interval:secondInterval>` is the parameter `interval` with the values of `secondInterval`.
 */
const placeholders = {
  symbol: word,
  eventName: word,
  interval: intervals,
  secondInterval: ['1s', ...intervals],
  levels: [5, 10, 20],
  window: windows,
  milliseconds: { source: '\\d+ms', expected: 'milliseconds like 100ms' } as Pattern<`${number}ms`>,
  second: ['1s'],
  offset: ['+08:00'],
} as const

type Placeholders = typeof placeholders
type ValueOf<P> = P extends readonly (infer A)[] ? A : P extends { readonly type?: infer A } ? A : never
type Domain<Key extends string> = Key extends `${string}:${infer D extends keyof Placeholders}`
  ? ValueOf<Placeholders[D]>
  : Key extends keyof Placeholders
    ? ValueOf<Placeholders[Key]>
    : never
type Parameter<Key extends string> = Key extends `${infer Name}:${string}` ? Name : Key

/** Every name that a template like `'<symbol>@depth[@<speed:milliseconds>]'` stands for; brackets may be left out. */
export type NameOf<Template extends string> = Template extends `${infer A}[${infer B}]${infer C}`
  ? NameOf<`${A}${C}`> | NameOf<`${A}${B}${C}`>
  : Template extends `${infer A}<${infer Key}>${infer C}`
    ? `${A}${Domain<Key> & (string | number)}${NameOf<C>}`
    : Template

type KeysOf<Template extends string> = Template extends `${string}<${infer Key}>${infer Rest}`
  ? Key | KeysOf<Rest>
  : never
type OptionalPart<Template extends string> = Template extends `${string}[${infer B}]${string}` ? B : ''
type MandatoryPart<Template extends string> = Template extends `${infer A}[${string}]${infer C}` ? `${A}${C}` : Template

/** What a template needs to become a name: `{ symbol: string; speed?: '100ms' … }`. */
export type ParametersOf<Template extends string> = {
  readonly [Key in KeysOf<MandatoryPart<Template>> as Parameter<Key>]: Domain<Key>
} & { readonly [Key in KeysOf<OptionalPart<Template>> as Parameter<Key>]?: Domain<Key> }

/** The parameters found in a name: `{ symbol: 'btcusdt', levels: '5' }`. */
export type Found = Readonly<Record<string, string | undefined>>

/** A value that may be long, or hold what no text may: in at most 80 characters, as JSON writes it where it is odd. */
export const shown = (value: string): string => {
  const text = value.length > 80 ? `${value.slice(0, 79)}…` : value
  return new RegExp(`[${plain}]`, 'u').test(text) ? JSON.stringify(text).slice(1, -1) : text
}

/** A text as a regular expression that matches it alone. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()|[\]{}]/g, '\\$&')

const domainOf = (key: string): { readonly parameter: string; readonly source: string; readonly expected: string } => {
  const [parameter = key, name = parameter] = key.split(':')
  const domain = Object.entries(placeholders).find(([candidate]) => candidate === name)?.[1]
  if (domain === undefined)
    throw new TypeError(`<${key}> is no placeholder; expected one of ${Object.keys(placeholders).join(', ')}`)
  return 'source' in domain
    ? { parameter, source: domain.source, expected: domain.expected }
    : { parameter, source: domain.map((value) => escaped(String(value))).join('|'), expected: domain.join(' | ') }
}

/** Reads whole names of one template: gives the parameters, or `undefined` where the name is another stream's. */
export const matcher = (template: string): ((name: string) => Found | undefined) => {
  const source = template
    .split(/(<[^>]+>|\[|\])/)
    .map((part) => {
      if (part === '[') return '(?:'
      if (part === ']') return ')?'
      if (!part.startsWith('<')) return escaped(part)
      const { parameter, source: values } = domainOf(part.slice(1, -1))
      return `(?<${parameter}>${values})`
    })
    .join('')
  const whole = new RegExp(`^${source}$`, 'u')
  return (name) => {
    const match = whole.exec(name)
    return match === null ? undefined : { ...match.groups }
  }
}

/**
 * Writes the name that a template and its parameters stand for.
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
      const { parameter, source, expected } = domainOf(key)
      const value = String(parameters[parameter])
      const isFit = value.length <= LONGEST_NAME && new RegExp(`^(?:${source})$`, 'u').test(value)
      if (parameters[parameter] === undefined || !isFit)
        throw new TypeError(`${parameter} of '${template}': expected ${expected}, came ${shown(value)}`)
      return value
    })
