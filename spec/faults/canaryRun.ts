import { createReadStream } from 'node:fs'
import { inspect } from 'node:util'
import { defer, filter, firstValueFrom, merge, Subject, take, toArray, type Observable } from 'rxjs'
import * as t from 'io-ts'
import { accountCommunicator } from '../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../lib/communicators/mergeCommunicators.js'
import { record } from '../../lib/communicators/record.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { createClient } from '../../lib/client/createClient.js'
import { createRest } from '../../lib/rest/createRest.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import type { Status } from '../../lib/Signal.js'
import { startVenue, type Controls } from '../../lib/simulation/index.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { loopTime } from '../helpers/loopTime.js'
import { formsOf } from './canaries.js'

/** Credentials that would be noticed. The wallet is one for demonstrations. */
const hmac = { apiKey: 'CANARY+api/key=0123456789', secret: 'CANARY secret/+"&=0123456789' }
const wallet = {
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}
const signer = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'

/** What must not be heard of in this run. */
const canaries = new Set<string>()

const say = (...values: readonly string[]) => process.stdout.write(`${values.join(' ')}\n`)

/** Everything that can be seen of a value: as JSON, and as a log would show it. */
const tell = (value: unknown) => {
  say(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)))
  say(inspect(value, { depth: 12, showHidden: true }))
}

/** What misuse says. */
const misuse = (...attempts: readonly (() => unknown)[]) => {
  for (const attempt of attempts)
    try {
      tell(attempt())
    } catch (error) {
      tell(error)
    }
}

/** A request that fails, told with all that hangs on it. */
const failing = (request: () => Observable<unknown>) =>
  new Promise<void>((resolve) =>
    defer(request).subscribe({ next: tell, error: (error: unknown) => resolve(tell(error)), complete: resolve }),
  )

/** What a venue may say: everything that it was told. */
const echo = (...told: readonly string[]) =>
  `no ${told.flatMap((canary) => [canary, encodeURIComponent(canary)]).join(' ')}`

const run = async (venue: Venue, credentials: typeof hmac | typeof wallet, file: string) => {
  const accounts = [{ ...hmac, signer }]
  const time = loopTime()
  const { scheduler } = time.clock()
  const { addresses, controls, close } = await startVenue({ venue, accounts, scheduler: time.clock().scheduler })
  const keyNow = () => {
    for (const key of controls.listenKeys()) canaries.add(key)
    return controls.listenKeys().at(-1) ?? ''
  }
  const rotate$ = new Subject<string>()
  const sent = 'apiKey' in credentials ? credentials.apiKey : credentials.user
  const reconnect = { delay: 5, maxDelay: 20 }
  const account = accountCommunicator(venue, credentials, {
    ...{ endpoint: addresses.websocket, scheduler, reconnect, rotate$, overlap: 20 },
    ...{ every: 200, createRetry: { delay: 5 } },
    ...{ retry: { delay: 5 }, rest: { endpoint: addresses.rest, retry: { count: 1, delay: 5 } } },
    reconcile: () => {
      throw new Error(echo(...canaries))
    },
    reconcileRetry: { delay: 50 },
  })
  const market = websocketCommunicator(venue, { endpoint: addresses.websocket, scheduler, reconnect, collect: 1 })
  const communicator = Object.keys(venue.streams).length === 0 ? account : mergeCommunicators(market, account)
  const client = createClient({ venue, communicator, scheduler })
  const statuses: Status[] = []
  client.status$.subscribe((status) => statuses.push(status))
  merge(client.signal$, client.message$, client.parseError$, client.counters$).subscribe(tell)
  client.signal$.pipe(record({ file })).subscribe({ error: tell })
  const next = (tag: Status['_tag'], count = 1) =>
    firstValueFrom(client.status$.pipe(filter(isOfAccount(tag)), take(count), toArray()))
  const parsed = (count: number) => firstValueFrom(client.parseError$.pipe(take(count), toArray()))

  // Keys that cannot be created, with answers that repeat what was asked.
  controls.failRest('listenKey', { _tag: 'error', status: 500, code: -1000, msg: echo(sent) })
  controls.failRest('listenKey', { _tag: 'html', status: 503 })
  controls.failRest('listenKey', { _tag: 'cut' })
  if (Object.keys(venue.streams).length > 0) client.stream('btcusdt@trade').subscribe()
  const connected = next('Connected')
  const connection = client.connect()
  await connected
  await carried(controls, keyNow)

  // Frames that hold the key wherever one may stand, and are wrong in every way.
  const key = keyNow()
  const texts = [
    key,
    `no JSON but ${key}`,
    `{"stream":"${key}","data":{"e":"executionReport","listenKey":"${key}"}}`,
    `{"stream":"${key}","data":{"e":"unheardOf"}}`,
    `{"stream":"${key}","data":{`,
    `{"dataType":"spot.executionReport","data":{"e":"executionReport","s":"${key}"}}`,
    ...Object.keys(venue.account).map((e) => `{"e":"${e}","s":"${key}","note":"${key}"}`),
    `{"code":-1,"msg":"${echo(key)}"}`,
  ]
  const errors = parsed(5)
  const here = connectionOf(controls, key)
  for (const text of texts) controls.sendText(text, here)
  await errors

  // Ends whose reasons repeat it, upgrades that are refused, rotations.
  let lost = next('Disconnected')
  controls.failUpgrades({ _tag: 'refuse', status: 503, body: `<html>${echo(key)}</html>` }, 2)
  controls.disconnect(1011, `no ${key}`, here)
  await lost
  await next('Connected')
  const rotating = next('Rotating')
  rotate$.next('on demand')
  await rotating
  await next('Closed')

  // A key that is gone, and one that expires.
  const gone = firstValueFrom(client.status$.pipe(filter((status) => JSON.stringify(status).includes('is gone'))))
  controls.failRest('listenKey', { _tag: 'error', status: 404, code: -1125, msg: echo(sent, keyNow()) })
  await gone
  const renewed = next('Connected')
  controls.expireListenKey(keyNow())
  await renewed
  keyNow()
  await next('Waiting')

  // Requests whose answers repeat everything.
  const rest = createRest({
    ...{ venue, endpoint: addresses.rest, scheduler, retry: { count: 0 } },
    ...restOf(venue, credentials),
  })
  const path = rest.paths.depth ?? rest.paths.time
  for (const authentication of ['apiKey', 'signed'] as const) {
    controls.failRest('depth', { _tag: 'error', status: 401, code: -1022, msg: echo(sent, keyNow()) })
    controls.failRest('time', { _tag: 'error', status: 401, code: -1022, msg: echo(sent, keyNow()) })
    const parameters = { symbol: 'BTCUSDT', listenKey: keyNow() }
    await failing(() => rest.request('GET', path, parameters, t.never, { authentication }))
  }

  // Nobody there any more.
  lost = next('Disconnected', 3)
  say('closing')
  await close()
  await lost
  await failing(() => rest.request('GET', rest.paths.time, {}, t.unknown, { authentication: 'signed' }))
  connection.unsubscribe()
  say(`statuses of ${venue.name}: ${[...new Set(statuses.map(({ _tag }) => _tag))].sort().join(' ')}`)
}

/** The connection that carries the account of a key. */
const connectionOf = ({ log }: Controls, key: string): number =>
  log().findLast((entry) => entry.type === 'opened' && entry.url.includes(key))?.connection ?? 0

const isOfAccount =
  (tag: Status['_tag']) =>
  ({ _tag, source }: Status): boolean =>
    _tag === tag && (source === undefined || source.id.includes('account'))

const restOf = (venue: Venue, credentials: typeof hmac | typeof wallet) =>
  'privateKey' in credentials ? { signer: eip712Signer(credentials) } : { signer: hmacSigner({ venue, ...hmac }) }

/** When the account's connection is there, with its streams. */
const carried = async (controls: Controls, keyNow: () => string) => {
  while (controls.connections().length === 0 || keyNow() === '') await firstValueFrom(controls.log$)
}

const runs: Readonly<Record<string, readonly [Venue, typeof hmac | typeof wallet]>> = {
  'asterFutures, with an API key': [asterFutures, hmac],
  'asterSpot, with a wallet': [asterSpot, wallet],
  'bingxSpot, with an API key': [bingxSpot, hmac],
}

const main = async ([name = '', file = '']: readonly string[]) => {
  const found = runs[name]
  for (const secret of Object.values(found?.[1] ?? { ...hmac, privateKey: wallet.privateKey })) canaries.add(secret)
  canaries.delete(wallet.user)
  if (found === undefined) {
    // On purpose, each in another form.
    for (const [i, canary] of [...canaries].entries()) say(formsOf(canary)[2 * i] ?? '')
  } else {
    misuse(
      () => createRest({ venue: asterFutures, apiKey: `${hmac.apiKey}\n` }),
      () => eip712Signer({ ...wallet, privateKey: `${wallet.privateKey}00` }),
      () => eip712Signer({ ...wallet, signer: wallet.user }),
      () => hmacSigner({ venue: asterFutures, ...hmac, recvWindow: -1 }),
      () => accountCommunicator(asterSpot, { apiKey: '', secret: hmac.secret }),
      () => accountCommunicator(asterFutures, hmac, { endpoint: `wss://${hmac.secret}@127.0.0.1` }),
      () => hmacSigner({ venue: asterFutures, ...hmac }),
      () => eip712Signer(wallet),
      () => websocketCommunicator(asterFutures, { headers: { 'X-Key': hmac.apiKey } }),
    )
    const broken = createRest({ venue: asterFutures, apiKey: `${hmac.apiKey}\n`, retry: { count: 0 } })
    await failing(() => broken.request('GET', '/fapi/v1/time', {}, t.unknown, { authentication: 'apiKey' }))
    await run(...found, file)
    for await (const chunk of createReadStream(file)) process.stdout.write(chunk as Buffer)
  }
  process.send?.([...canaries])
}

process.on('unhandledRejection', tell)
void main(process.argv.slice(2)).finally(() => process.disconnect())
