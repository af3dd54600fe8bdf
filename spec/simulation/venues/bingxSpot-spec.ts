import { frame } from '../../../lib/Signal.js'
import { parse } from '../../../lib/parser/parse.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'

const start = 1_700_000_000_000

const running = async () => {
  const clock = clockAt(start)
  const venue = await venueFor({ venue: bingxSpot, scheduler: clock })
  return { clock, ...venue, connect: () => bareClient(`${venue.addresses.websocket}?listenKey=key`) }
}

const sub = (dataType: string, id = 'a') => JSON.stringify({ id, reqType: 'sub', dataType })

test('its address has its path, and no other is taken', async () => {
  const { addresses, connect } = await running()
  expect(addresses.websocket).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/market$/)
  await connect()
  await bareClient(addresses.websocket)
  for (const path of ['/ws', 's'])
    await expect(bareClient(addresses.websocket + path)).rejects.toThrow('Unexpected server response: 404')
  await expect(bareClient(addresses.websocket.replace('market', 'ws'))).rejects.toThrow('404')
})

test('both documented forms of an acknowledgement, in gzip', async () => {
  const { connect, controls } = await running()
  const { ask, socket } = await connect()
  const binary = new Promise((resolve) => socket.once('message', (_, isBinary) => resolve(isBinary)))
  expect(await ask(sub('spot.executionReport', '6f1c9b3e-0b1c-4f5a-9a53-1f5a4a0c8a2d'))).toBe(
    `{"id":"6f1c9b3e-0b1c-4f5a-9a53-1f5a4a0c8a2d","code":0,"msg":"SUCCESS","timestamp":${start}}`,
  )
  expect(await binary).toBe(true)
  expect(controls.subscriptions(1)).toEqual(['spot.executionReport'])
  expect(await ask('{"id":"b","reqType":"unsub","dataType":"spot.executionReport"}')).toBe(
    '{"id":"b","code":0,"msg":"","dataType":"","data":null}',
  )
  expect(controls.subscriptions(1)).toEqual([])
})

test.each([
  ['', '{"code":100400,"msg":"invalid request"}'],
  ['[]', '{"code":100400,"msg":"invalid request"}'],
  ['{"reqType":"sub","dataType":"ACCOUNT_UPDATE"}', '{"code":100400,"msg":"id: expected a text"}'],
  ['{"id":7,"reqType":"sub","dataType":"ACCOUNT_UPDATE"}', '{"code":100400,"msg":"id: expected a text"}'],
  ['{"id":"a","reqType":"x","dataType":"y"}', '{"id":"a","code":100400,"msg":"reqType: expected sub or unsub"}'],
  ['{"id":"a","reqType":"sub"}', '{"id":"a","code":100400,"msg":"dataType: not supported"}'],
  [sub('BTC-USDT@trades'), '{"id":"a","code":100400,"msg":"dataType: not supported"}'],
  [sub('listenKeyExpired'), '{"id":"a","code":100400,"msg":"dataType: not supported"}'],
])('%s is a bad request', async (text, answer) => {
  const { connect, controls } = await running()
  const { ask } = await connect()
  expect(await ask(text)).toBe(answer)
  expect(controls.subscriptions(1)).toEqual([])
})

test('the third request of a second is refused, and the connection goes on', async () => {
  const { connect, clock, controls } = await running()
  const { ask, socket } = await connect()
  for (let i = 0; i < 5; i++) await roundTrip(socket)
  await ask(sub('ACCOUNT_UPDATE'))
  await ask(sub('ACCOUNT_UPDATE'))
  expect(await ask(sub('spot.executionReport', 'c'))).toBe('{"id":"c","code":100410,"msg":"rate limit"}')
  clock.pass(1_000)
  expect(await ask(sub('spot.executionReport', 'c'))).toContain('"code":0')
  expect(controls.subscriptions(1)).toEqual(['ACCOUNT_UPDATE', 'spot.executionReport'])
})

test('nothing comes before it is asked for, and each event to its own account alone', async () => {
  const { connect, addresses, controls } = await running()
  const { ask, socket, texts } = await connect()
  const other = await bareClient(`${addresses.websocket}?listenKey=other`)
  await other.ask(sub('spot.executionReport'))
  const say = () => {
    controls.sendAccount('key', 'executionReport', { e: 'executionReport', i: 1 })
    controls.sendAccount('key', 'ACCOUNT_UPDATE', { e: 'ACCOUNT_UPDATE', E: 1 })
    return roundTrip(socket)
  }
  await say()
  await ask(sub('spot.executionReport'))
  await say()
  await ask(sub('ACCOUNT_UPDATE'))
  await say()
  controls.sendAccount('key', 'listenKeyExpired', { e: 'listenKeyExpired', E: 2, listenKey: 'key' })
  await Promise.all([roundTrip(socket), roundTrip(other.socket)])
  const report = '{"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport","i":1}}'
  expect(texts.filter((text) => !text.includes('SUCCESS'))).toEqual([
    report,
    report,
    '{"e":"ACCOUNT_UPDATE","E":1}',
    '{"e":"listenKeyExpired","E":2,"listenKey":"key"}',
  ])
  expect(other.texts).toHaveLength(1)
})

describe('heartbeats', () => {
  test('come in both forms every five seconds, and are no frames of data', async () => {
    const { connect, clock } = await running()
    const { texts, socket } = await connect()
    clock.pass(10_000)
    await roundTrip(socket)
    expect(texts).toEqual(['Ping', `{"ping":"${'1'.padStart(32, '0')}","time":"2023-11-14T22:13:30.000Z"}`])
    for (const text of texts)
      expect(parse(bingxSpot)(frame(text, 0))).toEqual({
        _tag: 'Right',
        right: { _tag: 'Control', type: 'heartbeat' },
      })
  })

  /** Whether a client that answers so is there after a minute. */
  const living = async (answer: (text: string) => string | undefined) => {
    const { connect, clock, controls } = await running()
    const { texts, socket, closed } = await connect()
    const isThere = () => controls.connections().length > 0
    const settled = () => Promise.race([roundTrip(socket), closed])
    for (let i = 0; i < 12 && isThere(); i++) {
      clock.pass(5_000)
      await settled()
      const said = answer(texts.at(-1) ?? '')
      if (said === undefined || !isThere()) continue
      socket.send(said)
      await settled()
    }
    return { isAlive: isThere(), closed }
  }

  test('who answers them lives', async () => {
    const { isAlive } = await living(bingxSpot.heartbeat ?? (() => undefined))
    expect(isAlive).toBe(true)
  })

  test.each([
    ['nothing', () => undefined],
    ['the texts alone', (text: string) => (text === 'Ping' ? 'Pong' : undefined)],
    ['the objects alone', (text: string) => (text === 'Ping' ? undefined : bingxSpot.heartbeat?.(text))],
    ['another time', (text: string) => bingxSpot.heartbeat?.(text)?.replace('2023', '2022')],
  ])('who answers %s is disconnected', async (_, answer) => {
    const { isAlive, closed } = await living(answer)
    expect(isAlive).toBe(false)
    expect(await closed).toEqual({ code: 1008, reason: 'Pong timeout' })
  })
})
