import { lastValueFrom, NEVER, of, toArray } from 'rxjs'
import { record } from '../../../lib/communicators/record.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { createClient } from '../../../lib/client/createClient.js'
import { frame } from '../../../lib/Signal.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { played, scratch } from '../scratch.js'

const { file, path } = scratch()

/** Depth updates and, as a collector of one symbol writes it, the answer of REST as it came: it names no symbol. */
const update = (symbol: string, from: number, to: number, bid: string) =>
  `{"stream":"${symbol}@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"${symbol.toUpperCase()}","U":${from},"u":${to},"b":[["${bid}","1"]],"a":[]}}`
const snapshot = (id: number, bid: string, ask: string) =>
  `{"lastUpdateId":${id},"bids":[["${bid}","1"]],"asks":[["${ask}","1"]]}`

/** The best bid of each book at the end, where it was synced. */
const bestBids = async (config: Omit<ReplayConfig, 'files'> & Pick<ReplayConfig, 'files'>) => {
  const client = createClient({ venue: binanceSpot, communicator: replayCommunicator(config) })
  const bids = ['BTCUSDT', 'ETHUSDT'].map((symbol) => lastValueFrom(client.book(symbol), { defaultValue: undefined }))
  client.connect()
  return (await Promise.all(bids)).map((state) => (state?._tag === 'Synced' ? state.top.bid?.price : state?._tag))
}

describe('F66 one file a symbol, snapshots without a symbol', () => {
  const btc = [update('btcusdt', 11, 12, '100.1'), snapshot(12, '100', '101'), update('btcusdt', 13, 14, '100.5')]
  const eth = [update('ethusdt', 911, 912, '7.1'), snapshot(912, '7', '8'), update('ethusdt', 913, 914, '7.5')]
  const written = (texts: readonly string[], first: number) =>
    texts.map((text, i) => `${first + 2 * i} ${text}\n`).join('')
  const files = () => [file(written(btc, 1000)), file(written(eth, 1001))]

  test.each([true, false])('together they sync as each does alone; merged: %s', async (merge) => {
    expect(await bestBids({ files: files(), merge })).toEqual(['100.5', '7.5'])
  })

  test('one that begins with its snapshot says of which symbol it is', async () => {
    const swapped = [btc, eth].map(([first = '', second = '', ...rest]) => written([second, first, ...rest], 1000))
    const [a = '', b = ''] = swapped.map((text) => file(text))
    const known = [
      { path: a, symbol: 'BTCUSDT' },
      { path: b, symbol: 'ETHUSDT' },
    ]
    expect(await bestBids({ files: known, merge: true })).toEqual(['100.5', '7.5'])
  })

  test('a file of raw frames of one stream says it by its stream', async () => {
    const raw = (text: string) => (JSON.parse(text) as { data: object }).data
    const texts = [
      snapshot(12, '100', '101'),
      ...btc.filter((text) => text.includes('depthUpdate')).map((t) => JSON.stringify(raw(t))),
    ]
    const at = file(written(texts, 1000))
    const other = file(written([update('ethusdt', 1, 2, '7')], 1000))
    const known = [other, { path: at, stream: 'btcusdt@depth@100ms' }]
    expect(await bestBids({ files: known, merge: true })).toEqual(['100.5', 'Syncing'])
  })

  test('a recording keeps what is known of a source', async () => {
    const at = path('known.txt')
    const source = { id: 'x', symbol: 'BTCUSDT' }
    await lastValueFrom(of(frame('a', 1, source)).pipe(record({ file: at })))
    expect(await played({ files: at })).toMatchObject([{ text: 'a', source }])
  })
})

describe('F66 files in sequence are a sequence', () => {
  const trade = (id: number) =>
    `{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":${1_723_161_255_208 + id},"s":"BTCUSDT","a":${id},"p":"1.5","q":"2","f":${id},"l":${id},"T":${1_723_161_255_208 + id},"m":true,"M":true}}`
  const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

  const idsIn = async (config: ReplayConfig) => {
    const client = createClient({ venue: binanceSpot, communicator: replayCommunicator(config) })
    const all = lastValueFrom(client.aggTrade$.pipe(toArray()))
    client.connect()
    return (await all).map(({ aggregateId }) => aggregateId)
  }

  test.each([
    ['that follow', [span(1, 40), span(41, 80)]],
    ['that overlap', [span(1, 40), span(21, 60)]],
    ['of an earlier time', [span(1001, 1040), span(1, 40)]],
    ['that are the same', [span(1, 40), span(1, 40)]],
    ['of which the second is longer than what is remembered', [span(1, 3000), span(1500, 4500)]],
  ])('without times, by any delimiter: files %s', async (_, ids) => {
    const files = ids.map((some) => file(`${some.map(trade).join(';;')};;`))
    expect(await idsIn({ files, timestamps: 'none', delimiter: ';;' })).toEqual(ids.flat())
  })

  test('with times that go back from one file to the next', async () => {
    const files = [span(1001, 1040), span(1, 40)].map((some) => file(some.map((id) => `${id} ${trade(id)}\n`).join('')))
    expect(await idsIn({ files })).toEqual([...span(1001, 1040), ...span(1, 40)])
  })
})

test('F66 a file that is played twice is two sources', async () => {
  const at = file('1 a\n2 b\n')
  const sources = (await lastValueFrom(replayCommunicator({ files: [at, at] })(NEVER).pipe(toArray()))).map(
    ({ source }) => source,
  )
  expect(new Set(sources).size).toBe(2)
})
