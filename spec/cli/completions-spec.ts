import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { scratch } from '../communicators/scratch.js'
import { ran } from './runProgram.js'

const { path } = scratch()

type Shell = 'bash' | 'zsh' | 'fish'

/** The completions of a shell, as a file of this name. */
const written = async (shell: Shell, name: string): Promise<string> => {
  const script = path(name)
  mkdirSync(dirname(script), { recursive: true })
  const { code, stdout } = await ran(['completions', shell])
  expect(code).toBe(0)
  writeFileSync(script, stdout)
  return script
}

const linesOf = (text: string) => [...new Set(text.split('\n').filter((line) => line !== ''))].toSorted()

const inShell = (shell: Shell, args: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', timeout: 30_000 })
  expect(stderr).toBe('')
  return stdout
}

/**
 * A zsh within a terminal of its own, which writes down what is offered when Tab is pressed behind a line, and makes
 * another file when it is done.
 */
const zshWithTab = `
  zmodload zsh/zpty zsh/zselect
  folder=$1 out=$2 line=$3
  zpty shell zsh -f -i
  zpty -w shell "fpath=($folder \\$fpath); autoload -Uz compinit && compinit -u -D"
  zpty -w shell "compadd() { local -a hits; builtin compadd -A hits \\"\\$@\\"; print -rl -- \\$hits >> $out; builtin compadd \\"\\$@\\" }"
  zpty -w shell "finish() { : > $out.done }; zle -N finish; bindkey '^X' finish; bindkey '^I' complete-word"
  zpty -w -n shell "$line"$'\\t\\x18'
  for ((i = 0; i < 1000; i++)); do
    [[ -e $out.done ]] && break
    zpty -r -t shell said
    zselect -t 1
  done
  zpty -d shell`

/** What each shell offers for a command line whose last word is being written. */
const offeredBy: Readonly<Record<Shell, (words: readonly string[]) => Promise<readonly string[]>>> = {
  bash: async (words) => {
    const script = await written('bash', 'completions.bash')
    const program = `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _aster_rx; printf '%s\\n' "\${COMPREPLY[@]}"`
    // It takes an equals sign for a word of its own.
    const split = words.flatMap((word) => word.split(/(?==)|(?<==)/))
    return linesOf(inShell('bash', ['-uc', program, 'bash', 'aster-rx', ...split]))
  },
  zsh: async (words) => {
    const script = await written('zsh', 'functions/_aster-rx')
    const out = path()
    inShell('zsh', ['-fc', zshWithTab, 'zsh', dirname(script), out, ['aster-rx', ...words].join(' ')])
    expect(existsSync(`${out}.done`)).toBe(true)
    return existsSync(out) ? linesOf(readFileSync(out, 'utf8')) : []
  },
  fish: async (words) => {
    const script = await written('fish', 'completions.fish')
    const program = `source ${script}; complete --do-complete ${JSON.stringify(['aster-rx', ...words].join(' '))}`
    // A description stands behind each, and the name of its option before a value.
    const offered = linesOf(inShell('fish', ['--no-config', '-c', program]))
    return offered.map((line) => line.replace(/\t.*/, '').replace(/^--[a-z-]+=/, ''))
  },
}

/** Whether this machine has a shell. Where it has none nothing can be tried, and what it is told is looked at below. */
const has = (shell: Shell) => spawnSync(shell, ['-c', ':']).status === 0
const shells = (['bash', 'zsh', 'fish'] as const).filter(has)

describe.each(shells)('%s offers', (shell) => {
  const offered = offeredBy[shell]

  test.each([
    [['re'], ['record', 'replay']],
    [['he'], ['help']],
    [['--v'], ['--version']],
    [['help', 'com'], ['completions']],
    [
      ['watch', 'aster'],
      ['asterFutures', 'asterPrediction', 'asterSpot'],
    ],
    [['watch', 'asterSpot', 'b'], []],
    [['watch', 'asterSpot', 'btcusdt', '--l'], ['--levels']],
    [
      ['replay', 'f', '--t'],
      ['--timestamps', '--to'],
    ],
    [['replay', 'f', '--timestamps', 'i'], ['iso']],
    [['replay', 'f', '--timestamps=i'], ['iso']],
    [
      ['record', 'asterSpot', 'x', '--fsync', ''],
      ['close', 'flush', 'never'],
    ],
    [
      ['completions', ''],
      ['bash', 'fish', 'zsh'],
    ],
    [
      ['serve', 'binance'],
      ['binanceFutures', 'binanceSpot'],
    ],
    [['serve', 'asterFutures', '--on'], ['--once']],
  ])('for %j: %j', async (words, expected) => {
    expect(await offered(words)).toEqual(expected)
  })

  test('files beside venues where either may be meant', async () => {
    const folder = path(shell)
    mkdirSync(folder)
    writeFileSync(join(folder, 'day.txt.gz'), '')
    const files = await offered(['serve', `${folder}/`])
    // zsh says names, those of the folders among them.
    expect(files.map((file) => basename(file))).toContain('day.txt.gz')
  })
})

test('bash offers nothing of its own for a command that is none', async () => {
  expect(await offeredBy.bash(['nonsense', '-'])).toEqual([])
})

test('bash offers a name with a space as one', async () => {
  const [folder, name] = [path('served'), 'a day.txt.gz']
  mkdirSync(folder)
  writeFileSync(join(folder, name), '')
  expect(await offeredBy.bash(['serve', `${folder}/`])).toEqual([join(folder, name)])
})

test.each(['zsh', 'fish'])('%s is told every command, option and list', async (shell) => {
  const { code, stdout } = await ran(['completions', shell])
  expect(code).toBe(0)
  for (const word of [
    'watch',
    'replay',
    'record',
    'serve',
    'venue',
    'dashboard',
    'completions',
    'help',
    'with-books',
    'timestamps',
    'asterFutures',
    'never',
  ])
    expect(stdout).toContain(word)
})
