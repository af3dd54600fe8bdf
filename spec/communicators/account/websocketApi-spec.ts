import { generateKeyPairSync } from 'node:crypto'
import { merge, NEVER, Subject, type ObservableInput } from 'rxjs'
import type { AccountCommunicatorConfig } from '../../../lib/communicators/account/AccountCommunicatorConfig.js'
import type { Credentials } from '../../../lib/communicators/account/Credentials.js'
import type { Loss } from '../../../lib/communicators/account/reconcileGate.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { createClient } from '../../../lib/client/createClient.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { ed25519Signer } from '../../../lib/rest/ed25519Signer.js'
import type { Signal } from '../../../lib/Signal.js'
import { simulate } from '../../../lib/simulation/index.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { withEndpoints } from '../../../lib/venues/withEndpoints.js'
import { withTimeUnit } from '../../../lib/venues/withTimeUnit.js'
import { line } from '../websocket/inMemory.js'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const hmac = { apiKey: 'canary-hmac-key', secret: 'canary-secret' }
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
const accounts = [
  hmac,
  { apiKey: 'canary-ed25519-key', publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString() },
]

/** An account of a venue in memory, and everything that was said. */
const followed = (config: AccountCommunicatorConfig = {}, credentials: Credentials = hmac, venue = binanceSpot) => {
  const simulation = simulate({ venue: binanceSpot, accounts, seed: 5 })
  const { transport, fetch, scheduler, controls } = simulation
  const communicator = accountCommunicator(venue, credentials, {
    ...{ transport, scheduler, random: () => 0, name: 'a', ...config },
    ...(!('rest' in credentials) && { rest: { fetch, scheduler, ...config.rest } }),
  })
  const client = createClient({ venue, communicator, scheduler, onNotice: () => undefined })
  const signals: Signal[] = []
  const everything: string[] = []
  const reports: string[] = []
  /** The accounts whose events came, as `carried$` told it. */
  const carriages: string[][] = []
  let isComplete = false
  client.signal$.subscribe({ next: (signal) => signals.push(signal), complete: () => (isComplete = true) })
  const note = (value: unknown) => everything.push(JSON.stringify(value))
  merge(client.signal$, client.message$, client.parseError$, communicator.sent$ ?? NEVER).subscribe(note)
  client.executionReport$.subscribe(({ clientOrderId, status }) => reports.push(`${clientOrderId} ${status}`))
  client.carried$.subscribe((names) => carriages.push([...names]))
  const connection = client.connect()
  const trade = (clientOrderId: string) =>
    controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price: '50000.00', clientOrderId })
  return {
    ...simulation,
    ...{ client, communicator, reports, trade, carriages },
    isComplete: () => isComplete,
    /** What was said since the last look, less frames and whether the account is carried. */
    said: () =>
      signals
        .splice(0)
        .filter(({ _tag }) => !['Frame', 'Carried', 'Uncarried'].includes(_tag))
        .map((signal) => line(signal).replace(/^\d+ /, '')),
    received: () =>
      controls.log().flatMap((entry) => (entry.type === 'received' ? [JSON.parse(entry.text) as unknown] : [])),
    /** Ends it all: nothing is left, and nothing that was said held a secret. */
    end: async () => {
      connection.unsubscribe()
      await simulation.pass(10)
      expect(simulation.openSockets()).toBe(0)
      await simulation.close()
      expect(simulation.due()).toBeUndefined()
      const signatures = controls.log().flatMap((entry) => {
        const [, signature] = entry.type === 'received' ? (/"signature":"([^"]+)"/.exec(entry.text) ?? []) : []
        return signature === undefined ? [] : [signature]
      })
      for (const secret of ['canary', ...signatures])
        expect(everything.filter((text) => text.includes(secret))).toEqual([])
    },
  }
}

test.each<readonly [string, Credentials, RegExp]>([
  ['a secret', hmac, /^[0-9a-f]{64}$/],
  ['a PEM', { apiKey: 'canary-ed25519-key', privateKey: pem }, /^[A-Za-z0-9+/]{86}==$/],
  ['a key object', { apiKey: 'canary-ed25519-key', privateKey }, /^[A-Za-z0-9+/]{86}==$/],
])('subscribes by a request that %s signs, and brings the events of the account', async (_, credentials, signature) => {
  const run = followed({}, credentials)
  await run.pass(100)
  expect(run.said()).toEqual(['a-1 Connecting', 'a-1 Connected', 'a-1 Acknowledged {"stream":"account"}'])
  const [opened] = run.controls.log()
  expect(opened).toMatchObject({ url: '/ws-api/v3?returnRateLimits=false' })
  expect(run.received()).toEqual([
    {
      id: 1,
      method: 'userDataStream.subscribe.signature',
      params: {
        apiKey: credentials === hmac ? hmac.apiKey : 'canary-ed25519-key',
        timestamp: expect.any(Number) as number,
        signature: expect.stringMatching(signature) as string,
      },
    },
  ])
  run.controls.sendAccount('', 'balanceUpdate', { e: 'balanceUpdate', E: 1, a: 'BTC', d: '-1', T: 1 })
  const balances: unknown[] = []
  run.client.balanceUpdate$.subscribe((event) => balances.push(event))
  await run.pass(10)
  expect(balances).toEqual([{ eventTime: 1, asset: 'BTC', delta: '-1', clearTime: 1 }])
  await run.end()
})

test('by a rest with a signer', async () => {
  const { fetch, scheduler } = simulate({ venue: binanceSpot })
  const signer = ed25519Signer({ venue: binanceSpot, apiKey: 'canary-ed25519-key', privateKey, recvWindow: 9_000 })
  const run = followed({}, { rest: createRest({ venue: binanceSpot, signer, fetch, scheduler }) })
  await run.pass(100)
  expect(run.said().at(-1)).toBe('a-1 Acknowledged {"stream":"account"}')
  expect(run.received()).toMatchObject([{ params: { recvWindow: 9_000 } }])
  run.controls
    .account(1)
    .place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price: '50000.00', clientOrderId: 'x' })
  await run.pass(10)
  expect(run.reports).toEqual(['x NEW'])
  await run.end()
})

test('F36 a lost connection subscribes again, and what was missed is asked for before later events pass', async () => {
  const losses: Loss[] = []
  const asked = new Subject<void>()
  const reconcile = (loss: Loss): ObservableInput<unknown> => {
    losses.push(loss)
    return asked
  }
  const run = followed({ reconcile })
  await run.pass(100)
  run.trade('before')
  await run.pass(10)
  run.said()
  run.controls.disconnect(1006)
  await run.pass(10)
  run.trade('missed')
  await run.pass(1_000)
  expect(run.said()).toEqual([
    'a-1 Disconnected {"code":1006,"reason":"closed with 1006"}',
    expect.stringMatching(/^a-1 Waiting /) as string,
    'a-2 Connecting',
    'a-2 Connected',
    'a-2 Acknowledged {"stream":"account"}',
    expect.stringMatching(/^- Reconciling \{"reason":"closed with 1006"/) as string,
  ])
  run.trade('after')
  await run.pass(10)
  expect(run.reports).toEqual(['before NEW'])
  asked.complete()
  await run.pass(10)
  // The answer to the request, and both events of the order.
  expect(run.said()).toEqual(['- Reconciled {"buffered":3}'])
  expect(run.reports).toEqual(['before NEW', 'after NEW'])
  expect(losses).toHaveLength(1)
  await run.end()
})

test('F32 a subscription that ended is replaced once, over a connection of its own', async () => {
  const losses: Loss[] = []
  const run = followed({ reconcile: (loss) => (losses.push(loss), []) })
  await run.pass(61_000)
  run.said()
  run.controls.endSubscriptions()
  await run.pass(1_000)
  expect(run.said()).toEqual([
    '- Waiting {"delay":0,"attempt":1,"reason":"the subscription has ended"}',
    'a-1 Rotating {"reason":"another subscription"}',
    'a-2 Connecting',
    'a-2 Connected',
    'a-2 Acknowledged {"stream":"account"}',
    expect.stringMatching(/^- Reconciling /) as string,
    '- Reconciled {"buffered":1}',
  ])
  run.trade('after')
  await run.pass(5_000)
  expect(run.said()).toEqual(['a-1 Closed'])
  expect(run.reports).toEqual(['after NEW'])
  expect(losses.map(({ reason }) => reason)).toEqual(['the subscription has ended'])
  expect(run.received()).toHaveLength(2)
  await run.end()
})

test('F32 subscriptions that end again and again are asked for after growing waits', async () => {
  const run = followed()
  await run.pass(100)
  for (let i = 0; i < 3; i++) {
    run.controls.endSubscriptions()
    await run.pass(2_000)
  }
  expect(run.said().filter((text) => text.includes('do not last'))).toEqual([
    expect.stringContaining('{"delay":500,"attempt":1,"reason":"subscriptions do not last') as string,
    expect.stringContaining('{"delay":1000,"attempt":2,"reason":"subscriptions do not last') as string,
  ])
  await run.pass(60_000)
  expect(run.said().at(-1)).toMatch(/Acknowledged|Closed/)
  await run.end()
})

test('F11 serverShutdown, which names no subscription: another connection carries the account before this one goes', async () => {
  const losses: Loss[] = []
  const run = followed({ reconcile: (loss) => (losses.push(loss), []) })
  const shutdowns: unknown[] = []
  run.client.serverShutdown$.subscribe((event) => shutdowns.push(event))
  await run.pass(100)
  run.said()
  run.controls.serverShutdown()
  await run.pass(100)
  run.trade('meanwhile')
  await run.pass(10_000)
  expect(run.said()).toEqual([
    'a-1 Rotating {"reason":"serverShutdown"}',
    'a-2 Connecting',
    'a-2 Connected',
    'a-2 Acknowledged {"stream":"account"}',
    'a-1 Closed',
  ])
  expect(shutdowns).toHaveLength(1)
  expect(run.reports).toEqual(['meanwhile NEW'])
  expect(losses).toEqual([])
  await run.end()
})

test('F10 after a day another connection has subscribed before the first one ends', async () => {
  const losses: Loss[] = []
  const run = followed({ reconcile: (loss) => (losses.push(loss), []) })
  await run.pass(86_400_000)
  run.trade('tomorrow')
  await run.pass(10)
  expect(run.said().filter((text) => /Rotating|Disconnected/.test(text))).toEqual([
    'a-1 Rotating {"reason":"lifetime"}',
  ])
  expect(run.reports).toEqual(['tomorrow NEW'])
  expect(losses).toEqual([])
  await run.end()
})

test('an API key that is revoked: its subscription ends, no other can be had, and that is the end', async () => {
  const run = followed()
  await run.pass(100)
  run.said()
  run.controls.revokeKey(hmac.apiKey)
  await run.pass(1_000)
  const said = run.said()
  expect(said.filter((text) => text.includes('Rejected'))).toEqual([
    'a-2 Rejected {"stream":"account","code":-2015,"reason":"Invalid API-key, IP, or permissions for action."}',
  ])
  expect(run.isComplete()).toBe(true)
  expect(run.openSockets()).toBe(0)
  await run.end()
})

test.each<readonly [string, Credentials, number]>([
  ['a secret that is wrong', { ...hmac, secret: 'canary-of-another' }, -1022],
  ['an API key of nobody', { ...hmac, apiKey: 'canary-of-nobody' }, -2015],
])('%s is refused, and that is the end', async (_, credentials, code) => {
  const run = followed({}, credentials)
  await run.pass(1_000)
  expect(run.said().filter((text) => /Rejected|Waiting/.test(text))).toEqual([
    expect.stringContaining(`Rejected {"stream":"account","code":${code}`) as string,
  ])
  expect(run.isComplete()).toBe(true)
  await run.end()
})

test.each([-120_000, 120_000])('F37 a clock that is off by %d ms is set by what the refusal says', async (skew) => {
  const run = followed()
  run.controls.skewClock(skew)
  await run.pass(100)
  expect(run.said().at(-1)).toBe('a-1 Acknowledged {"stream":"account"}')
  expect(run.received()).toHaveLength(2)
  await run.end()
})

test('F37 where the refusal says no time, the venue is asked for it', async () => {
  const run = followed()
  run.controls.skewClock(120_000)
  run.controls.failRequests({ _tag: 'refuse', code: -1021, msg: 'Timestamp …', shape: 'numbered' }, 3)
  await run.pass(2_000)
  expect(run.said().at(-1)).toBe('a-2 Acknowledged {"stream":"account"}')
  // Three that were refused, and one that was signed by the venue's time.
  expect(run.received()).toHaveLength(4)
  await run.end()
})

test('F14 a request that is not answered is sent again; one that is answered late counts', async () => {
  const run = followed()
  run.controls.failRequests({ _tag: 'ignore' })
  run.controls.failRequests({ _tag: 'late', delay: 2_000 })
  await run.pass(11_000)
  expect(run.said()).not.toContain('a-1 Acknowledged {"stream":"account"}')
  await run.pass(2_000)
  expect(run.said()).toEqual(['a-1 Acknowledged {"stream":"account"}'])
  await run.end()
})

test('F14 already subscribed is as good as subscribed', async () => {
  const run = followed()
  run.controls.failRequests({ _tag: 'late', delay: 10_001 })
  await run.pass(10_500)
  expect(run.said().at(-1)).toBe('a-1 Acknowledged {"stream":"account"}')
  run.trade('once')
  await run.pass(10)
  expect(run.reports).toEqual(['once NEW'])
  await run.end()
})

test('F01 refusals that are no word on the credentials pass', async () => {
  const run = followed()
  run.controls.failRequests({ _tag: 'refuse', code: -1000, msg: 'An unknown error.', shape: 'numbered' }, 3)
  await run.pass(3_000)
  const said = run.said()
  expect(said.filter((text) => /Rejected/.test(text))).toEqual([])
  expect(said.filter((text) => /Disconnected/.test(text))).toHaveLength(1)
  expect(said.at(-1)).toBe('a-2 Acknowledged {"stream":"account"}')
  await run.end()
})

test('F76 a ban is waited for', async () => {
  const run = followed()
  const until = run.scheduler.now() + 30_000
  const msg = `Way too much request weight used; IP banned until ${until}.`
  run.controls.failRequests({ _tag: 'refuse', code: -1003, msg, shape: 'numbered' })
  await run.pass(29_000)
  expect(run.said().at(-1)).toMatch(/^a-1 Paused /)
  await run.pass(2_000)
  expect(run.said()).toEqual(['a-1 Acknowledged {"stream":"account"}'])
  await run.end()
})

test('in microseconds', async () => {
  const run = followed({}, hmac, withTimeUnit(binanceSpot, 'microsecond'))
  await run.pass(100)
  const [opened] = run.controls.log()
  expect(opened).toMatchObject({ url: '/ws-api/v3?returnRateLimits=false&timeUnit=MICROSECOND' })
  const times: number[] = []
  run.client.executionReport$.subscribe(({ eventTime }) => times.push(eventTime))
  const now = run.scheduler.now()
  run.trade('x')
  await run.pass(10)
  expect(times).toEqual([now])
  await run.end()
})

test('what it asks is counted in the budget of its rest', async () => {
  const { fetch, scheduler } = simulate({ venue: binanceSpot, accounts })
  const rest = createRest({ venue: binanceSpot, signer: hmacSigner({ ...hmac, venue: binanceSpot }), fetch, scheduler })
  const { used } = rest.usage()
  const run = followed({}, { rest })
  await run.pass(100)
  // Connecting and subscribing, 2 each; and the same again.
  expect(rest.usage().used - used).toBe(4)
  run.controls.disconnect(1006)
  await run.pass(10_000)
  expect(rest.usage().used - used).toBe(8)
  await run.end()
})

test('what is missing is said at once', () => {
  expect(() => accountCommunicator(binanceSpot, { apiKey: 'canary' })).toThrow(
    'accountCommunicator: binanceSpot takes signed subscriptions, expected credentials with a secret or a private key',
  )
  expect(() => accountCommunicator(withEndpoints(binanceSpot, 'marketData'), hmac)).toThrow(
    'accountCommunicator: binanceSpot has no WebSocket API at these endpoints',
  )
})

test('an account is carried from its subscription to its loss, and again; another connection in time changes nothing', async () => {
  const run = followed()
  expect(run.carriages).toEqual([[]])
  await run.pass(100)
  expect(run.carriages).toEqual([[], ['a']])
  run.controls.serverShutdown()
  await run.pass(10_000)
  expect(run.carriages).toEqual([[], ['a']])
  run.controls.disconnect(1006)
  await run.pass(10)
  expect(run.carriages).toEqual([[], ['a'], []])
  await run.pass(10_000)
  expect(run.carriages).toEqual([[], ['a'], [], ['a']])
  await run.end()
})
