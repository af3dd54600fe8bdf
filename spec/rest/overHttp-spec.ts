import { lastValueFrom, merge, toArray, type SchedulerLike } from 'rxjs'
import * as t from 'io-ts'
import { createRest } from '../../lib/rest/createRest.js'
import { depthSnapshot } from '../../lib/rest/depthSnapshot.js'
import type { Fetch } from '../../lib/rest/fetchText.js'
import { eip712Signature } from '../../lib/rest/eip712.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacHex, hmacSigner } from '../../lib/rest/hmacSigner.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { loopTime } from '../helpers/loopTime.js'
import { failure } from './failure.js'
import { httpServer } from './httpServer.js'
import { settled, virtual } from './virtual.js'

const snapshot = '{"lastUpdateId":7,"E":5,"T":4,"bids":[["4.00","1"]],"asks":[]}'

/** A key for demonstrations: the number 1. */
const privateKey = `${'0'.repeat(63)}1`
const user = `0x${'0'.repeat(40)}`

test('a snapshot, whole', async () => {
  const server = await httpServer((request, response) =>
    response.end(request.url === '/fapi/v3/depth?symbol=X&limit=5' ? snapshot : ''),
  )
  const rest = createRest({ venue: asterFutures, endpoint: server.url })
  expect(await lastValueFrom(depthSnapshot(rest, { symbol: 'x', limit: 5 }))).toMatchObject({
    symbol: 'X',
    text: snapshot,
  })
})

test('HTML, a cut body and a failure are asked again, over real sockets and in virtual time', async () => {
  let count = 0
  const { scheduler, advance, pending } = virtual()
  const server = await httpServer((_, response) => {
    count += 1
    if (count === 1) response.writeHead(502).end('<html>bad gateway</html>')
    else if (count === 2) response.writeHead(200, { 'Content-Length': 500 }).write(snapshot, () => response.destroy())
    else if (count === 3) response.end(snapshot.slice(0, 20))
    else response.end(snapshot)
  })
  const rest = createRest({ venue: asterFutures, endpoint: server.url, scheduler, random: () => 0 })
  let text: string | undefined
  depthSnapshot(rest, { symbol: 'X' }).subscribe((reply) => (text = reply.text))
  // While it is under way its time-out is pending, and while it waits the wait: the clock moves only for the waits.
  for (const wait of [500, 1_000, 2_000]) {
    const before = count
    while (scheduler.actions[0]?.delay !== scheduler.frame + wait) await settled()
    await advance(wait)
    while (count === before) await settled()
  }
  while (text === undefined) await settled()
  expect([text, count, scheduler.frame, pending()]).toEqual([snapshot, 4, 3_500, 0])
})

test('an answer that does not end in time is aborted, body and all', async () => {
  let closed = (): void => undefined
  const hungUp = new Promise<void>((resolve) => (closed = resolve))
  let begun = (): void => undefined
  const started = new Promise<void>((resolve) => (begun = resolve))
  const server = await httpServer((request, response) => {
    request.socket.once('close', closed)
    response.writeHead(200).write('{"lastUpdateId":', begun)
  })
  const { scheduler, advance, pending } = virtual()
  const rest = createRest({ venue: asterFutures, endpoint: server.url, scheduler, retry: { count: 0 } })
  const failed = failure(depthSnapshot(rest, { symbol: 'X' }))
  await started
  await advance(10_000)
  expect((await failed).failure).toEqual({ kind: 'timeout', reason: 'no answer within 10000 ms', after: 10_000 })
  await hungUp
  expect(pending()).toBe(0)
})

test('an order in a body, signed by a shared secret, checked as the venue does', async () => {
  const server = await httpServer((request, response, body) => {
    const [, payload = '', signature] = /^(.*)&signature=(.*)$/.exec(body) ?? []
    const isGood =
      request.method === 'POST' &&
      request.url === '/fapi/v1/order' &&
      request.headers['content-type'] === 'application/x-www-form-urlencoded' &&
      request.headers['x-mbx-apikey'] === 'key' &&
      signature === hmacHex('secret', payload)
    response.writeHead(isGood ? 200 : 400).end(isGood ? '{"orderId":5}' : '{"code":-1022,"msg":"signature"}')
  })
  const signer = hmacSigner({ venue: asterFutures, apiKey: 'key', secret: 'secret' })
  const rest = createRest({ venue: asterFutures, endpoint: server.url, signer })
  const order = { symbol: 'X', quantity: '1', note: "it's (1*2)! and 100% of ä" }
  const order$ = rest.request('POST', '/fapi/v1/order', order, t.type({ orderId: t.number }), {
    authentication: 'signed',
  })
  expect(await lastValueFrom(order$)).toEqual({ orderId: 5 })
})

test('a query signed by a wallet, checked as the venue does', async () => {
  const server = await httpServer((request, response) => {
    const [, msg = '', signature] = /\?(.*)&signature=(.*)$/.exec(request.url ?? '') ?? []
    const key = Uint8Array.from(Buffer.from(privateKey, 'hex'))
    const isGood = signature === eip712Signature(key, 714, msg) && msg.includes(`&user=${user}&signer=0x7E5F`)
    response.writeHead(isGood ? 200 : 400).end('[]')
  })
  const signer = eip712Signer({ user, privateKey, chainId: 714 })
  const rest = createRest({ venue: asterFutures, endpoint: server.url, signer })
  const query = { symbol: 'X', note: "it's (1*2)! and 100% of ä" }
  const orders$ = rest.request('GET', '/fapi/v3/openOrders', query, t.array(t.unknown), { authentication: 'signed' })
  expect(await lastValueFrom(orders$)).toEqual([])
})

test('F37 a thousand signed requests at once, over real sockets: fewer than a hundred at the venue, no nonce twice', async () => {
  const nonces: number[] = []
  const times: number[] = []
  const { now, clock } = loopTime()
  let underWay = 0
  let most = 0
  const server = await httpServer((request, response) => {
    if (request.url === '/fapi/v3/time') {
      times.push(now())
      return response.end(`{"serverTime":${Math.floor(now())}}`)
    }
    underWay += 1
    most = Math.max(most, underWay)
    const nonce = Number(new URL(request.url ?? '', 'http://h').searchParams.get('nonce'))
    setImmediate(() => {
      underWay -= 1
      const isFresh = Math.abs(nonce / 1_000 - now()) < 50_000
      if (isFresh) nonces.push(nonce)
      response.writeHead(isFresh ? 200 : 400).end(isFresh ? '{}' : '{"code":-4225,"msg":"Nonce expired."}')
    })
  })
  // Our clock is far ahead.
  const { scheduler: loop } = clock()
  const scheduler: SchedulerLike = { now: () => now() + 100_000, schedule: loop.schedule.bind(loop) }
  const signer = eip712Signer({ user, privateKey })
  const left: number[] = []
  const watching: Fetch = (url, init) => {
    const nonce = new URL(url).searchParams.get('nonce')
    if (nonce !== null) left.push(Number(nonce))
    return fetch(url, init)
  }
  const rest = createRest({
    venue: asterFutures,
    endpoint: server.url,
    signer,
    scheduler,
    maxInFlight: 99,
    fetch: watching,
  })
  const requests = Array.from({ length: 1_000 }, () =>
    rest.request('GET', '/fapi/v3/balance', {}, t.unknown, { authentication: 'signed' }),
  )
  const answers = await lastValueFrom(merge(...requests).pipe(toArray()))
  expect(answers.length).toBe(1_000)
  expect(nonces.length).toBe(1_000)
  expect(new Set(left).size).toBe(left.length)
  expect(times.length).toBe(1)
  expect(most).toBeLessThan(100)
  // After those who were refused came the thousand, in their order.
  const accepted = new Set(nonces)
  const accepting = left.filter((nonce) => accepted.has(nonce))
  expect(accepting).toEqual(accepting.toSorted((a, b) => a - b))
})

test('leaving a waiting one leaves nothing behind', async () => {
  const server = await httpServer((_, response) => response.writeHead(429, { 'Retry-After': '3600' }).end())
  const { scheduler, pending } = virtual()
  const rest = createRest({ venue: asterFutures, endpoint: server.url, scheduler })
  await failure(depthSnapshot(rest, { symbol: 'X' }))
  const waiting = depthSnapshot(rest, { symbol: 'X' }).subscribe()
  expect(pending()).toBeGreaterThan(0)
  waiting.unsubscribe()
  expect(pending()).toBe(0)
})
