import { jetstream, JetStreamApiError } from '@nats-io/jetstream'
import { Kvm, type KV } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/transport-node'
import { isValues } from '../codecs/Values.js'
import type { LeaseEntry } from './leaseState.js'

/** A lease as it is stored, with what its holders leave to each other. */
interface StoredLease extends LeaseEntry {
  readonly note: string
}

/** A bucket of entries that are only ever written behind a known revision. */
export interface LeaseStore {
  readonly read: (key: string) => Promise<StoredLease | undefined>
  /** Gives its revision; `undefined` where the last one is not `follows`. */
  readonly write: (key: string, lease: Omit<StoredLease, 'revision'>, follows: number) => Promise<number | undefined>
}

export interface LeaseStoreConfig {
  readonly bucket: string
  readonly replicas: number
  /** A request that takes longer, in ms, has failed. */
  readonly timeout: number
}

const WRONG_LAST_SEQUENCE = 10071

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const parsed = (text: string): Omit<StoredLease, 'revision'> => {
  try {
    const value: unknown = JSON.parse(text)
    return isValues(value) ? { holder: textOf(value['holder']), note: textOf(value['note']) } : { holder: '', note: '' }
  } catch {
    return { holder: '', note: '' }
  }
}

/** The bucket is made where there is none, at the first request; while the broker is away, requests fail. */
export const leaseStore = (connection: NatsConnection, { bucket, replicas, timeout }: LeaseStoreConfig): LeaseStore => {
  let opened: Promise<KV> | undefined
  const open = (): Promise<KV> => {
    opened ??= new Kvm(jetstream(connection, { timeout })).create(bucket, { history: 1, replicas })
    return opened.catch((error: unknown) => {
      opened = undefined
      throw error
    })
  }
  return {
    read: async (key) => {
      const entry = await (await open()).get(key)
      return entry === null ? undefined : { revision: entry.revision, ...parsed(entry.string()) }
    },
    write: async (key, lease, follows) => {
      try {
        return await (await open()).put(key, JSON.stringify(lease), { previousSeq: follows, timeout })
      } catch (error) {
        if (error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE) return undefined
        throw error
      }
    },
  }
}
