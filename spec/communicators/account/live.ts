import { generateKeyPairSync } from 'node:crypto'
import { filter, firstValueFrom, map, merge, ReplaySubject, take, toArray, type Observable } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import type { AccountCommunicatorConfig } from '../../../lib/communicators/account/AccountCommunicatorConfig.js'
import type { Credentials } from '../../../lib/communicators/account/Credentials.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import type { Signal, Status } from '../../../lib/Signal.js'
import { codecOf } from '../../../lib/venues/codecOf.js'
import { startVenue, type Controls } from '../../../lib/simulation/index.js'
import { eventOf } from '../../../lib/testing/index.js'
import type { Kind, Venue } from '../../../lib/venues/Venue.js'
import { loopTime } from '../../helpers/loopTime.js'

/** The signer of the account below. */
const signer = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
export const wallet = {
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}
export const apiKey = { apiKey: 'canary-api-key' }
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
export const ed25519 = { apiKey: 'canary-ed25519-key', privateKey }
export const hmac = { apiKey: 'canary-api-key', secret: 'canary-secret', source: 'me' }

const running = new Set<() => Promise<void>>()

afterEach(async () => {
  for (const close of running) await close()
  running.clear()
})

/** A client for market and account over a venue on this machine, and everything that it said. */
export const live = async <V extends Venue>(
  venue: V,
  credentials: Credentials,
  config: AccountCommunicatorConfig = {},
  before: (controls: Controls) => void = () => undefined,
) => {
  const accounts = [
    { apiKey: 'canary-api-key', secret: 'canary-secret', signer },
    { apiKey: ed25519.apiKey, publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString() },
  ]
  const time = loopTime()
  const { scheduler } = time.clock()
  const { addresses, controls, close } = await startVenue({ venue, accounts, scheduler: time.clock().scheduler })
  running.add(close)
  before(controls)
  const reconnect = { delay: 10 }
  const account = accountCommunicator(venue, credentials, {
    ...{
      endpoint: addresses.websocketApi ?? addresses.websocket,
      overlap: 1,
      createRetry: { delay: 10 },
      reconnect,
      scheduler,
    },
    ...config,
    rest: { endpoint: addresses.rest, retry: { count: 0 }, ...config.rest },
  })
  const market = websocketCommunicator(venue, { endpoint: addresses.websocket, reconnect, collect: 1, scheduler })
  const client = createClient({ venue, communicator: mergeCommunicators(market, account), scheduler })
  const said: string[] = []
  const note = (value: unknown) => said.push(JSON.stringify(value))
  const status$ = new ReplaySubject<Status>(Infinity)
  client.status$.subscribe(status$)
  merge(client.signal$, client.parseError$, client.message$).subscribe(note)
  const keys = new Set<string>()
  const ofAccount = ({ source }: Signal) => source === undefined || source.id.includes('-account')
  const connection = client.connect()
  running.add(() => Promise.resolve(connection.unsubscribe()))

  return {
    ...{ client, controls, addresses },
    /** The first statuses of this kind that the account said, from the beginning. */
    until: (tag: Status['_tag'], count = 1) =>
      firstValueFrom(
        status$.pipe(
          filter((status) => status._tag === tag && ofAccount(status)),
          take(count),
          toArray(),
        ),
      ),
    /** When a market stream is carried. */
    carried: (stream: string) =>
      firstValueFrom(status$.pipe(filter((status) => status._tag === 'Acknowledged' && status.stream === stream))),
    /** The listen key in use. */
    key: () => {
      const [key = ''] = controls.listenKeys()
      keys.add(key)
      return key
    },
    /** Sends an account event; its time tells it from others. */
    send: (kind: string, eventTime: number, key = controls.listenKeys()[0] ?? '') => {
      const e = Object.entries(venue.account).find(([, row]) => row.kind === kind)?.[0] ?? ''
      controls.sendAccount(key, e, codecOf(venue, kind as Kind<V>).encode(event(venue, kind, eventTime)))
    },
    /** Ends everything: nothing that was said held a secret, of which there were so many listen keys at least. */
    end: async (least = 1) => {
      for (const key of controls.listenKeys()) keys.add(key)
      connection.unsubscribe()
      await close()
      expect(keys.size).toBeGreaterThanOrEqual(least)
      for (const secret of [...keys, 'canary', 'signature=', wallet.privateKey])
        expect(said.filter((text) => text.includes(secret))).toEqual([])
    },
  }
}

/** An event of any kind. */
export const event = (venue: Venue, kind: string, eventTime: number): unknown => eventOf(venue, kind, { eventTime })

/** The times of the first events from now on. */
export const times = (source: Observable<{ readonly eventTime: number }>, count: number): Promise<readonly number[]> =>
  firstValueFrom(
    source.pipe(
      map(({ eventTime }) => eventTime),
      take(count),
      toArray(),
    ),
  )
