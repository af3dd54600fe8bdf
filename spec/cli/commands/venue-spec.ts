import { createHmac } from 'node:crypto'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { filter, firstValueFrom, Subject } from 'rxjs'
import { WebSocket } from 'ws'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { objects, ran, runProgram } from '../runProgram.js'

const started = async (...args: readonly string[]) => {
  const signal$ = new Subject<EndSignal>()
  const program = runProgram(['venue', ...args], { signal$ })
  const text = await firstValueFrom(program.out.text$)
  return { ...program, text, signal$ }
}

test('prints its addresses, serves both, says who comes and goes, and a signal closes it', async () => {
  const { code, text, err, signal$ } = await started('binanceSpot', '--symbols', 'ETHUSDT', '--json')
  const [{ venue, websocket, rest } = {}] = objects(text)
  expect(venue).toBe('binanceSpot')
  const book = await fetch(`${String(rest)}/api/v3/depth?symbol=ETHUSDT&limit=5`)
  expect(await book.json()).toMatchObject({ lastUpdateId: expect.any(Number) as number })
  const socket = new WebSocket(`${String(websocket)}/ws/ethusdt@trade`)
  const [data] = (await once(socket, 'message')) as [Buffer]
  expect(JSON.parse(data.toString())).toMatchObject({ e: 'trade', s: 'ETHUSDT' })
  const closed = firstValueFrom(err.text$.pipe(filter((said) => said.includes('closed'))))
  socket.close()
  await closed
  expect(objects(err.text())).toEqual([
    { connection: 1, type: 'opened' },
    { connection: 1, type: 'closed' },
  ])
  signal$.next('SIGINT')
  expect(await code).toBe(130)
  await expect(fetch(String(rest))).rejects.toThrow()
})

test('for people the addresses stand below each other', async () => {
  const { stdout, code } = await ran(['venue', 'asterFutures', '--for', '50ms'])
  expect(stdout).toMatch(/^websocket {2}ws:\/\/127\.0\.0\.1:(\d+)\nrest {7}http:\/\/127\.0\.0\.1:\1\n$/)
  expect(code).toBe(0)
})

test('--accounts may sign, and requests about them have an address of their own', async () => {
  const { text, code, signal$ } = await started('binanceSpot', '--accounts', 'mine:my:secret', '--json')
  const [{ websocketApi } = {}] = objects(text)
  const params = { apiKey: 'mine', timestamp: Date.now() }
  const payload = `apiKey=mine&timestamp=${params.timestamp}`
  const signature = createHmac('sha256', 'my:secret').update(payload).digest('hex')
  const socket = new WebSocket(String(websocketApi))
  await once(socket, 'open')
  const method = 'userDataStream.subscribe.signature'
  socket.send(JSON.stringify({ id: 1, method, params: { ...params, signature } }))
  const [answer] = (await once(socket, 'message')) as [Buffer]
  expect(JSON.parse(answer.toString())).toEqual({ id: 1, status: 200, result: { subscriptionId: 0 } })
  socket.close()
  signal$.next('SIGINT')
  expect(await code).toBe(130)
})

test.each(['mine', ':canary', 'mine:'])('--accounts %s is no account', async (account) => {
  const { code, stderr } = await ran(['venue', 'binanceSpot', '--accounts', account])
  expect([code, stderr]).toEqual([2, 'aster-rx: --accounts: expected KEY:SECRET, came something else\n'])
})

test('--port is the port; one that is taken is said', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const refused = await ran(['venue', 'asterFutures', '--port', port])
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toBe(
    `aster-rx: --port: expected a free one, came ${port}, which is in use: name another one, or none\n`,
  )
  taken.close()
  await once(taken, 'close')
  const { stdout } = await ran(['venue', 'asterFutures', '--port', port, '--for', '50ms'])
  expect(stdout).toContain(`ws://127.0.0.1:${port}\n`)
})

test('the addresses of connections, which may be secret, are not said', async () => {
  const { text, err, code, signal$ } = await started('asterFutures', '--json')
  const [{ websocket } = {}] = objects(text)
  const socket = new WebSocket(
    `${String(websocket)}/ws/thelistenkeythelistenkeythelistenkeythelistenkeythelistenkey1234`,
  )
  await once(socket, 'open')
  signal$.next('SIGTERM')
  expect(await code).toBe(143)
  expect(err.text()).not.toContain('thelistenkey')
})

test.each([
  [['venue', 'nasdaq'], 'VENUE: expected asterFutures'],
  [['venue', 'asterSpot', 'btcusdt'], "venue: expected VENUE, came 'btcusdt' too"],
  [['venue', 'asterSpot', '--port', '70000'], '--port: expected a whole number of at least 1 and at most 65535'],
  [
    ['venue', 'asterSpot', '--pause', '-1'],
    "--pause: expected a whole number of at least 1, came '-1': write --pause=… if it is meant",
  ],
])('%j is said to be wrong', async (args, reason) => {
  const { code, stdout, stderr } = await ran(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(reason)
})
