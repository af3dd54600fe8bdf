import type { Observable } from 'rxjs'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { AccountControls } from '../exchange/AccountControls.js'
import type {
  AccountFault,
  BrokenFrame,
  CompressionFault,
  DepthFault,
  RequestFault,
  RestCall,
  RestFault,
  UpgradeFault,
} from './faults.js'
import type { LogEntry } from './venueLog.js'

/** Controls a simulated venue. Connections are numbered from 1; where no number is given, all of them are meant. */
export interface Controls {
  /** Steps at the configured rate from now on. */
  readonly run: () => void
  /** Stops until the next `run` or `step`. */
  readonly halt: () => void
  /** So many tenths of a second of the market at once; with an iterable replay, so many payloads. Default: 1. */
  readonly step: (count?: number) => void

  /** The numbers of the open connections. */
  readonly connections: () => readonly number[]
  /** The streams that a connection carries, as LIST_SUBSCRIPTIONS lists them; none where it is closed. */
  readonly subscriptions: (connection: number) => readonly string[]
  /** What went over all connections, oldest first. It holds listen keys. */
  readonly log: () => readonly LogEntry[]
  /** Each entry of the log as it is made; completes when the venue closes. */
  readonly log$: Observable<LogEntry>
  /** The book of a symbol as it is, whatever depth snapshots say. */
  readonly book: (symbol: string, limit?: number) => DepthSnapshot | undefined
  /**
   * An account: by its place among those that the config lists, by its API key, or by the address of its API wallet.
   * Default: the first that is listed. @throws TypeError where there is no such account.
   */
  readonly account: (which?: number | string) => AccountControls
  /** The listen keys that live. */
  readonly listenKeys: () => readonly string[]
  /** Sends a payload to the connections that carry a stream; a listen key is the name of its account stream. */
  readonly send: (stream: string, data: unknown) => void
  /**
   * Sends an account's event, as it stands on the wire, by its `e`, to the connections that subscribed to it; an empty
   * listen key stands for all that subscribed by requests.
   */
  readonly sendAccount: (listenKey: string, e: string, data: unknown) => void
  /** Sends any text at all, compressed as the venue does it (F39). */
  readonly sendText: (text: string, connection?: number) => void

  /** The next attempts to connect are refused, never answered, or reset once open (F02, F03, F04). */
  readonly failUpgrades: (fault: UpgradeFault, count?: number) => void
  /** Closes with a code; 1005 closes without one, and 1006 ends the connection without a close frame (F05). */
  readonly disconnect: (code: number, reason?: string, connection?: number) => void
  /** Sends a binary message as it is (F39). */
  readonly sendBinary: (bytes: Uint8Array, connection?: number) => void
  /**
   * Sends a message whose compression is wrong: gzip where the venue's frames are gzip, else permessage-deflate, where
   * there is nothing `plain` (F41, F42). A bomb grows to so many megabytes, by default 300, and is never that large
   * here.
   * @throws TypeError where messages are not compressed.
   */
  readonly sendMiscompressed: (fault: CompressionFault, connection?: number, megabytes?: number) => void
  /** Sends a frame that breaks the protocol (F43). */
  readonly sendBroken: (frame: BrokenFrame, connection?: number) => void
  /** Nothing is sent or read any more, and nothing is closed (F06). */
  readonly goSilent: (connection?: number) => void
  /** Nothing but PINGs and PONGs is sent any more (F07). */
  readonly onlyPings: (connection?: number) => void
  /**
   * A stream is not sent any more on the connections that carry it now, while all else goes on: until it is asked for anew
   * there, or `isForGood` (F52).
   */
  readonly muteStream: (stream: string, isForGood?: boolean, connection?: number) => void
  /** The client's next PINGs are not answered (F09). */
  readonly ignorePings: (count?: number) => void
  /** Announces that the server shuts down (F11). @throws TypeError where the venue has no such event. */
  readonly serverShutdown: () => void
  /** The next valid requests for streams are ignored, refused, or answered late (F14, F15). */
  readonly failRequests: (fault: RequestFault, count?: number) => void
  /** The next depth events that are sent are dropped, doubled, or sent after their next (F19, F20, F21). */
  readonly failDepth: (fault: DepthFault, count?: number) => void
  /** The next account events that are sent are lost, doubled, or sent after their account's next (F36). */
  readonly failAccount: (fault: AccountFault, count?: number) => void
  /** Update ids of a symbol go on from a lower one (F26). Default: 1. */
  readonly restartIds: (symbol: string, lastUpdateId?: number) => void
  /** The next calls fail (F24, F30, F31, F33); an order may have been placed all the same. */
  readonly failRest: (call: RestCall, fault: RestFault, count?: number) => void
  /** Depth snapshots stay as they are now, until it is called with `false` (F23, F25). */
  readonly freezeSnapshots: (frozen?: boolean) => void
  /** A listen key expires, which its account streams announce. False where no such key lives (F32). */
  readonly expireListenKey: (key: string) => boolean
  /**
   * The subscriptions of an account, or of all, on connections that take requests about accounts end, which they are told
   * (F32).
   */
  readonly endSubscriptions: (which?: number | string) => void
  /** An API key is taken no more: whoever subscribed by it is told so, and its subscriptions end (F32). */
  readonly revokeKey: (apiKey: string) => void
  /** The venue's clock goes wrong by so many ms, for REST and signatures (F37). */
  readonly skewClock: (ms: number) => void
}
