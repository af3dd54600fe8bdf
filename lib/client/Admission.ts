import type { Message } from '../parser/Message.js'

/** The id of a connection or file; `undefined` where the frames do not say theirs. */
export type SourceId = string | undefined

/** Decides what of one stream is new, while several connections carry it. */
export interface Admission {
  /** True where the message is to be delivered now, and nothing else: the usual case. */
  readonly passes: (message: Message, source: SourceId) => boolean
  /** Of one that did not pass: gives the messages to deliver now: none for a repeat, several when one was waited for. */
  readonly admit: (message: Message, source: SourceId) => readonly Message[]
  /**
   * The connection is gone: gives what waited for it, and lets any other one take over. Those that are open may still
   * say what it said.
   */
  readonly release: (source: SourceId, open: ReadonlySet<SourceId>) => readonly Message[]
  /** True where this connection carries the stream, and no other is known to carry it without a gap. */
  readonly carriesAlone: (source: SourceId) => boolean
}
