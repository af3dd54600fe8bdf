import { aVenue, anObject, anything, checked, maybe } from '../codecs/checked.js'
import { defer } from 'rxjs'
import { listenKeyCalls } from '../rest/listenKeyCalls.js'
import type { Venue } from '../venues/Venue.js'
import type { AccountCommunicatorConfig } from './account/AccountCommunicatorConfig.js'
import { byListenKey, streamsOf } from './account/byListenKey.js'
import { restOf, secretsIn, type Credentials } from './account/Credentials.js'
import { createMask } from './account/mask.js'
import { reconciled } from './account/reconciled.js'
import { runAccount } from './account/runAccount.js'
import type { Communicator } from './Communicator.js'
import { tellSteps } from './tellSteps.js'
import { tellPauses } from './tellPauses.js'
import { connectionSettings } from './websocket/websocketConfig.js'

const WHO = 'accountCommunicator'

/**
 * Carries the events of one account: gets a listen key, keeps it alive, and keeps a connection that carries it. A key
 * that has expired or is gone is replaced, and the new connection is open before the old one goes. A connection that was
 * lost and is back with the same key carries the account once the key could be extended, or an event came: it may have
 * died meanwhile.
 *
 * ```
 * listen key  a------------------------------ expires --b--------------------------------------
 * signals      Connecting Connected Frame…    Waiting    Rotating Connecting Connected Frame… Closed Frame…
 * ```
 *
 * It carries the account whatever streams are wanted. A key that cannot be had is a `Waiting` with its reason, and is
 * asked for again; where the credentials are refused, there is a `Rejected` of the stream `account`, and it completes.
 * Connections that fail are statuses, never errors. Unsubscribing cancels the request under way, closes every socket,
 * leaves no timer and is silent at once; the listen key lives on, unless `close` says otherwise.
 *
 * With `reconcile`, what was missed while the account was not carried is asked for before any later event passes:
 *
 * ```
 * signals     Frame… Disconnected Waiting Connecting Connected Reconciling              Reconciled Frame…
 * reconcile                                                    -- asks for orders … --|
 * ```
 *
 * Everything that it says is without keys and secrets: `<listenKey>` stands in a listen key's place.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * const reconcile = () => rest.request('GET', '/fapi/v3/openOrders', {}, t.unknown, { authentication: 'signed' })
 * const account = accountCommunicator(asterFutures, { rest }, { reconcile })
 * const communicator = mergeCommunicators(websocketCommunicator(asterFutures), account)
 * const client = createClient({ venue: asterFutures, communicator })
 * client.orderUpdate$.subscribe(({ order }) => console.log(order.status))
 * ```
 *
 * @throws TypeError when credentials are missing, or do not fit the venue, or the config cannot be meant.
 */
export const accountCommunicator = checked(
  'accountCommunicator',
  [aVenue, anything, maybe(anObject('a config'))],
  <V extends Venue>(
    venue: V,
    credentials: Credentials,
    config: AccountCommunicatorConfig = {},
  ): Communicator<V['name']> => {
    const { reconcile, reconcileRetry, maxBuffer = 10_000 } = config
    if (!(maxBuffer >= 1)) throw new TypeError(`${WHO}: expected \`maxBuffer\` of at least 1, came ${maxBuffer}`)
    const rest = restOf(venue, credentials, config)
    const calls = listenKeyCalls(rest)
    // Nothing is asked for by this, but what is missing is said at once.
    calls.create()
    const settings = connectionSettings(venue, { name: `${venue.name}-account`, inactivity: Infinity, ...config }, WHO)
    const { scheduler, stamp, random } = settings
    const retry = { random, ...reconcileRetry }

    const communicate = () =>
      defer(() => {
        const mask = createMask(venue.envelope, secretsIn(credentials))
        const carrier = byListenKey({ venue, settings, calls, keeping: config })
        const reasonOf = (error: unknown) => `reconcile: ${mask.error(error)}`
        return runAccount({ carrier, settings, mask }).pipe(
          reconciled({ reconcile, retry, maxBuffer, scheduler, stamp, reasonOf }),
          tellPauses(rest, stamp),
          tellSteps(settings),
        )
      })

    return Object.assign(communicate, { account: streamsOf(venue), venue: venue.name })
  },
)
