import { aVenue, anObject, anything, checked, maybe } from '../../codecs/checked.js'
import { defer, map } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import type { AccountCommunicatorConfig } from './AccountCommunicatorConfig.js'
import { streamsOf } from './byListenKey.js'
import { carriageOf } from './carriage.js'
import { restOf, secretsIn, type Credentials } from './Credentials.js'
import { createMask } from './mask.js'
import { reconciled } from './reconciled.js'
import { runAccount } from './runAccount.js'
import type { Communicator } from '../Communicator.js'
import { tellSteps } from '../tellSteps.js'
import { tellPauses } from '../tellPauses.js'
import { toldOf } from '../websocket/connection/sending.js'
import { connectionSettings, transportOf } from '../websocket/websocketConfig.js'
import type { Host } from '../websocket/transport/Host.js'

const WHO = 'accountCommunicator'

/** `accountCommunicator` over the sockets of a host. */
export const accountCommunicatorOn = <Own extends object>(host: Host<Own>) =>
  checked(
    'accountCommunicator',
    [aVenue, anything, maybe(anObject('a config'))],
    <V extends Venue>(
      venue: V,
      credentials: Credentials,
      given?: AccountCommunicatorConfig & Own,
    ): Communicator<V['name']> => {
      const config: AccountCommunicatorConfig = given ?? {}
      const { reconcile, reconcileRetry, maxBuffer = 10_000 } = config
      if (!(maxBuffer >= 1)) throw new TypeError(`${WHO}: expected \`maxBuffer\` of at least 1, came ${maxBuffer}`)
      const rest = restOf(venue, credentials, config)
      const carriage = carriageOf(venue, rest, config)
      const own = { name: `${venue.name}-account`, inactivity: Infinity, ...config }
      const settings = connectionSettings(carriage.venue, own, transportOf(venue, given, host), WHO)
      const { scheduler, stamp, random } = settings
      const retry = { random, ...reconcileRetry }
      const secrets = [...secretsIn(credentials), rest.signer?.headers()[venue.rest.apiKeyHeader]]

      const communicate = () =>
        defer(() => {
          const mask = createMask(venue.envelope, secrets)
          const carrier = carriage.carrier(settings, mask)
          const reasonOf = (error: unknown) => `reconcile: ${mask.error(error)}`
          return runAccount({ carrier, settings, mask }).pipe(
            reconciled({ account: settings.name, reconcile, retry, maxBuffer, scheduler, stamp, reasonOf }),
            tellPauses(rest, stamp),
            tellSteps(settings),
          )
        })

      const { sent$, unasked } = toldOf(settings.sending)
      const { text } = createMask(venue.envelope, secrets)
      return Object.assign(communicate, {
        account: streamsOf(venue),
        venue: venue.name,
        // Requests are signed, and say whose they are.
        sent$: sent$.pipe(map((sent) => ({ ...sent, text: text(sent.text) }))), // F49
        unasked,
      })
    },
  )
