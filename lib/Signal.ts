/** Where frames come from: one connection or one file. One object is shared by all its frames. */
export interface Source {
  /** Unique among the sources that a communicator has open. */
  readonly id: string
  /** The only stream that this source carries, where there is only one: what makes its raw frames unambiguous. */
  readonly stream?: string
  /** The only symbol that it carries, upper case, where there is only one: what a depth snapshot is of that does not say so. */
  readonly symbol?: string
}

interface Stamped {
  /** Milliseconds since 1970 (UTC), fractions allowed, never going back within a source. */
  readonly receivedAt: number
  /** Where it came from; absent where nobody says. */
  readonly source?: Source
  /** Its number in the stream of a broker: what was handled up to there need not be read again. */
  readonly sequence?: number
}

/** One text message, inflated if it was compressed, stamped once on arrival. */
export interface Frame extends Stamped {
  readonly _tag: 'Frame'
  /** As the venue sent it. */
  readonly text: string
  /** Where the record starts in its file, in bytes of the uncompressed file. */
  readonly offset?: number
}

/** An answer that was asked for and belongs to the story: a REST depth snapshot. */
export interface Reply extends Stamped {
  readonly _tag: 'Reply'
  /** Upper case, as the venue writes it: `BTCUSDT`. */
  readonly symbol: string
  /** The body of the answer, as it came. */
  readonly text: string
}

/** What happens around the frames, as a value, in order with them. */
export type Status = Stamped &
  (
    | { readonly _tag: 'Connecting' }
    | { readonly _tag: 'Connected' }
    | { readonly _tag: 'Disconnected'; readonly code: number; readonly reason: string }
    /** The next attempt comes in `delay` ms; `attempt` counts from 1 since the last stable connection. */
    | { readonly _tag: 'Waiting'; readonly delay: number; readonly attempt: number; readonly reason?: string }
    /**
     * The venue takes nothing more from our address for a while, a rate limit or a ban: for `delay` ms no request leaves,
     * of whoever shares the address; with a source, on that connection.
     */
    | { readonly _tag: 'Paused'; readonly delay: number; readonly reason: string }
    | { readonly _tag: 'Rotating'; readonly reason: string }
    | { readonly _tag: 'Closed' }
    | { readonly _tag: 'Acknowledged'; readonly stream: string }
    /** The venue does not send this stream here any more, as it was asked to. */
    | { readonly _tag: 'Unsubscribed'; readonly stream: string }
    | { readonly _tag: 'Rejected'; readonly stream: string; readonly code?: number; readonly reason: string }
    /** Nothing came on this stream for `quiet` ms, longer than its allowance. */
    | { readonly _tag: 'Silent'; readonly stream: string; readonly quiet: number }
    /**
     * Streams bring nothing on this connection, though they were asked for anew: another one is asked for them. If it
     * brings them, `Rotating` says so, and it takes over; if not, it is `Closed` again.
     */
    | { readonly _tag: 'Probing'; readonly reason: string }
    /**
     * The events of an account come from now on: what it does is heard. `account` is the name of its communicator,
     * `asterFutures-account`.
     */
    | { readonly _tag: 'Carried'; readonly account: string }
    /** The events of an account come no more, whatever is open. */
    | { readonly _tag: 'Uncarried'; readonly account: string; readonly reason: string }
    /**
     * The account is carried again, and its events wait while what was missed since `since` (ms) is asked for; `dropped`
     * frames were too many to wait, and are covered by it.
     */
    | { readonly _tag: 'Reconciling'; readonly reason: string; readonly since: number; readonly dropped: number }
    /** What was missed has been asked for, and the frames that waited, `buffered` of them, come now. */
    | { readonly _tag: 'Reconciled'; readonly buffered: number }
    /** This process did not look at its sockets for `lag` ms: what comes next was on its way meanwhile. */
    | { readonly _tag: 'Lagging'; readonly lag: number }
    /**
     * Our clock was put forward by so many ms, or, below 0, back; or the host slept. What follows has the new time, and
     * only here may times of a source go back.
     */
    | { readonly _tag: 'ClockStepped'; readonly by: number }
    /**
     * A replay reads this file as one of a format that is not our own, as the config or its first bytes say, and `lacks`
     * tells in words what the file does not hold. Said once in a replay, with the first record.
     */
    | {
        readonly _tag: 'FileFormat'
        readonly file: string
        /** As in the config of `replayCommunicator`. */
        readonly format: string
        readonly known: 'given' | 'guessed'
        /** Empty where it holds everything. */
        readonly lacks: string
        /** Ids of updates are made up, since the file holds none: they link updates, and are none of the venue's. */
        readonly ids?: 'synthetic'
        /**
         * The fields that the venue always sends and the file does not hold, by kind and path: `kline.kline.firstTradeId`.
         * -1 stands there for a number or an amount, and an empty text for a text.
         */
        readonly absent?: readonly string[]
      }
    /**
     * One record of a file that is no frame, or one whose time, `time`, is not believed: then the frame follows with the
     * last good one.
     */
    | {
        readonly _tag: 'BadRecord'
        readonly file: string
        readonly offset: number
        readonly reason: string
        readonly time?: number
      }
    /**
     * A file that cannot be read, or not to its end, or that is damaged, from one byte of it up to another; what came
     * before `offset` was delivered, and where it is damaged, reading goes on behind the damage.
     */
    | {
        readonly _tag: 'BadFile'
        readonly file: string
        readonly offset: number
        readonly reason: string
        readonly from?: number
        readonly to?: number
      }
    /**
     * What follows of this file, up to its next `BadFile`, may not be what was written: it is all that can be decoded of
     * a part of a gzip file that is cut, or whose checksum is wrong.
     */
    | { readonly _tag: 'Unverified'; readonly file: string; readonly offset: number; readonly reason: string }
    /** A signal that could not be written to the recording, or what was written that is gone. */
    | { readonly _tag: 'NotRecorded'; readonly reason: string }
    /** The last `bytes` of a recording were torn by a crash, and were cut off before it is written on at `offset`. */
    | {
        readonly _tag: 'Repaired'
        readonly file: string
        readonly offset: number
        readonly bytes: number
        readonly reason: string
      }
    /** Our own link to the broker through which connectors are heard, or publish, is open; nothing of it is the venue's. */
    | { readonly _tag: 'BrokerConnected'; readonly server: string }
    /** That link is lost: what comes meanwhile is read, or published, when it is open again. */
    | { readonly _tag: 'BrokerDisconnected'; readonly reason: string }
    /**
     * So many messages of the broker are to be read until we have the newest, the last of which the broker had had for
     * `lag` ms; 0 where we have it. Told when reading begins behind, when it falls behind, and when it has caught up.
     */
    | { readonly _tag: 'BrokerLag'; readonly behind: number; readonly lag: number }
    /** The messages of the broker's stream from this sequence to that one are gone, and nobody reads them any more. */
    | { readonly _tag: 'BrokerGap'; readonly from: number; readonly to: number; readonly reason: string }
    /** So many signals were not published, and no consumer will hear of them: it stands where they would have come. */
    | { readonly _tag: 'NotPublished'; readonly count: number; readonly reason: string }
    /** At the end of a replay: somebody wanted this stream, and the recording holds none of it. */
    | { readonly _tag: 'Missing'; readonly stream: string }
    /** In a replay: somebody listens to the book of this symbol, and the recording has not brought what makes one. */
    | { readonly _tag: 'Unsynced'; readonly symbol: string; readonly reason: string }
    /** Somebody listens to this kind, and no wanted stream can carry it. */
    | { readonly _tag: 'Unfed'; readonly kind: string }
    /**
     * What several sources say of this stream is in no common sequence, as where two files hold it: from here on
     * everything that no other source has said is delivered as it comes. Told once for a stream.
     */
    | { readonly _tag: 'Unmerged'; readonly stream: string; readonly reason: string }
  )

/** A status before it is said: without its time and its source. */
export type Unstamped<S = Status> = S extends Status ? Omit<S, keyof Stamped> : never

/** Everything a communicator says, in the order in which it happened. */
export type Signal = Frame | Reply | Status

/** A frame from its text, for tests and for sources of your own. */
export const frame = (text: string, receivedAt: number, source?: Source): Frame => {
  if (typeof text !== 'string') throw new TypeError(`frame: expected the text of a frame, came ${typeof text}`)
  return source === undefined ? { _tag: 'Frame', text, receivedAt } : { _tag: 'Frame', text, receivedAt, source }
}
