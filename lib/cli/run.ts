import { ReplaySubject } from 'rxjs'
import type { AnyCommand } from './Command.js'
import { commands } from './commands.js'
import { createTerminal } from './createTerminal.js'
import { commandHelp, programHelp } from './help.js'
import type { EndSignal, Host } from './Host.js'
import { quoted } from './readCall.js'
import type { Terminal } from './Terminal.js'
import { UsageError } from './UsageError.js'

/** What the program ends with. */
const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** As a shell says it: 128 and the number of the signal. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const

const named = (name: string): AnyCommand => {
  const found = commands.find((one) => one.name === name)
  if (found !== undefined) return found
  const known = commands.map((one) => one.name).join(', ')
  throw new UsageError(`expected one of ${known}, came ${quoted(name)}: aster-rx --help says what each of them does`)
}

type Work = (terminal: Terminal) => Promise<void>

/** Says a text. */
const printed =
  (text: string): Work =>
  (terminal) => {
    terminal.data({ text }, () => text)
    return Promise.resolve()
  }

/** What is asked for, to be done. @throws UsageError where it cannot be meant. */
const asked = ({ args: [name = '', ...rest], version }: Host): Work => {
  if (name === '--version') return printed(version)
  const isHelp = ['help', '--help', '-h'].includes(name)
  const [about] = rest.filter((arg) => !['--json', '--help', '-h'].includes(arg))
  if (isHelp && about !== undefined) return printed(commandHelp(named(about)))
  if (isHelp) return printed(programHelp(commands))
  if (name === '') throw new UsageError('expected a command, came none: aster-rx --help lists them')
  const found = named(name)
  const { isHelp: isHelpOfIt, run: work } = found.start(rest)
  return isHelpOfIt ? printed(commandHelp(found)) : work
}

/** Runs the program, and resolves with what it ends with, when everything is closed. */
export const run = async (host: Host): Promise<number> => {
  const signal$ = new ReplaySubject<EndSignal>(1)
  let signal: EndSignal | undefined
  const hearing = host.signal$.subscribe((one) => {
    signal ??= one
    signal$.next(one)
  })
  const terminal = createTerminal({ ...host, signal$ }, host.args.includes('--json'))
  let code: number | undefined
  try {
    await asked(host)(terminal)
  } catch (error) {
    code = error instanceof UsageError ? exitCodes.usage : exitCodes.failed
    const text = error instanceof Error ? error.message : String(error)
    terminal.fail(`aster-rx: ${text}`, { error: text })
  }
  await terminal.close()
  hearing.unsubscribe()
  const ended = signal === undefined ? undefined : exitCodes[signal]
  return code ?? ended ?? (terminal.hasFailed() ? exitCodes.failed : exitCodes.done)
}
