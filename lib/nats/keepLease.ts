import { Subscription, type SchedulerLike } from 'rxjs'
import { clockOf } from '../timing/realTime.js'
import { createTimer } from '../timing/timer.js'
import { after } from '../timing/wait.js'
import { revisionToFollow, stepLease, type LeaseInput, type LeaseState } from './leaseState.js'
import type { LeaseStore } from './leaseStore.js'

export interface KeepLeaseConfig {
  readonly store: LeaseStore
  readonly key: string
  readonly holder: string
  /** In ms. */
  readonly timeToLive: number
  readonly every: number
  readonly scheduler: SchedulerLike
  /** What is stored beside it, for the next holder. */
  readonly note: () => string
  /** It is ours; `found` is what the last holder left. */
  readonly got: (epoch: number, found: string) => void
  /** It was ours, or at first is not; `by` is who has it, where that is known. */
  readonly lost: (by: string | undefined) => void
}

/** Wants a lease, and once it has it, keeps it, until the Subscription ends: then it is given back. */
export const keepLease = (config: KeepLeaseConfig): Subscription => {
  const { store, key, every, scheduler, note, got, lost } = config
  const { monotonic } = clockOf(scheduler)
  const work = new Subscription()
  let state: LeaseState = {}
  let found = ''
  let told: number | 'nobody' | 'waiting' = 'nobody'

  const tell = () => {
    if (work.closed) return
    const { held, seen } = state
    if (held !== undefined && told !== held.epoch) {
      told = held.epoch
      got(held.epoch, found)
    } else if (held === undefined && told !== 'waiting') {
      told = 'waiting'
      lost(seen?.holder)
    }
  }
  const apply = (input: LeaseInput) => {
    state = stepLease(state, input, config)
    if (state.held !== undefined) expiry.at(state.held.until)
  }
  const expire = () => {
    apply({ _tag: 'Passed', at: monotonic() })
    tell()
  }
  const expiry = createTimer(scheduler, monotonic, expire)

  const look = async () => {
    const entry = await store.read(key)
    found = entry?.note ?? ''
    apply({ _tag: 'Read', at: monotonic(), entry })
  }
  const write = async (follows: number, holder: string) => {
    const sentAt = monotonic()
    const revision = await store.write(key, { holder, note: state.held === undefined ? found : note() }, follows)
    apply(revision === undefined ? { _tag: 'Refused' } : { _tag: 'Wrote', sentAt, revision })
  }
  const giveBack = () => {
    expiry.stop()
    if (state.held !== undefined) write(state.held.revision, '').catch(() => undefined)
  }
  const turn = async () => {
    isBusy = true
    try {
      if (state.held === undefined) await look()
      const follows = revisionToFollow(state, monotonic(), config)
      if (follows !== undefined && !work.closed) await write(follows, config.holder)
    } catch {
      // The broker is away. What is held runs out by itself.
    }
    isBusy = false
    if (work.closed) return giveBack()
    expire()
    work.add(after(every, scheduler, () => void turn()))
  }
  let isBusy = false
  void turn()
  work.add(() => {
    if (!isBusy) giveBack()
  })
  return work
}
