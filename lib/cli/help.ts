import type { AnyCommand, Option, OptionTable } from './Command.js'
import { commonOptions } from './commonOptions.js'
import { argumentText } from './readCall.js'

/** No line of the help is longer. */
const WIDTH = 80
const INDENT = 24

/** Breaks a text into lines, of which all but the first are indented. */
const wrapped = (text: string, indent = 0): string => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || indent + last.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

const row = (name: string, says: string): string => {
  const head = `  ${name}`.padEnd(INDENT)
  const isTooLong = head.length > INDENT || !head.endsWith(' ')
  return `${isTooLong ? `${head}\n${' '.repeat(INDENT)}` : head}${wrapped(says, INDENT)}`
}

/** `--speed SPEED`. */
export const optionText = (name: string, { type }: Option): string =>
  `--${name}${type === undefined ? '' : ` ${type.placeholder}`}`

/** What an option does, what it takes, and what happens without it. */
export const optionSays = (option: Option): string => {
  if (option.type === undefined) return option.says
  const { type, says, without, isList } = option
  const takes = type.choices === undefined ? '' : ` One of ${type.choices.join(', ')}.`
  const list = isList === true ? ' Several, with commas between them.' : ''
  const absent = option.default ?? without
  return `${says}${takes}${list}${absent === undefined ? '' : ` Default: ${absent}.`}`
}

/** `aster-rx replay FILE… [options]`. */
export const usageLine = (command: AnyCommand): string =>
  ['aster-rx', command.name, ...command.arguments.map(argumentText), '[options]'].join(' ')

export const allOptions = ({ options }: Pick<AnyCommand, 'options'>): OptionTable => ({ ...options, ...commonOptions })

export const commandHelp = (command: AnyCommand): string =>
  [
    usageLine(command),
    '',
    ...[command.says, ...(command.details ?? [])].flatMap((text) => [wrapped(text), '']),
    ...command.arguments.map((argument) => row(argumentText(argument), argument.says)),
    ...Object.entries(allOptions(command)).map(([name, option]) => row(optionText(name, option), optionSays(option))),
    '',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n')

export const programHelp = (commands: readonly AnyCommand[]): string =>
  [
    'aster-rx COMMAND …',
    '',
    wrapped('Streams of exchanges, live or replayed from recordings.'),
    '',
    ...commands.map(({ name, says }) => row(name, says)),
    '',
    row('help COMMAND', 'Says what a command does, and what it takes; so does --help behind it.'),
    row('--version', 'Says which version this is.'),
    '',
    wrapped(exitHelp),
  ].join('\n')

/** What the exit codes mean. */
export const exitHelp =
  'Exit codes: 0 done, 1 something failed while it ran, 2 the command line cannot be meant, 129, 130 and 143 ended by SIGHUP, SIGINT and SIGTERM.'
