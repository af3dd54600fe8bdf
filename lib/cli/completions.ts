import type { AnyCommand, Argument, Option } from './Command.js'
import { allOptions } from './help.js'

/** What may follow an option. */
const choicesOf = (option: Option) => option.type?.choices ?? []
const isOfFiles = (option: Option) => option.type?.isFile === true

/** What of a command can be completed. */
type Completed = Pick<AnyCommand, 'name' | 'says' | 'arguments' | 'options'>

const optionsOf = (command: Completed) =>
  Object.entries(allOptions(command)).map(([name, option]) => ({ name: `--${name}`, option }))

/** The program's own options, and what it does beside its commands. */
const own = [
  { name: 'help', says: 'Lists the commands.' },
  { name: 'version', says: 'Says which version this is.' },
] as const

/** Commands, and `help`, whose argument is one of them. */
export const withHelp = (commands: readonly AnyCommand[]): readonly Completed[] => [
  ...commands,
  {
    ...{ name: 'help', says: 'Says what a command does, and what it takes.', options: {} },
    arguments: [{ name: 'COMMAND', says: 'One of the others.', choices: commands.map(({ name }) => name) }],
  },
]

/** What completes an argument: a list, or files. */
const firstOf = ({ arguments: [first] }: Completed): Argument | undefined => first

/** A text between single quotes, as POSIX shells and zsh read it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
/** As fish reads it. */
const fishQuoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const bash = (commands: readonly Completed[]): string => {
  const rows = commands.map((command) => {
    const options = optionsOf(command)
    const values = options
      .filter(({ option }) => choicesOf(option).length > 0)
      .map(({ name, option }) => `        ${name}) words='${choicesOf(option).join(' ')}' ;;`)
    const first = firstOf(command)
    return [
      `    ${command.name})`,
      `      options='${options.map(({ name }) => name).join(' ')}'`,
      `      arguments='${(first?.choices ?? first?.suggestions ?? []).join(' ')}'`,
      ...(first?.suggestions === undefined ? [] : ['      files=yes']),
      ...(values.length === 0 ? [] : ['      case $previous in', ...values, '      esac']),
      '      ;;',
    ].join('\n')
  })
  return `# bash completion of aster-rx: source <(aster-rx completions bash)
_aster_rx() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  # --option=value is three words.
  if [[ $word == = ]]; then word=''
  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  local options='' arguments='' words='' files='' file
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${[...commands, ...own.map(({ name }) => ({ name: `--${name}` }))].map(({ name }) => name).join(' ')}' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${rows.join('\n')}
  esac
  if [[ $word == -* ]]; then words=$options
  elif [[ -z $words ]] && ((COMP_CWORD == 2)); then words=$arguments
  fi
  if [[ -n $words ]]; then COMPREPLY=($(compgen -W "$words" -- "$word")); fi
  if [[ -n $files && $words == "$arguments" ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$word")
  fi
}
complete -o default -F _aster_rx aster-rx`
}

/** A text in a description of zsh, where brackets and colons mean something. */
const zshText = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&')

const zsh = (commands: readonly Completed[]): string => {
  const argumentOf = (command: Completed) => {
    const [first, second] = command.arguments
    if (first?.choices !== undefined)
      return [`1:${first.name}:(${first.choices.join(' ')})`, ...(second ? [`*:${second.name}:`] : [])].map(quoted)
    if (first?.suggestions !== undefined) return [quoted(`*:${first.name}:_aster_rx_${command.name}`)]
    return first?.isFile === true ? [quoted(`*:${first.name}:_files`)] : []
  }
  const optionOf = ({ name, option }: { readonly name: string; readonly option: Option }) => {
    const says = `[${zshText(option.says)}]`
    if (option.type === undefined) return quoted(`${name}${says}`)
    const choices = choicesOf(option)
    const values = isOfFiles(option) ? '_files' : choices.length === 0 ? '' : `(${choices.join(' ')})`
    return quoted(`${name}=${says}:${option.type.placeholder}:${values}`)
  }
  const rows = commands.map((command) => {
    const specs = [...optionsOf(command).map(optionOf), ...argumentOf(command)]
    return `    ${command.name}) _arguments ${specs.join(' ')} ;;`
  })
  const mixed = commands.flatMap((command) => {
    const { name, suggestions } = firstOf(command) ?? {}
    if (suggestions === undefined) return []
    const words = quoted(`words:${name}:(${suggestions.join(' ')})`)
    return [`_aster_rx_${command.name}() { _alternative ${words} 'files:file:_files' }\n`]
  })
  const described = (all: readonly { readonly name: string; readonly says: string }[], before = '') =>
    all.map(({ name, says }) => quoted(`${before}${name}:${zshText(says)}`)).join(' ')
  return `#compdef aster-rx
# zsh completion of aster-rx: aster-rx completions zsh > a file _aster-rx in a folder of $fpath
${mixed.join('')}_aster_rx() {
  if ((CURRENT == 2)); then
    local commands=(${described(commands)}) options=(${described(own, '--')})
    _describe command commands -- options
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${rows.join('\n')}
  esac
}
if [[ $funcstack[1] == _aster_rx || $funcstack[1] == _aster-rx ]]; then _aster_rx "$@"; else compdef _aster_rx aster-rx; fi`
}

const fish = (commands: readonly Completed[]): string => {
  const rows = commands.flatMap((command) => {
    const seen = `__fish_seen_subcommand_from ${command.name}`
    const isSeen = fishQuoted(seen)
    const isFirst = fishQuoted(`${seen}; and test (count (commandline -opc)) -eq 2`)
    const first = firstOf(command)
    const words = first?.choices ?? first?.suggestions
    return [
      `complete -c aster-rx -n __fish_use_subcommand -a ${command.name} -d ${fishQuoted(command.says)}`,
      ...(words === undefined ? [] : [`complete -c aster-rx -n ${isFirst} -a ${fishQuoted(words.join(' '))}`]),
      ...(first?.isFile === true ? [`complete -c aster-rx -n ${isSeen} -F`] : []),
      ...optionsOf(command).map(({ name, option }) => {
        const values = isOfFiles(option) ? ' -r -F' : ` -x -a ${fishQuoted(choicesOf(option).join(' '))}`
        const value = option.type === undefined ? '' : values
        return `complete -c aster-rx -n ${isSeen} -l ${name.slice(2)}${value} -d ${fishQuoted(option.says)}`
      }),
    ]
  })
  const ofProgram = own.map(
    ({ name, says }) => `complete -c aster-rx -n __fish_use_subcommand -l ${name} -d ${fishQuoted(says)}`,
  )
  return [
    '# fish completion of aster-rx: aster-rx completions fish | source',
    ...['complete -c aster-rx -f', ...ofProgram, ...rows],
  ].join('\n')
}

/** The completions of each shell, made from the tables of the commands. */
export const completions = { bash, zsh, fish } as const
