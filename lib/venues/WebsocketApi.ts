import type { Values } from '../codecs/Values.js'
import type { RequestId } from './Dialect.js'
import type { SigningScheme } from './RestTable.js'

/**
 * How a venue takes requests about accounts on a WebSocket, and sends there the events of those that subscribed. Its
 * address is `websocketApi` among the venue's endpoints.
 */
export interface WebsocketApi {
  /** How signed parameters are written. */
  readonly scheme: SigningScheme
  /** A request as a text: `{"id":1,"method":"…","params":{…}}`. */
  readonly request: (method: string, parameters: Values, id: RequestId) => string
  /** The methods that subscribe to the account of whoever signs, that end it, and that ask whether the venue is there. */
  readonly methods: { readonly subscribe: string; readonly unsubscribe: string; readonly ping: string }
  /** What connecting costs, and each of these requests, of the budget that the venue's REST interface has. */
  readonly weight: number
  /** The `e` of the event that says that a subscription ended. */
  readonly ended: string
}
