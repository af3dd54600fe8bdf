import type { Observable, SchedulerLike } from 'rxjs'
import type { RestConfig } from '../../rest/Rest.js'
import type { Communicator } from '../Communicator.js'
import type { ReconnectPolicy } from './reconnectDelay.js'
import type { Transport } from './transport/Transport.js'
import type { WsConfig } from './transport/wsTransport.js'

/** How a communicator keeps its connections. Everything may be left out; times are in ms. */
export interface ConnectionConfig extends WsConfig {
  /** Another address of the venue: `'ws://127.0.0.1:8080'`. Default: the venue's own, and its fallback when that cannot be reached. */
  readonly endpoint?: string
  /** The sources are called by it and numbered: `asterFutures-1`. Default: the venue's name. */
  readonly name?: string
  /** How long opening a connection may take. Default: 10,000. */
  readonly connectTimeout?: number
  /** How long an answer to SUBSCRIBE may take. Default: 10,000. */
  readonly acknowledgeTimeout?: number
  /**
   * A connection that carries no frame for this long is given up; PINGs are no frames. One with nothing but streams
   * that are usually quiet has their longer allowance. Default: 60,000; `Infinity` switches it off.
   */
  readonly inactivity?: number
  /** How long a stream may be quiet, where its row does not say, before it is reported. Default: 60,000. */
  readonly silence?: number
  /** How often we send a PING. Default: 20,000; `Infinity` switches it off. */
  readonly pingEvery?: number
  /** A connection is given up when so many PINGs in a row were not answered. Default: 2. */
  readonly missedPongs?: number
  /** A connection is given up after so many frames in a row that are no JSON. Default: 10. */
  readonly badFrames?: number
  /** A process that was blocked for so long says so: `Lagging`. Default: 1,000. */
  readonly lag?: number
  /** How it connects again. */
  readonly reconnect?: ReconnectPolicy
  /** A new connection takes over so long before the venue ends the old one, or up to twice as long. Default: 600,000. */
  readonly rotateBefore?: number
  /** How long the old and the new connection both carry the streams. Default: 5,000. */
  readonly overlap?: number
  /** Each value moves every open connection to a new one; a text is the reason in the status. Default: never. */
  readonly rotate$?: Observable<unknown>
  /** Makes the sockets. Default: `ws`, with the options above. */
  readonly transport?: Transport
  /** What all waiting uses. Default: RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
  /** The time now, in ms since 1970. Default: the scheduler's, if one is given; else real time with its fractions. */
  readonly clock?: () => number
  /** A source of chance, 0 up to but not including 1. Default: `Math.random`. */
  readonly random?: () => number
}

/** How market streams are carried. Everything may be left out; times are in ms. */
export interface WebsocketConfig extends ConnectionConfig {
  /** How long changes of the wanted streams are collected before they are asked for. Default: 50. */
  readonly collect?: number
  /** How order books are asked for: another endpoint, a shared budget. Default: the venue's own REST interface. */
  readonly rest?: Omit<RestConfig, 'venue'>
  /** Asks for the order book of a symbol. Default: `depthSnapshot` over `rest`; none with an `endpoint` of your own and no `rest`. */
  readonly snapshot?: NonNullable<Communicator['snapshot']>
}
