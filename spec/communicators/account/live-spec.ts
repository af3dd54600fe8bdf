import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { filter, firstValueFrom, map, merge, ReplaySubject, Subject, take, tap, toArray, type Observable } from 'rxjs'
import type { Loss } from '../../../lib/communicators/account/reconcileGate.js'
import type { Credentials } from '../../../lib/communicators/account/Credentials.js'
import type { Transport } from '../../../lib/communicators/websocket/transport/Transport.js'
import { wsTransport } from '../../../lib/communicators/websocket/transport/wsTransport.js'
import { createRest } from '../../../lib/rest/createRest.js'
import type { Fetch } from '../../../lib/rest/fetchText.js'
import { listenKeyCalls } from '../../../lib/rest/listenKeyCalls.js'
import { startVenue, type Controls } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bundled } from '../../helpers/bundled.js'
import { apiKey, ed25519, event, hmac, live, times, wallet } from './live.js'

const NOW = 1_700_000_000_000

const ofKind = (client: object, kind: string) => Reflect.get(client, `${kind}$`) as Observable<unknown>

/** Real sockets, whose texts are noted as they arrive. */
const noting =
  (arrived$: Subject<string>): Transport =>
  (url) => {
    const { event$, send } = wsTransport()(url)
    return { send, event$: event$.pipe(tap((one) => one._tag === 'Text' && arrived$.next(one.text))) }
  }

describe('over real sockets', () => {
  test.each<readonly [string, Venue, Credentials]>([
    ['Binance spot, with a secret', binanceSpot, hmac],
    ['Binance spot, with a private key', binanceSpot, ed25519],
    ['Binance futures', binanceFutures, apiKey],
    ['Aster spot v1', asterSpot, apiKey],
    ['Aster spot v1, with a secret', asterSpot, hmac],
    ['Aster spot v3', asterSpot, wallet],
    ['Aster futures v1', asterFutures, apiKey],
    ['Aster futures v3', asterFutures, wallet],
    ['Aster prediction v3', asterPrediction, wallet],
    ['BingX spot', bingxSpot, hmac],
  ])('%s: every kind of account event', async (_, venue, credentials) => {
    const run = await live(venue, credentials)
    const rows = Object.values(venue.account)
    await run.until('Connected')
    const asked = rows.filter(({ stream }) => stream !== undefined).length
    await run.until('Acknowledged', venue.websocketApi === undefined ? asked : 1)
    const ends = ['listenKeyExpired', 'streamTerminated']
    for (const { kind } of rows.filter((row) => !ends.includes(row.kind))) {
      const heard = firstValueFrom(ofKind(run.client, kind))
      run.send(kind, NOW)
      expect(await heard).toEqual(event(venue, kind, NOW))
    }
    await run.end(venue.websocketApi === undefined ? 1 : 0)
  })

  test.each([
    ['a secret', hmac],
    ['a private key', ed25519],
  ])(
    'Binance spot: orders of an account that is subscribed to with %s, over a lost connection',
    async (_, credentials) => {
      const asked: Loss[] = []
      const run = await live(binanceSpot, credentials, { reconcile: (loss) => (asked.push(loss), []) })
      await run.until('Acknowledged')
      const account = run.controls.account(credentials.apiKey)
      const place = (clientOrderId: string) => {
        const heard = firstValueFrom(
          run.client.executionReport$.pipe(filter((report) => report.clientOrderId === clientOrderId)),
        )
        account.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price: '50000.00', clientOrderId })
        return heard
      }
      expect(await place('first')).toMatchObject({ status: 'NEW', price: '50000.00' })
      run.controls.disconnect(1006)
      await run.until('Reconciled')
      expect(await place('second')).toMatchObject({ status: 'NEW' })
      expect(asked).toHaveLength(1)
      run.controls.endSubscriptions()
      await run.until('Reconciled', 2)
      expect(await place('third')).toMatchObject({ status: 'NEW' })
      await run.end(0)
    },
  )

  test('F32 Binance futures: fills are told before their orders, over a cut and a key that expires', async () => {
    const asked: Loss[] = []
    const run = await live(binanceFutures, apiKey, { reconcile: (loss) => (asked.push(loss), []) })
    await run.until('Connected')
    const account = run.controls.account(0)
    const buy = async () => {
      const told = firstValueFrom(
        merge(
          run.client.tradeLite$.pipe(map(({ orderId }) => `lite ${orderId}`)),
          run.client.orderUpdate$.pipe(
            filter(({ order }) => order.executionType === 'TRADE'),
            map(({ order }) => `order ${order.orderId}`),
          ),
        ).pipe(take(2), toArray()),
      )
      const { orderId } = account.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010' })
      expect(await told).toEqual([`lite ${orderId}`, `order ${orderId}`])
    }
    await buy()
    run.controls.disconnect(1006)
    await run.until('Reconciled')
    await buy()
    run.controls.expireListenKey(run.key())
    await run.until('Reconciled', 2)
    await buy()
    expect(run.key()).not.toBe('')
    expect(asked).toHaveLength(2)
    await run.end(2)
  })

  test('market and account in one client, spot', async () => {
    const run = await live(asterSpot, wallet)
    const heard = [firstValueFrom(run.client.trade$), firstValueFrom(run.client.executionReport$)]
    run.client.stream('btcusdt@trade').subscribe()
    await Promise.all([run.until('Connected'), run.carried('btcusdt@trade')])
    run.controls.step(100)
    run.send('executionReport', NOW)
    expect(await Promise.all(heard)).toMatchObject([{ symbol: 'BTCUSDT' }, { eventTime: NOW, status: 'NEW' }])
    await run.end()
  })

  test('market and account in one client, futures', async () => {
    const run = await live(asterFutures, apiKey)
    const { trade$, orderUpdate$, accountUpdate$ } = run.client
    const heard = [firstValueFrom(trade$), firstValueFrom(orderUpdate$), firstValueFrom(accountUpdate$)]
    run.client.stream('btcusdt@trade').subscribe()
    await Promise.all([run.until('Connected'), run.carried('btcusdt@trade')])
    run.controls.step(100)
    run.send('orderUpdate', NOW)
    run.send('accountUpdate', NOW + 1)
    expect(await Promise.all(heard)).toMatchObject([{ symbol: 'BTCUSDT' }, { eventTime: NOW }, { eventTime: NOW + 1 }])
    await run.end()
  })

  test('bad credentials end the account, and the market goes on', async () => {
    const run = await live(asterFutures, { apiKey: 'canary-of-nobody' })
    const trade = firstValueFrom(run.client.trade$)
    run.client.stream('btcusdt@trade').subscribe()
    expect(await run.until('Rejected')).toMatchObject([{ stream: 'account', code: -2015 }])
    await run.carried('btcusdt@trade')
    run.controls.step(100)
    expect(await trade).toMatchObject({ symbol: 'BTCUSDT' })
    await run.end(0)
  })

  test('F30 a key that cannot be created at first', async () => {
    const run = await live(asterSpot, wallet, {}, ({ failRest }) =>
      failRest('listenKey', { _tag: 'html', status: 503 }, 2),
    )
    const [first, second] = await run.until('Waiting', 2)
    expect([first, second]).toMatchObject([{ attempt: 1 }, { attempt: 2 }])
    await run.until('Connected')
    await run.end()
  })

  test('F31 a key that somebody closed: the new connection is open before the old one goes, and loses nothing', async () => {
    const run = await live(asterSpot, apiKey, { every: 100, overlap: 200 })
    await run.until('Connected')
    const old = run.key()
    const rest = createRest({ venue: asterSpot, ...apiKey, endpoint: run.addresses.rest })
    await firstValueFrom(listenKeyCalls(rest).close(old))
    await run.until('Connected', 2)
    expect(run.key()).not.toBe(old)
    expect(run.controls.connections()).toHaveLength(2)
    const gone = firstValueFrom(run.controls.log$.pipe(filter(({ type }) => type === 'closed')))
    const heard = times(run.client.executionReport$, 2)
    run.send('executionReport', NOW)
    run.send('executionReport', NOW + 1)
    expect(await heard).toEqual([NOW, NOW + 1])
    await gone
    expect(run.controls.connections()).toEqual([2])
    await run.end()
  })

  test('F32 F36 a key that expires: another one, and reconcile before its events', async () => {
    const losses: Loss[] = []
    const answer$ = new Subject()
    const reconcile = (loss: Loss) => {
      losses.push(loss)
      return answer$
    }
    const arrived$ = new ReplaySubject<string>(Infinity)
    const run = await live(asterFutures, apiKey, { reconcile, transport: noting(arrived$) })
    await run.until('Connected')
    const heard = times(run.client.orderUpdate$, 3)
    run.send('orderUpdate', NOW)
    const old = run.key()
    run.controls.expireListenKey(old)
    await run.until('Reconciling')
    expect(run.key()).not.toBe(old)
    run.send('orderUpdate', NOW + 1)
    run.send('orderUpdate', NOW + 2)
    // The first one, the expiry, and two that wait.
    await firstValueFrom(arrived$.pipe(take(4), toArray()))
    answer$.complete()
    expect(await heard).toEqual([NOW, NOW + 1, NOW + 2])
    expect(await run.until('Reconciled')).toMatchObject([{ buffered: 2 }])
    expect(losses).toHaveLength(1)
    await run.end()
  })

  test('F36 a connection that is lost: reconcile comes before the next event', async () => {
    const order: string[] = []
    const reconcile = () => {
      order.push('reconcile')
      return []
    }
    const run = await live(asterSpot, apiKey, { reconcile })
    run.client.executionReport$.subscribe(({ eventTime }) => order.push(String(eventTime - NOW)))
    await run.until('Connected')
    const first = times(run.client.executionReport$, 1)
    run.send('executionReport', NOW)
    await first
    run.controls.disconnect(1001)
    await run.until('Reconciled')
    const second = times(run.client.executionReport$, 1)
    run.send('executionReport', NOW + 1)
    await second
    expect(order).toEqual(['0', 'reconcile', '1'])
    await run.end()
  })

  test('F35 unsubscribed while the key is being created: nobody connects', async () => {
    const asked$ = new Subject<void>()
    const asked = firstValueFrom(asked$)
    const asking: Fetch = (url, init) => {
      asked$.next()
      return fetch(url, init)
    }
    const isSilent = ({ failRest }: Controls) => failRest('listenKey', { _tag: 'silent' })
    const run = await live(asterSpot, wallet, { rest: { fetch: asking } }, isSilent)
    await asked
    await run.end(0)
    expect(run.controls.log()).toEqual([])
  })

  test('a program that subscribes and unsubscribes market and account ends by itself', async () => {
    const { addresses, controls, close } = await startVenue({ venue: asterFutures })
    controls.run()
    const program = bundled('spec/communicators/account/program.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [program, addresses.websocket, addresses.rest])
    expect(stdout).toBe('trade account, timers: 0')
    await close()
  })
})
