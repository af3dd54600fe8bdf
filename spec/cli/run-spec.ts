import { commands } from '../../lib/cli/commands.js'
import { objects, ran } from './runProgram.js'

const names = commands.map(({ name }) => name)

test('--version', async () => {
  expect(await ran(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' })
})

test.each([[['help']], [['--help']], [['-h']], [['help', '--help']]])('%j lists the commands', async (args) => {
  const { code, stdout, stderr } = await ran(args)
  expect([code, stderr]).toEqual([0, ''])
  for (const name of ['watch', 'replay', 'record', 'serve', 'venue', 'completions'])
    expect(stdout).toMatch(new RegExp(`^  ${name} +[A-Z]`, 'm'))
})

test.each(names)(
  '%s: its help is the same however it is asked for, and has its arguments, options and examples',
  async (name) => {
    const { code, stdout } = await ran([name, '--help'])
    expect(code).toBe(0)
    expect((await ran(['help', name])).stdout).toBe(stdout)
    expect((await ran([name, '-h'])).stdout).toBe(stdout)
    const found = commands.find((one) => one.name === name)
    for (const option of Object.keys(found?.options ?? {}))
      expect(stdout).toMatch(new RegExp(`^  --${option}( |$)`, 'm'))
    for (const argument of found?.arguments ?? []) expect(stdout).toContain(argument.name)
    for (const example of found?.examples ?? []) expect(stdout).toContain(example)
  },
)

test.each([[['--help']], ...names.map((name) => [[name, '--help']])])(
  '%j: no line of the help is longer than 80 columns, but for examples',
  async (args) => {
    const { stdout } = await ran(args)
    const long = stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  aster-rx '))
    expect(long).toEqual([])
  },
)

/** A line as a shell splits it, from this program up to what is not of it. */
const wordsOf = (line: string) =>
  [...(line.slice(line.indexOf('aster-rx')).split(/ [|>] |\)/)[0] ?? '').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? '',
  )

test.each(commands.flatMap(({ examples }) => examples))('the example can be meant: %s', (example) => {
  const [, name, ...args] = wordsOf(example.replace('source <(', ''))
  const found = commands.find((one) => one.name === name)
  expect(found?.start(args)).toMatchObject({ isHelp: false })
})

test('one sentence each says what a command and an option is', () => {
  for (const { says, options, arguments: given, details = [] } of commands)
    for (const text of [
      says,
      ...details,
      ...Object.values(options).map((one) => one.says),
      ...given.map((one) => one.says),
    ])
      expect(text).toMatch(/^[A-Z].*\.$/)
})

test.each([
  [[], 'expected a command, came none: aster-rx --help lists them'],
  [
    ['wacth'],
    "expected one of watch, replay, record, convert, verify, serve, publish, venue, dashboard, completions, came 'wacth': aster-rx --help says what each of them does",
  ],
  [
    ['help', 'x'],
    "expected one of watch, replay, record, convert, verify, serve, publish, venue, dashboard, completions, came 'x'",
  ],
  [['constructor'], "came 'constructor'"],
  [['replay', 'f', '--sped', '1'], 'replay: expected one of --speed, --from'],
  [['replay', 'f', '--constructor'], "came '--constructor'"],
  [['replay', 'f', '-x'], "came '-x'"],
  [['replay', 'f', '--merge=yes'], "--merge: expected no value, came 'yes'"],
  [['replay', 'f', '--from'], '--from: expected ms since 1970, or a time as 2024-08-09'],
  [['replay', 'f', '--from', '--to', '1'], "came '--to': write --from=… if it is meant"],
  [['replay', 'f', '--from', '2024-02-30'], "came '2024-02-30'"],
  [['replay', 'f', '--from', '2', '--to', '1'], '--to: expected a time after --from'],
  [['replay', 'f', '--speed', '0'], "--speed: expected instant, recorded, or a factor above 0, as 10, came '0'"],
  [
    ['replay', 'f', '--venue', 'nasdaq'],
    "--venue: expected asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot, bingxSpot, came 'nasdaq'",
  ],
  [
    ['replay', 'f', '--venue', 'asterSpot', '--streams', 'traed'],
    '--streams: expected names as btcusdt@trade, or kinds as depthSnapshot, ',
  ],
  [['replay', ''], 'FILE: expected a text, came an empty one'],
  [['completions', 'tcsh'], "SHELL: expected bash, zsh, fish, came 'tcsh'"],
  [['wac\u001b[2Jth'], "came 'wac?[2Jth'"],
])('%j cannot be meant: 2, a sentence, nothing on the standard output', async (args, reason) => {
  const { code, stdout, stderr } = await ran(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(reason)
  expect(stderr).toMatch(/^aster-rx: [^\n]+\n$/)
  const json = await ran([...args, '--json'])
  expect(json.code).toBe(2)
  expect(objects(json.stderr)).toEqual([{ error: expect.any(String) as string }])
})
