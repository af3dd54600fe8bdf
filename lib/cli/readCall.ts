import { parseArgs } from 'node:util'
import type { Argument, Call, Command, OptionTable, Valued, ValuesOf } from './Command.js'
import { commonOptions } from './commonOptions.js'
import { UsageError } from './UsageError.js'

type Table = Pick<Command, 'name' | 'arguments' | 'options'>

/** A text that may be long, or hold what no terminal should be sent. */
export const quoted = (text: string): string => {
  const plain = text.replaceAll(/\p{Cc}/gu, '?')
  return `'${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}'`
}

const readValue = (name: string, { type }: Valued, text: string): unknown => {
  const value = type.read(text)
  if (value !== undefined) return value
  const came = type.isMasked === true ? 'something else' : quoted(text)
  throw new UsageError(`--${name}: expected ${type.expected}, came ${came}`)
}

const checkArguments = (table: Table, given: readonly string[]) => {
  const last = table.arguments.at(-1)
  const missing = table.arguments[given.length]
  const wanted = table.arguments.map(argumentText).join(' ')
  if (missing !== undefined) throw new UsageError(`${table.name}: expected ${wanted}, came no ${missing.name}`)
  const surplus = last?.isMany === true ? undefined : given[table.arguments.length]
  if (surplus !== undefined)
    throw new UsageError(
      `${table.name}: expected ${wanted === '' ? 'no argument' : wanted}, came ${quoted(surplus)} too`,
    )
  given.forEach((text, place) => checkArgument(table.arguments[Math.min(place, table.arguments.length - 1)], text))
}

const checkArgument = (argument: Argument | undefined, text: string) => {
  if (argument?.choices?.includes(text) === false)
    throw new UsageError(`${argument.name}: expected ${argument.choices.join(', ')}, came ${quoted(text)}`)
  if (text === '') throw new UsageError(`${argument?.name ?? ''}: expected a text, came an empty one`)
}

/** As the help writes it: `FILE…`. */
export const argumentText = ({ name, isMany }: Argument): string => (isMany === true ? `${name}…` : name)

/** The texts that were given for each option, in their order. */
const textsOf = (table: Table, args: readonly string[]) => {
  const options: OptionTable = { ...table.options, ...commonOptions }
  const { tokens } = parseArgs({
    ...{ args: [...args], strict: false, allowPositionals: true, tokens: true },
    options: {
      ...Object.fromEntries(
        Object.entries(options).map(([name, { type }]) => [name, { type: type === undefined ? 'boolean' : 'string' }]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  })
  const given = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (option === undefined) {
      const known = Object.keys(options).map((one) => `--${one}`)
      throw new UsageError(`${table.name}: expected one of ${known.join(', ')}, came ${quoted(rawName)}`)
    }
    if (option.type === undefined && inlineValue === true)
      throw new UsageError(`${rawName}: expected no value, came ${quoted(value)}`)
    if (option.type !== undefined && (value === undefined || (!inlineValue && /^-./.test(value))))
      throw new UsageError(
        `${rawName}: expected ${option.type.expected}, came ${value === undefined ? 'nothing' : `${quoted(value)}: write ${rawName}=… if it is meant`}`,
      )
    given.set(name, [...(given.get(name) ?? []), value ?? ''])
  }
  return { given, positionals: tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : [])) }
}

const valuesOf = (options: OptionTable, given: ReadonlyMap<string, readonly string[]>) =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const texts = given.get(name)
      if (option.type === undefined) return [name, texts !== undefined]
      const read = (text: string) => readValue(name, option, text)
      if (option.isList === true) return [name, texts?.flatMap((text) => text.split(',').map(read)) ?? []]
      const text = texts?.at(-1) ?? option.default
      return [name, text === undefined ? undefined : read(text)]
    }),
  )

/** Reads a command line by the command's table. @throws UsageError for what the table does not have. */
export const readCall = <O extends OptionTable>(table: Table, args: readonly string[]): Call<O> => {
  const { given, positionals } = textsOf(table, args)
  const isHelp = given.has('help')
  if (!isHelp) checkArguments(table, positionals)
  // The types of O say what the value types of its rows read.
  const options = valuesOf(table.options, isHelp ? new Map() : given) as ValuesOf<O>
  return { arguments: positionals, isHelp, options: { ...options, json: given.has('json') } }
}
