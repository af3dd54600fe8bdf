import { asyncScheduler, type SchedulerLike } from 'rxjs'
import type { Venue } from '../venues/Venue.js'
import type { BrokerFrom } from './begin.js'
import { checkedNames, misuse, numbersOf } from './misuse.js'
import type { NatsConfig } from './NatsConfig.js'

/** A config that was checked, with its defaults. */
export interface NatsSettings {
  readonly venue: Venue
  readonly from: BrokerFrom
  readonly stream: string
  readonly prefix: string
  readonly window: number
  readonly maxBehind: number
  readonly patience: number
  readonly scheduler: SchedulerLike
}

const FORMS = "'now', 'snapshot', { sequence } or { time }"

/** @throws TypeError for a beginning that is none. */
export const checkedFrom = (who: string, from: unknown): BrokerFrom => {
  if (from === 'now' || from === 'snapshot') return from
  if (typeof from === 'object' && from !== null && 'sequence' in from) {
    const { sequence } = from
    if (typeof sequence === 'number' && Number.isSafeInteger(sequence) && sequence >= 1) return { sequence }
    throw misuse(who, 'a `sequence` of at least 1', sequence, 'the first message of a stream has 1')
  }
  if (typeof from === 'object' && from !== null && 'time' in from) {
    const { time } = from
    const ms = typeof time === 'number' || time instanceof Date ? Number(time) : NaN
    if (ms >= 0 && ms <= LATEST) return { time: ms }
    throw misuse(who, 'a `time` in ms since 1970, or a valid Date', time, 'it is when the broker stored a message')
  }
  throw misuse(who, `\`from\` as ${FORMS}`, from, "leave it out for 'now'")
}

/** No Date is later. */
const LATEST = 8_640_000_000_000_000

export const natsSettings = (config: NatsConfig, who = 'natsCommunicator'): NatsSettings => {
  const { venue, from = 'now', stream = {}, scheduler = asyncScheduler } = config
  const number = numbersOf(who)
  checkedNames(who, stream)
  return {
    ...{ venue, scheduler, from: checkedFrom(who, from) },
    stream: stream.name ?? `md-${venue.name}`,
    prefix: stream.prefix ?? 'md',
    window: number(config, 'window', 1, 1_000),
    maxBehind: number(config, 'maxBehind', 0, 10_000),
    patience: number(config, 'patience', 100, 10_000),
  }
}
