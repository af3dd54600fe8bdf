import { Subscription, type SchedulerLike } from 'rxjs'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import { alive, beaten, looked, parseGroup, type KnownMembers, type StoredGroup } from './groupMembers.js'
import type { LeaseStore } from './leaseStore.js'
import { assigned } from './partition.js'

export interface MembershipConfig {
  readonly store: LeaseStore
  readonly key: string
  readonly member: string
  readonly partitions: number
  readonly timeToLive: number
  readonly every: number
  readonly scheduler: SchedulerLike
  /** Where a group begins that is not there yet. */
  readonly from: () => Promise<number>
  /** The partitions that are meant for us, as far as we know, and the sequence with which the group began. */
  readonly meant: (partitions: readonly number[], from: number) => void
  readonly failed: (error: Error) => void
}

/** Several members may write at once, of which one succeeds. */
const ATTEMPTS = 5

/** Is among the members of a group until the Subscription ends. */
export const joinGroup = (config: MembershipConfig): Subscription => {
  const { store, key, member, partitions, timeToLive, every, scheduler, meant, failed } = config
  const { monotonic } = clockOf(scheduler)
  const work = new Subscription()
  let known: KnownMembers = new Map()

  const attempt = async (isLeaving: boolean): Promise<boolean> => {
    const entry = await store.read(key)
    const stored = parseGroup(entry?.note ?? '')
    if (stored !== undefined && stored.partitions !== partitions) {
      if (!work.closed)
        failed(new Error(`consumerGroup: '${key}' has ${stored.partitions} partitions, came ${partitions}`))
      return true
    }
    known = looked(known, stored ?? { beats: {} }, monotonic())
    const living = alive(known, monotonic(), timeToLive)
    const beats = Object.entries(beaten(known, living, member)).filter(([one]) => !isLeaving || one !== member)
    const from = stored?.from ?? (await config.from())
    const note = JSON.stringify({ partitions, from, beats: Object.fromEntries(beats) } satisfies StoredGroup)
    const revision = await store.write(key, { holder: member, note }, entry?.revision ?? 0)
    if (revision === undefined) return false
    const members = beats.map(([one]) => one)
    if (!work.closed)
      meant(
        assigned(partitions, members).flatMap((one, i) => (one === member ? [i] : [])),
        from,
      )
    return true
  }
  const beat = async (isLeaving: boolean) => {
    try {
      for (let i = 0; i < ATTEMPTS; i++) if (await attempt(isLeaving)) return
    } catch {
      // The broker is away: leases run out by themselves.
    }
  }
  const turn = async () => {
    await beat(false)
    if (!work.closed) work.add(after(every, scheduler, () => void turn()))
  }
  void turn()
  work.add(() => void beat(true))
  return work
}
