import type { MsgHdrs } from '@nats-io/transport-node'
import { header } from './brokerMessage.js'

/** Says of each message what the last one of the stream has to be, so that the server refuses it behind another's. */
export interface Fence {
  /** What is sent next stands behind this message of the stream. */
  readonly behind: (sequence: number) => void
  /** A message may be sent while others are on their way. */
  readonly mayFollow: () => boolean
  readonly put: (id: string, headers: MsgHdrs) => void
  readonly stored: () => void
}

/**
 * Behind a known message goes one alone, by the sequence of that; each that follows, by the id of the one before it.
 * Sequences could not tell all of many on their way: when another one has written a few, one of ours would expect the
 * number that the stream has come to meanwhile. Ids alone could neither: a server that was started anew knows the id of
 * its last message only within the duplicate window.
 */
export const createFence = (): Fence => {
  let sequence = 0
  let last: string | undefined
  let isStored = false
  return {
    behind: (at) => {
      sequence = at
      last = undefined
      isStored = false
    },
    mayFollow: () => isStored,
    put: (id, headers) => {
      if (last === undefined) headers.set(header.lastSequence, String(sequence))
      else headers.set(header.lastId, last)
      last = id
    },
    stored: () => {
      isStored = true
    },
  }
}
