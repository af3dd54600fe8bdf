import { isValues } from './Values.js'

/** What an argument has to be, and in which words that is said. */
export interface Expected {
  readonly what: string
  readonly is: (value: unknown) => boolean
}

/** What came, in words: a text may be a secret, and is not shown. */
export const came = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'a list'
  if (isValues(value)) return `an object { ${Object.keys(value).slice(0, 9).join(', ')} }`
  return value === null || typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value
}

/** The function, which says what it expected where it is called with something else: a `TypeError`, before anything else. */
export const checked = <F extends (...given: never[]) => unknown>(
  who: string,
  expected: readonly Expected[],
  work: F,
): F => {
  const checking = (...given: Parameters<F>): unknown => {
    expected.forEach(({ what, is }, i) => {
      const value: unknown = given[i]
      if (!is(value)) throw new TypeError(`${who}: expected ${what}, came ${came(value)}`) // F87
    })
    return work(...given)
  }
  // It takes what `work` takes, and gives what that gives.
  return checking as F
}

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isText = (value: unknown): boolean => typeof value === 'string'

export const aFunction = (what: string): Expected => ({ what, is: isFunction })
export const aText = (what: string): Expected => ({ what, is: isText })
export const aList = (what: string): Expected => ({ what, is: Array.isArray })
export const aNumber = (what: string): Expected => ({ what, is: (value) => typeof value === 'number' })

/** An object with members that are there, and of which those named in `functions` are functions. */
export const anObject = (what: string, names: readonly string[] = [], functions: readonly string[] = []): Expected => ({
  what,
  is: (value) =>
    isValues(value) &&
    names.every((name) => value[name] !== undefined) &&
    functions.every((name) => isFunction(value[name])),
})

export const anObservable = (what: string): Expected => anObject(`an Observable of ${what}`, [], ['subscribe', 'pipe'])

/** What may be left out. */
export const maybe = ({ what, is }: Expected): Expected => ({
  what: `${what}, or nothing`,
  is: (value) => value === undefined || is(value),
})

export const anything: Expected = { what: 'anything', is: () => true }

const isVenue = (value: unknown): boolean =>
  isValues(value) && ['streams', 'account', 'rest', 'envelope'].every((name) => isValues(value[name]))

export const aVenue: Expected = { what: 'a venue, as asterFutures', is: isVenue }

/** A config that names its venue. */
export const aConfigOfVenue = (what: string, functions: readonly string[] = []): Expected => {
  const { is } = anObject(what, [], functions)
  return { what, is: (value) => is(value) && isValues(value) && isVenue(value['venue']) }
}

export const aRest: Expected = anObject('a rest, as createRest makes one', ['venue', 'paths'], ['request', 'response'])

export const aClient: Expected = anObject(
  'a client, as createClient makes one',
  ['venue', 'venueClock', 'counters$'],
  ['watch', 'queues'],
)

export const aCodec: Expected = anObject('a codec, as Decimal', [], ['is', 'validate', 'encode'])
