import { Subject, Subscription } from 'rxjs'
import { after } from '../timing/wait.js'
import type { Delivery, Partition } from './ConsumerGroupConfig.js'
import { keepLease, type KeepLeaseConfig } from './keepLease.js'
import { partitionProgress } from './partitionProgress.js'

export interface LeasedPartitionConfig extends Omit<KeepLeaseConfig, 'note' | 'got' | 'lost'> {
  readonly index: number
  /** The message with which the group began. */
  readonly first: number
  readonly got: (partition: Partition) => void
  /** Fewer messages are open. */
  readonly done: () => void
  /** It is another member's to have. */
  readonly over: () => void
}

/** A partition that is meant for us, while its lease is ours and while it is not. */
export interface LeasedPartition {
  readonly isHeld: () => boolean
  /** Reading goes on from here on for this one, too: what is read before is not. */
  readonly begin: () => void
  /** The message to be read next. */
  readonly next: () => number
  /** How many messages are given and not done. */
  readonly open: () => number
  /** Reading has come so far. */
  readonly pass: (sequence: number) => void
  /** Whether this message is to be handled now. */
  readonly take: (sequence: number) => boolean
  readonly deliver: (delivery: Delivery) => void
  /** Gives it back once what was given is done, or its time is over. */
  readonly revoke: () => void
  readonly stop: () => void
}

export const leasedPartition = (config: LeasedPartitionConfig): LeasedPartition => {
  const { index, first, timeToLive, scheduler, got, done, over } = config
  const work = new Subscription()
  let progress = partitionProgress(first - 1)
  let delivery$: Subject<Delivery> | undefined
  let isRead = false
  let isRevoked = false

  const close = () => {
    const closed = delivery$
    delivery$ = undefined
    isRead = false
    closed?.complete()
  }
  const stop = () => {
    close()
    work.unsubscribe()
  }
  const giveBack = () => {
    if (work.closed) return
    stop()
    over()
  }
  const finish = (sequence: number) => {
    progress.done(sequence)
    if (isRevoked && progress.open() === 0) giveBack()
    else done()
  }

  work.add(
    keepLease({
      ...config,
      note: () => String(progress.handled()),
      got: (epoch, found) => {
        close()
        // What we did ourselves before may be more than was written.
        const own = partitionProgress(Math.max(progress.handled(), Number(found)))
        progress = own
        delivery$ = new Subject<Delivery>()
        const mine = (sequence: number) => (own === progress ? finish(sequence) : undefined)
        got({ index, epoch, delivery$: delivery$.asObservable(), done: mine })
      },
      lost: close,
    }),
  )
  return {
    isHeld: () => delivery$ !== undefined,
    begin: () => void (isRead = delivery$ !== undefined),
    next: () => progress.next(),
    open: () => progress.open(),
    pass: (sequence) => {
      if (isRead) progress.pass(sequence)
    },
    take: (sequence) => isRead && progress.give(sequence),
    deliver: (delivery) => {
      if (isRead) delivery$?.next(delivery)
    },
    revoke: () => {
      if (isRevoked) return
      isRevoked = true
      close()
      if (progress.open() === 0) giveBack()
      else work.add(after(timeToLive, scheduler, giveBack))
    },
    stop,
  }
}
