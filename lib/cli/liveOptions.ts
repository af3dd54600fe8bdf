import { identity, Observable, takeUntil, type MonoTypeOperatorFunction } from 'rxjs'
import { createClient, type Client, type ClientConfig, type Status } from '../index.js'
import type { OptionTable, ValuesOf } from './Command.js'
import { statusText } from './statusText.js'
import type { Terminal } from './Terminal.js'
import { UsageError } from './UsageError.js'
import { aDuration, anAddress } from './ValueType.js'
import type { AnyVenue } from './venues.js'

/** No timer of a host waits longer, in ms; it is nearly 25 days. */
const LONGEST_WAIT = 2 ** 31 - 1

/** What every command that connects takes. */
export const liveOptions = {
  endpoint: {
    type: anAddress(['ws', 'wss']),
    without: 'the venue’s own',
    says: 'Another WebSocket address, as that of a simulated venue.',
  },
  rest: {
    type: anAddress(['http', 'https']),
    without: 'the venue’s own',
    says: 'Another REST address, of which order books are asked; with --endpoint it has to be given where there are books.',
  },
  for: { type: aDuration(LONGEST_WAIT), without: 'until it is ended', says: 'For how long.' },
} as const satisfies OptionTable

type Live = ValuesOf<typeof liveOptions>

/** @throws UsageError where order books would be asked of another server than the one that sends their updates. */
export const checkPlaces = ({ endpoint, rest }: Live): void => {
  if (endpoint !== undefined && rest === undefined)
    throw new UsageError('--rest: expected the REST address of the same server beside --endpoint, as books begin there')
}

/** A client of a venue. @throws UsageError for streams that it does not have. */
export const liveClient = <V extends AnyVenue>(
  venue: V,
  communicator: ClientConfig<V>['communicator'],
  more: Pick<ClientConfig<V>, 'streams'> = {},
): Client<V> => {
  try {
    return createClient<V>({ venue, communicator, onNotice: () => undefined, ...more })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Nothing that has to be said: what streams and connections do when all is well. */
const usual: ReadonlySet<Status['_tag']> = new Set(['Acknowledged', 'Unsubscribed', 'Unfed', 'Closed'])

/** What happens to connections: `tell` says it, and `end` that none was made. */
export interface ConnectionNews {
  readonly tell: (status: Status) => void
  readonly end: () => void
}

/** A stream that the venue refuses is a failure, and so is a program that ends without a connection. */
export const connectionNews = (terminal: Terminal): ConnectionNews => {
  const made = new Set<string>()
  return {
    tell: (status) => {
      const id = status.source?.id ?? ''
      if (status._tag === 'Connected' || status._tag === 'BrokerConnected') made.add(id)
      // Why an attempt failed stands in the wait that follows.
      if (status._tag === 'Disconnected' && !made.has(id)) return
      if (status._tag === 'Rejected' || status._tag === 'NotRecorded') terminal.fail(statusText(status), status)
      else if (!usual.has(status._tag)) terminal.say(statusText(status), status)
    },
    end: () => {
      if (made.size === 0) terminal.fail('No connection was made.')
    },
  }
}

/** Ends after the time that was asked for. */
export const runFor = <A>({ for: ms }: Pick<Live, 'for'>, { scheduler }: Terminal): MonoTypeOperatorFunction<A> =>
  ms === undefined
    ? identity
    : takeUntil(new Observable<void>((subscriber) => scheduler.schedule(() => subscriber.next(), ms)))
