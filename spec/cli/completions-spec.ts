import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from '../communicators/scratch.js'
import { ran } from './runProgram.js'

const { path } = scratch()

/** What bash offers for a command line whose last word is being written. */
const offered = async (...words: readonly string[]): Promise<readonly string[]> => {
  const script = path('completions.bash')
  writeFileSync(script, (await ran(['completions', 'bash'])).stdout)
  const program = `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _aster_rx; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-uc', program, 'bash', 'aster-rx', ...words], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

test.each([
  [['re'], ['replay', 'record']],
  [
    ['watch', 'aster'],
    ['asterFutures', 'asterPrediction', 'asterSpot'],
  ],
  [['watch', 'asterSpot', 'b'], []],
  [['replay', ''], []],
  [
    ['replay', 'f', '--t'],
    ['--to', '--timestamps'],
  ],
  [['replay', 'f', '--timestamps', 'i'], ['iso']],
  [
    ['record', 'asterSpot', 'x', '--fsync', ''],
    ['flush', 'close', 'never'],
  ],
  [
    ['completions', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['nonsense', '-'], []],
  [
    ['serve', 'binance'],
    ['binanceFutures', 'binanceSpot'],
  ],
  [['serve', 'asterFutures', '--on'], ['--once']],
])('bash offers for %j: %j', async (words, expected) => {
  expect(await offered(...words)).toEqual(expected)
})

test('bash offers files beside venues where either may be meant', async () => {
  const [folder, name] = [path('served'), 'a day.txt.gz']
  mkdirSync(folder)
  writeFileSync(join(folder, name), '')
  expect(await offered('serve', `${folder}/`)).toEqual([join(folder, name)])
})

/** Whether this machine has a shell. */
const has = (shell: string) => spawnSync(shell, ['-c', ':']).status === 0

// Where a shell is not installed, nothing can be tried; what it is told is looked at below.
for (const shell of ['zsh', 'fish'].filter(has))
  test(`${shell} reads its completions without an error`, async () => {
    const script = path(`completions.${shell}`)
    writeFileSync(script, (await ran(['completions', shell])).stdout)
    const { status, stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
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
    'completions',
    'with-books',
    'timestamps',
    'asterFutures',
    'never',
  ])
    expect(stdout).toContain(word)
})
