import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { natsServerPath } from '../../scripts/natsServer.js'

/** A real server on a free port of this machine, with a store of its own, which it keeps when it is started again. */
export interface NatsServer {
  readonly port: () => number
  /** A connection that never gives up; all are closed after the spec. */
  readonly connection: () => Promise<NatsConnection>
  /** Sends a signal, and waits for the end where it ends the process. */
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
  readonly pause: () => void
  readonly goOn: () => void
  /** Starts it again, on the same port, with the same store. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

const found = ((): { readonly path?: string; readonly reason?: string } => {
  try {
    return { path: natsServerPath() }
  } catch (error) {
    if (process.env['CI'] === 'true') throw error
    return { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : '' }
  }
})()

/** Specs that need a server: where none can be had, they are skipped, and say so; with `CI=true` that is a failure. */
export const withServer = (title: string, specs: (server: NatsServer) => void): void => {
  if (found.path === undefined) describe.skip(`${title} (no nats-server: ${found.reason ?? ''})`, () => specs(absent))
  else {
    const server = natsServer(found.path)
    describe(title, () => {
      beforeEach(server.start)
      afterEach(server.stop)
      specs(server)
    })
  }
}

const never = () => Promise.reject(new Error('there is no nats-server'))
const absent: NatsServer = {
  port: () => 0,
  ...{ connection: never, kill: never, start: never, stop: never },
  pause: () => undefined,
  goOn: () => undefined,
}

const natsServer = (path: string): NatsServer => {
  let folder = ''
  let port = -1
  let child: ChildProcess | undefined
  const connections: NatsConnection[] = []

  const start = async () => {
    if (folder === '') folder = mkdtempSync(join(tmpdir(), 'aster-rx-nats-'))
    const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder]
    const started = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    const lines = createInterface(started.stderr)
    const said: string[] = []
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        said.push(line)
        const listening = /client connections on [\d.]+:(\d+)/.exec(line)
        if (listening !== null) port = Number(listening[1])
        if (line.includes('Server is ready')) resolve()
      })
      started.once('close', () => reject(new Error(said.join('\n'))))
    })
  }
  const kill = async (signal: NodeJS.Signals) => {
    const running = child
    child = undefined
    if (running === undefined) return
    const ended = once(running, 'close')
    running.kill(signal)
    await ended
  }

  return {
    port: () => port,
    connection: async () => {
      const connection = await connect({
        ...{ servers: `127.0.0.1:${port}`, maxReconnectAttempts: -1, reconnectTimeWait: 50, reconnectJitter: 0 },
      })
      connections.push(connection)
      return connection
    },
    kill,
    pause: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
    start,
    stop: async () => {
      await Promise.all(connections.splice(0).map((one) => one.close()))
      await kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
      folder = ''
      port = -1
    },
  }
}
