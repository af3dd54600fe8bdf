import assert from 'node:assert/strict'

import { Spot, WebsocketStream } from '@binance/connector'
import { binanceSpot } from '../../../lib/venues/binanceSpot.ts'
import { ran } from '../ran.mjs'
import { asked, saidOn, served } from '../served.mjs'

const silent = { info: () => {}, debug: () => {}, warn: () => {}, error: () => {}, log: () => {} }

/** A client, and what it was told; it is open. */
const connected = async (addresses, work, combinedStreams = false) => {
  const texts = []
  let client
  await new Promise((open) => {
    const callbacks = { open, message: (text) => texts.push(text) }
    client = new WebsocketStream({ logger: silent, callbacks, wsURL: addresses.websocket, combinedStreams })
    work(client)
  })
  const pong = () => new Promise((resolve) => client.wsConnection.ws.once('pong', resolve))
  return {
    client,
    texts,
    settle: async () => {
      const answered = pong()
      client.pingServer()
      await answered
    },
  }
}

const kinds = (texts) => new Set(texts.map((text) => JSON.parse(text)).map(({ e, data }) => e ?? data?.e))

ran('@binance/connector', 'raw streams, one by one', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const { client, texts, settle } = await connected(addresses, (client) => client.aggTrade('btcusdt'))
  const more = asked(controls)
  client.kline('btcusdt', '1m')
  client.diffBookDepth('btcusdt', '100ms')
  await more
  await settle()
  controls.step(30)
  await settle()
  assert.deepEqual(kinds(texts), new Set([undefined, 'aggTrade', 'kline', 'depthUpdate']))
  assert.deepEqual(
    texts.map((text) => JSON.parse(text)).filter(({ e }) => e === 'aggTrade'),
    saidOn(controls, 'btcusdt@aggTrade'),
  )
  client.disconnect()
  return `${texts.length} frames, ${saidOn(controls, 'btcusdt@aggTrade').length} aggregate trades`
})

ran('@binance/connector', 'combined streams', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const names = ['btcusdt@trade', 'btcusdt@bookTicker', 'btcusdt@ticker_1h', '!miniTicker@arr', 'btcusdt@avgPrice']
  const { client, texts, settle } = await connected(addresses, (client) => client.subscribe(names), true)
  controls.step(30)
  await settle()
  assert.deepEqual(new Set(texts.map((text) => JSON.parse(text).stream)), new Set(names))
  client.disconnect()
  return `${texts.length} frames of ${names.length} streams`
})

ran('@binance/connector', 'PINGs are answered, so that it lives on', async () => {
  const ping = { every: 20, within: 60 }
  const { addresses, controls } = await served({ venue: binanceSpot, ping })
  const { client } = await connected(addresses, (client) => client.trade('btcusdt'))
  let pongs = 0
  await new Promise((resolve) =>
    controls.log$.subscribe(({ type, from }) => {
      if (type === 'pong' && from === 'client' && ++pongs === 4) resolve()
    }),
  )
  assert.deepEqual(controls.connections(), [1])
  client.disconnect()
  return `${pongs} PONGs`
})

ran('@binance/connector', 'a snapshot and the time over REST', async () => {
  const { addresses, controls } = await served({ venue: binanceSpot })
  const client = new Spot('', '', { baseURL: addresses.rest })
  const { data } = await client.depth('BTCUSDT', { limit: 5 })
  const { lastUpdateId, ...book } = controls.book('BTCUSDT', 5)
  const [bids, asks] = [[...book.bids], [...book.asks]]
  assert.deepEqual(data, { lastUpdateId, bids, asks })
  assert.ok((await client.time()).data.serverTime > 0)
  await assert.rejects(client.depth('NOSUCH'), (error) => error.response.data.code === -1121)
  return `${bids.length + asks.length} levels; no such symbol: -1121`
})
