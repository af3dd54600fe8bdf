import { asyncScheduler } from 'rxjs'
import { streamSettings } from './brokerStream.js'
import { checkedNames, misuse, numbersOf } from './misuse.js'
import type { PublishConfig } from './PublishConfig.js'
import { DEFAULT_CONNECTOR } from './outgoing.js'
import { subjectsOf } from './subjects.js'

const WHO = 'publishSignals'

/** A config that was checked, with its defaults. */
export type PublishSettings = ReturnType<typeof publishSettings>

/** @throws TypeError where it cannot be meant. */
export const publishSettings = (config: PublishConfig) => {
  const {
    venue,
    books,
    stream = {},
    connector = DEFAULT_CONNECTOR,
    exclusive = false,
    whenFull = 'drop oldest',
  } = config
  const number = numbersOf(WHO)
  const policies: readonly unknown[] = ['drop oldest', 'error']
  if (!policies.includes(whenFull))
    throw misuse(WHO, "`whenFull` 'drop oldest' or 'error'", whenFull, 'a venue does not wait, so nothing else can be')
  if (typeof connector !== 'string' || connector === '')
    throw misuse(WHO, 'a `connector` with a name', connector, 'it tells several of them apart')
  if (typeof exclusive !== 'boolean')
    throw misuse(WHO, '`exclusive` as true or false', exclusive, 'it fences earlier publishers of the stream')
  if (books !== undefined && typeof books !== 'function')
    throw misuse(WHO, '`books` as a function', books, 'give client.heldBooks')
  const storages: readonly unknown[] = ['file', 'memory', undefined]
  if (!storages.includes(stream.storage))
    throw misuse(WHO, "`storage` 'file' or 'memory'", stream.storage, "leave it out for 'file'")
  checkedNames(WHO, stream)
  number(stream, 'maxAge', 0, 0)
  number(stream, 'maxBytes', -1, 0)
  number(stream, 'maxMessages', -1, 0)
  number(stream, 'duplicateWindow', 100, 0)
  number(stream, 'replicas', 1, 0)
  const subjects = subjectsOf(venue, stream.prefix ?? 'md')
  return {
    ...{ venue, books, connector, exclusive, whenFull, subjects },
    stream: streamSettings(venue.name, subjects.all, stream),
    every: number(config, 'every', 100, 60_000),
    inFlight: number(config, 'inFlight', 1, 4_096),
    maxWaiting: number(config, 'maxWaiting', 1, 100_000),
    maxWaitingSize: number(config, 'maxWaitingSize', 1, 64 * 2 ** 20),
    ackWait: number(config, 'ackWait', 100, 5_000),
    scheduler: config.scheduler ?? asyncScheduler,
  }
}
