import { routedSubscriptions } from '../../../lib/simulation/venues/binanceFutures.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'

const start = 1_700_000_000_000

test.each<readonly [string, string | undefined, readonly string[], boolean]>([
  ['/public/stream?streams=btcusdt@depth/btcusdt@bookTicker', '/public', ['btcusdt@depth', 'btcusdt@bookTicker'], true],
  ['/market/ws/btcusdt@aggTrade', '/market', ['btcusdt@aggTrade'], false],
  ['/private/ws/KEY', '/private', ['KEY'], false],
  ['/private/ws?listenKey=KEY', '/private', ['KEY'], false],
  ['/private/stream?listenKey=KEY', '/private', ['KEY'], true],
  ['/public/ws?listenKey=KEY', '/public', [], false],
  ['/stream?streams=btcusdt@depth', '', ['btcusdt@depth'], true],
])('the address %s', (address, route, streams, isCombined) => {
  expect(routedSubscriptions(address)).toEqual({ route, streams: new Set(streams), isCombined })
})

test.each(['/secret/ws', '/publicity/ws', '/public', '', '/'])('%s is no endpoint', (address) => {
  expect(routedSubscriptions(address)).toBeUndefined()
})

test('each stream comes at its own route; elsewhere it is acknowledged and never sent', async () => {
  const { addresses, controls } = await venueFor({ venue: binanceFutures, seed: 3, scheduler: clockAt(start) })
  const names = ['btcusdt@depth@100ms', 'btcusdt@trade', '!bookTicker', 'btcusdt@aggTrade', 'btcusdt@markPrice@1s']
  const heard = async (route: string) => {
    const client = await bareClient(`${addresses.websocket}${route}/stream`)
    expect(await client.ask({ method: 'SUBSCRIBE', params: names, id: 1 })).toBe('{"result":null,"id":1}')
    return client
  }
  const clients = [await heard('/public'), await heard('/market'), await heard('/private'), await heard('')]
  controls.step(50)
  await Promise.all(clients.map(({ socket }) => roundTrip(socket)))
  const streams = clients.map(({ texts }) =>
    [...new Set(texts.map((text) => (JSON.parse(text) as { stream?: string }).stream))].filter(
      (one) => one !== undefined,
    ),
  )
  expect(streams.map((some) => some.sort())).toEqual([
    ['!bookTicker', 'btcusdt@depth@100ms', 'btcusdt@trade'],
    ['btcusdt@aggTrade', 'btcusdt@markPrice@1s'],
    [],
    [],
  ])
})

test('an account comes at its own route, raw and wrapped, by its path and by its query', async () => {
  const { addresses, controls } = await venueFor({ venue: binanceFutures, seed: 3, accounts: [{ apiKey: 'key' }] })
  const answer = await fetch(`${addresses.rest}/fapi/v1/listenKey`, {
    method: 'POST',
    headers: { 'X-MBX-APIKEY': 'key' },
  })
  const { listenKey } = (await answer.json()) as { listenKey: string }
  const paths = [
    `/private/ws/${listenKey}`,
    `/private/ws?listenKey=${listenKey}`,
    `/private/stream?listenKey=${listenKey}`,
    `/public/ws/${listenKey}`,
    `/ws/${listenKey}`,
  ]
  const clients = await Promise.all(paths.map((path) => bareClient(addresses.websocket + path)))
  controls.account().place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010' })
  await Promise.all(clients.map(({ socket }) => roundTrip(socket)))
  const events = clients.map(({ texts }) =>
    texts.map((text) => {
      const { stream, data, e } = JSON.parse(text) as { stream?: string; data?: { e: string }; e?: string }
      return stream === undefined ? e : `${stream === listenKey ? 'key' : stream} ${data?.e}`
    }),
  )
  const all = ['ORDER_TRADE_UPDATE', 'TRADE_LITE', 'ACCOUNT_UPDATE', 'ORDER_TRADE_UPDATE']
  expect(events).toEqual([all, all, all.map((e) => `key ${e}`), [], []])
})
