import type { Observable } from 'rxjs'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { LogEntry } from './LogEntry.js'
import type { RestCall, RestFault } from './RestFault.js'
import type { DepthFault, RequestFault, UpgradeFault } from './SocketFaults.js'

/** What a simulated venue can be told to do; connections are numbered from 1, and left out, all of them are meant. */
export interface Controls {
  /** Steps at the configured rate from now on. */
  readonly run: () => void
  /** No steps any more, until told. */
  readonly halt: () => void
  /** So many tenths of a second of the market at once; with an iterable replay, so many payloads. Default: 1. */
  readonly step: (count?: number) => void

  /** The numbers of the open connections. */
  readonly connections: () => readonly number[]
  /** The streams that a connection carries, as LIST_SUBSCRIPTIONS tells them; none where it is closed. */
  readonly subscriptions: (connection: number) => readonly string[]
  /** What went over all connections, oldest first. It holds listen keys. */
  readonly log: () => readonly LogEntry[]
  /** Each entry of the log as it is made; completes when the venue closes. */
  readonly log$: Observable<LogEntry>
  /** The book of a symbol as it is, whatever REST is told to say. */
  readonly book: (symbol: string, limit?: number) => DepthSnapshot | undefined
  /** The listen keys that live. */
  readonly listenKeys: () => readonly string[]
  /** Sends a payload to those who carry a stream; a listen key is the name of its account stream. */
  readonly send: (stream: string, data: unknown) => void
  /** Sends any text at all. */
  readonly sendText: (text: string, connection?: number) => void

  /** The next attempts to connect are refused, never answered, or reset once open (F02, F03, F04). */
  readonly failUpgrades: (fault: UpgradeFault, count?: number) => void
  /** Closes with a code (F05). */
  readonly disconnect: (code: number, reason?: string, connection?: number) => void
  /** Nothing is sent or read any more, and nothing is closed (F06). */
  readonly goSilent: (connection?: number) => void
  /** Nothing but PINGs and PONGs is sent any more (F07). */
  readonly onlyPings: (connection?: number) => void
  /** The client's next PINGs are not answered (F09). */
  readonly ignorePings: (count?: number) => void
  /** Says that it is about to close. @throws TypeError where the venue never says so (F11). */
  readonly serverShutdown: () => void
  /** The next valid requests for streams are ignored, refused, or answered late (F14, F15). */
  readonly failRequests: (fault: RequestFault, count?: number) => void
  /** The next depth events that somebody listens to are dropped, doubled, or sent after their next (F19, F20, F21). */
  readonly failDepth: (fault: DepthFault, count?: number) => void
  /** Update ids of a symbol go on from a lower one (F26). Default: 1. */
  readonly restartIds: (symbol: string, lastUpdateId?: number) => void
  /** The next calls fail (F24, F30, F31, F33). */
  readonly failRest: (call: RestCall, fault: RestFault, count?: number) => void
  /** REST tells the books as they are now, until told otherwise (F23, F25). */
  readonly freezeSnapshots: (frozen?: boolean) => void
  /** A listen key's time is up: its account streams are told. False where no such key lives (F32). */
  readonly expireListenKey: (key: string) => boolean
  /** The venue's clock goes wrong by so many ms, for REST and signatures (F37). */
  readonly skewClock: (ms: number) => void
}
