import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { filter, firstValueFrom, Subject, type Observable } from 'rxjs'
import type { Said, Setup } from './roles.js'

/** A process that can be harmed, and started again. */
export interface Part {
  readonly name: string
  /** Resolves when it works. */
  readonly start: () => Promise<void>
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
  readonly pause: () => void
  readonly goOn: () => void
}

/** A process of our own, and what it says. */
export interface Role extends Part {
  readonly said$: Observable<Said>
  readonly ask: () => void
}

/** None goes on without us. */
const all = new Set<ChildProcess>()
process.once('exit', () => all.forEach((one) => one.kill('SIGKILL')))
const ending = (child: ChildProcess) => {
  all.add(child)
  child.once('exit', () => all.delete(child))
}

type Ready = Said & { readonly _tag: 'Ready' }

const harmed = (child: () => ChildProcess) => ({
  kill: async (signal: 'SIGTERM' | 'SIGKILL') => {
    const one = child()
    const ended = one.exitCode === null && one.signalCode === null ? once(one, 'exit') : undefined
    one.kill(signal)
    await ended
  },
  pause: () => void child().kill('SIGSTOP'),
  goOn: () => void child().kill('SIGCONT'),
})

/** A process that runs one of the files beside this one. */
export const role = (
  file: string,
  name: string,
  setup: () => Partial<Setup>,
): Role & { ready: () => Promise<Ready> } => {
  const said$ = new Subject<Said>()
  let child: ChildProcess | undefined
  const ready = async () => {
    const entries = Object.entries({ ...setup(), name }).map(
      ([key, value]) => [key.toUpperCase(), String(value)] as const,
    )
    const path = fileURLToPath(new URL(`./${file}.ts`, import.meta.url))
    const made = fork(path, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...Object.fromEntries(entries) } })
    child = made
    ending(made)
    const isReady = firstValueFrom(said$.pipe(filter((said) => said._tag === 'Ready')))
    // What comes over the channel is what our own processes send.
    made.on('message', (message: unknown) => said$.next(message as Said))
    return isReady
  }
  const running = () => {
    if (child === undefined) throw new Error(`${name} was never started`)
    return child
  }
  return {
    ...{ name, said$, ready, ask: () => void running().send('') },
    start: () => ready().then(() => undefined),
    ...harmed(running),
  }
}

/** The dashboard of the program, which reads the broker; gives the address of its page. */
export const dashboard = async (program: string, broker: string, symbol: string): Promise<Part & { page: string }> => {
  const args = [program, 'dashboard', 'asterFutures', '--symbols', symbol, '--nats', `nats://${broker}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  ending(child)
  const page = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const [address] = /http:\S+/.exec(line) ?? []
      if (address !== undefined) resolve(address)
    })
    child.once('exit', () => reject(new Error('the dashboard did not start')))
  })
  return { name: 'dashboard', page, start: () => Promise.resolve(), ...harmed(() => child) }
}

/** A server of NATS. */
export interface Server extends Part {
  readonly address: () => string
  readonly pid: () => number
}

/** It keeps its port and its store when it is started again. */
export const server = (path: string, store: string): Server => {
  let port = -1
  let child: ChildProcess | undefined
  const start = async () => {
    const made = spawn(path, ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = made
    ending(made)
    const lines = createInterface(made.stderr)
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        const listening = /client connections on [\d.]+:(\d+)/.exec(line)
        if (listening !== null) port = Number(listening[1])
        if (line.includes('Server is ready')) resolve()
      })
      made.once('exit', () => reject(new Error('nats-server did not start')))
    })
  }
  const running = () => {
    if (child === undefined) throw new Error('the server was never started')
    return child
  }
  const address = () => `127.0.0.1:${port}`
  return { name: 'server', start, address, pid: () => running().pid ?? 0, ...harmed(running) }
}
