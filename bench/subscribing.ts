import { asterFutures, asterSpot, websocketCommunicator, type Venue } from 'aster-rx'
import { startVenue, type LogEntry } from 'aster-rx/simulation'
import { BehaviorSubject, filter, scan, firstValueFrom } from 'rxjs'

/** How many streams are asked for. */
const STREAMS = 1_000
const SECOND = 1_000

/** The most messages of the client, PINGs and PONGs included, that one connection saw in any second. */
const mostInASecond = (log: readonly LogEntry[]): number => {
  const recent = new Map<number, readonly number[]>()
  let most = 0
  for (const entry of log) {
    const isOurs =
      entry.type === 'received' || ((entry.type === 'ping' || entry.type === 'pong') && entry.from === 'client')
    if (!isOurs) continue
    const times = [...(recent.get(entry.connection) ?? []).filter((at) => at > entry.at - SECOND), entry.at]
    recent.set(entry.connection, times)
    most = Math.max(most, times.length)
  }
  return most
}

/** A thousand streams wanted at once: the time until the last is acknowledged, and what the venue saw of it. */
const streams = async (venue: Venue, isAsked: boolean) => {
  const { addresses, controls, close } = await startVenue({ venue, replay: [], ping: { every: 1_000, within: 5_000 } })
  const names = Array.from({ length: STREAMS }, (_, i) => `s${i}usdt@trade`)
  // Those that are wanted when a connection opens are in its address; later ones are asked for by message.
  const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(isAsked ? names.slice(0, 1) : names))
  const communicator = websocketCommunicator(venue, { endpoint: addresses.websocket, pingEvery: 1_500 })
  const acknowledged = new Set<string>()
  const begin = performance.now()
  const signal$ = communicator(wanted$)
  const count = await firstValueFrom(
    signal$.pipe(
      scan((_, signal) => {
        if (signal._tag === 'Acknowledged') acknowledged.add(signal.stream)
        if (isAsked && wanted$.value.size === 1 && acknowledged.size === 1) wanted$.next(new Set(names))
        return acknowledged.size
      }, 0),
      filter((size) => size === STREAMS),
    ),
  )
  const took = performance.now() - begin
  const log = controls.log()
  const opened = log.filter(({ type }) => type === 'opened').length
  const refused = log.filter((entry) => entry.type === 'closed' && entry.code === 1008).length
  await close()
  const { messagesPerSecond, streamsPerConnection } = venue.limits
  const way = isAsked ? 'one in the address, the others by message' : 'all at once'
  return `${venue.name}, ${way}: ${count} streams over ${opened} connections of at most ${streamsPerConnection}, all acknowledged after ${Math.round(took)} ms; at most ${mostInASecond(log)} of ${messagesPerSecond} messages in any second, ${refused} times disconnected for more`
}

for (const venue of [asterFutures, asterSpot])
  for (const isAsked of [false, true]) console.log(await streams(venue, isAsked))
