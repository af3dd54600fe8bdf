import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { filter, firstValueFrom, map, ReplaySubject, type Observable } from 'rxjs'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { startRelay, type Relay, type RelayConfig, type RelayEvent } from '../../../lib/simulation/index.js'

export const recording = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')

/** The texts of the recording's frames, read here without the library. */
export const texts: readonly string[] = gunzipSync(readFileSync(recording))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((record) => record.slice(record.indexOf(' ') + 1))
  .filter((text) => text.startsWith('{"stream":'))

/** Those of one stream, with their envelope or without. */
export const textsOf = (stream: string) => texts.filter((text) => text.startsWith(`{"stream":"${stream}",`))
export const payloadsOf = (stream: string) =>
  textsOf(stream).map((text) => text.slice(`{"stream":"${stream}","data":`.length, -1))

const open = new Set<Relay>()

afterEach(async () => {
  for (const relay of open) await relay.close()
  open.clear()
})

/** A relay that is closed after the spec, and all that happened on it. */
export const relayFor = async (config: RelayConfig) => {
  const relay = await startRelay(config)
  open.add(relay)
  const all$ = new ReplaySubject<RelayEvent>(Infinity)
  relay.event$.subscribe(all$)
  /** The n-th event of a type, from 1. */
  const heard = <T extends RelayEvent['type']>(type: T, n = 1): Promise<Extract<RelayEvent, { readonly type: T }>> => {
    const found$: Observable<Extract<RelayEvent, { readonly type: T }>> = all$.pipe(
      filter((event): event is Extract<RelayEvent, { readonly type: T }> => event.type === type),
    )
    return firstValueFrom(
      found$.pipe(
        map((event, i) => ({ event, i })),
        filter(({ i }) => i + 1 === n),
        map(({ event }) => event),
      ),
    )
  }
  return { ...relay, heard }
}

/** A replay that the slowest client holds back. */
export const replaying =
  (config: ReplayConfig): RelayConfig['open'] =>
  (ready) =>
    replayCommunicator({ drain: 0, ...config, onRead: ready })
