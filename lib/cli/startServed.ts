import { tap, type Observable } from 'rxjs'
import { startRelay, type Relay, type RelayConfig, type RelayEvent } from '../simulation/index.js'
import { cannotListen } from './cannotListen.js'
import { plural, type Served } from './served.js'
import type { Terminal } from './Terminal.js'

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Says what happens, and what was wrong. */
const telling = (terminal: Terminal, tell: Served['tell']) => (event: RelayEvent) => {
  if (event.type === 'status') return tell(event.status)
  if ('connection' in event) return terminal.say(`connection ${event.connection} ${event.type}`, event)
  if (event.type === 'started') {
    const { connections, streams } = event
    return terminal.say(`begins for ${plural(connections, 'connection')}: ${streams.join(', ')}`, event)
  }
  const { frames, sent, missing, isWhole, error } = event
  for (const name of missing) terminal.say(`Nothing came of ${name}.`, { missing: name })
  if (error !== undefined) return terminal.fail(`ended: ${textOf(error)}`)
  const how = isWhole ? 'the end' : 'ended early'
  terminal.say(`${how}: ${plural(frames, 'frame')} read, ${sent} sent`, event)
}

/** A relay that says what happens, for as long as somebody listens to `event$`. */
export interface StartedRelay extends Omit<Relay, 'event$'> {
  readonly event$: Observable<RelayEvent>
}

/** Starts a relay of what is served. */
export const startServed = async (
  { venue, open, rest, settle = 0, progress, tell, close: closeSource }: Served,
  asked: { readonly [K in 'clients' | 'host' | 'port' | 'settle']?: RelayConfig[K] | undefined },
  terminal: Terminal,
): Promise<StartedRelay> => {
  const { clients, host, port } = asked
  const relay = await startRelay({
    ...{ venue, open, settle: asked.settle ?? settle, scheduler: terminal.scheduler },
    ...(clients !== undefined && { clients }),
    ...(host !== undefined && { host }),
    ...(rest !== undefined && { rest }),
    ...(port !== undefined && { port }),
  }).catch(async (error: unknown) => {
    await closeSource?.()
    return cannotListen(asked)(error)
  })
  const say = telling(terminal, tell)
  let stop = (): void => undefined
  const event$ = relay.event$.pipe(
    tap((event) => {
      if (event.type === 'started') {
        const start = terminal.scheduler.now()
        stop = terminal.progress(() => progress(relay.frames(), terminal.scheduler.now() - start))
      }
      if (event.type === 'ended') stop()
      say(event)
    }),
  )
  const close: Relay['close'] = async (how) => {
    stop()
    await relay.close(how)
    await closeSource?.()
  }
  return { ...relay, event$, close }
}
