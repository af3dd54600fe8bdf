import { DeliverPolicy, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { SchedulerLike } from 'rxjs'
import { clockOf } from '../timing/realTime.js'
import { header } from './brokerMessage.js'
import { MISSED, type Incoming } from './incoming.js'
import { readStored } from './readStored.js'
import type { Subjects } from './subjects.js'

/**
 * Where a consumer begins: with what is new; with the last snapshots of the wanted order books, so that these are synced
 * from the broker; with a message by its sequence; or with the first that was stored at or after a time, ms since 1970.
 */
export type BrokerFrom = 'now' | 'snapshot' | { readonly sequence: number } | { readonly time: number | Date }

/** What is asked about the beginning. */
export interface BeginConfig {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly stream: string
  readonly subjects: Subjects
  readonly patience: number
  readonly scheduler: SchedulerLike
  /** Whether the snapshots of this subject are wanted. */
  readonly isWanted: (subject: string) => boolean
  readonly read: (message: Msg, sequence: number) => Incoming | undefined
}

/** The first sequence that is delivered, and what connectors said before it. */
export interface Beginning {
  readonly sequence: number
  readonly before: readonly Incoming[]
}

type Start = Partial<ConsumerConfig> & Pick<ConsumerConfig, 'deliver_policy'>

const lastOf = (filter: string): Start => ({
  ...{ deliver_policy: DeliverPolicy.LastPerSubject, filter_subject: filter, headers_only: true },
})

/** A message of which only the headers were read. */
interface Found {
  readonly sequence: number
  readonly subject: string
  readonly storedAt: number
  /** Of a heading: how long it holds, in ms, if no other follows. */
  readonly holds: number
}

/** Finds where to begin, and what is to be known there. */
export const beginning = async (from: BrokerFrom, config: BeginConfig): Promise<Beginning> => {
  const { connection, manager, stream, subjects, patience, scheduler, isWanted, read } = config
  const { now } = clockOf(scheduler)
  const stored = (consumer: Start, heard: Parameters<typeof readStored>[3]) =>
    readStored(connection, manager, { stream, patience, scheduler, consumer }, heard)
  const found = async (consumer: Start, most = Infinity): Promise<readonly Found[]> => {
    const all: Found[] = []
    await stored(consumer, ({ subject, headers }, { sequence, storedAt }) => {
      all.push({ sequence, subject, storedAt, holds: MISSED * Number(headers?.get(header.every)) })
      return all.length >= most
    })
    return all
  }

  if (typeof from === 'object' && 'sequence' in from) return { sequence: from.sequence, before: [] }
  const { state } = await manager.streams.info(stream)
  const end = state.last_seq + 1
  if (typeof from === 'object') {
    const time = new Date(from.time).toISOString()
    const [first] = await found(
      { ...byTime, opt_start_time: time, filter_subject: subjects.all, headers_only: true },
      1,
    )
    return { sequence: first?.sequence ?? end, before: [] }
  }

  const headings = (await found(lastOf(subjects.headingOf('*')))).filter(
    ({ storedAt, holds }) => storedAt + holds >= now(),
  )
  if (from === 'snapshot') {
    const oldest = Math.min(...headings.map(({ storedAt, holds }) => storedAt - holds))
    const snapshots = (await found(lastOf(subjects.snapshots))).filter(
      ({ subject, storedAt }) => isWanted(subject) && (oldest === Infinity || storedAt >= oldest),
    )
    const first = Math.min(...snapshots.map(({ sequence }) => sequence))
    const [heading = first] = headings.map(({ sequence }) => sequence).filter((sequence) => sequence < first)
    if (first < Infinity) return { sequence: Math.min(heading, first), before: [] }
  }
  if (headings.length === 0) return { sequence: end, before: [] }
  const before: Incoming[] = []
  const start = Math.min(...headings.map(({ sequence }) => sequence))
  await stored({ ...bySequence, opt_start_seq: start, filter_subject: subjects.statuses }, (message, { sequence }) => {
    const said = sequence < end ? read(message, sequence) : undefined
    if (said !== undefined) before.push(said)
  })
  return { sequence: end, before }
}

const byTime = { deliver_policy: DeliverPolicy.StartTime } as const
const bySequence = { deliver_policy: DeliverPolicy.StartSequence } as const
