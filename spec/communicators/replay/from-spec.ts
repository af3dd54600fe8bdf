import { lastValueFrom, toArray } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import type { DepthUpdate } from '../../../lib/events/DepthUpdate.js'
import type { BookSnapshot } from '../../../lib/index.js'
import { asterFutures, type AsterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot, type BinanceSpot } from '../../../lib/venues/binanceSpot.js'
import { combined, trade } from '../../client/frames.js'
import { applyNaively, naiveAsks, naiveBids, naiveBook, type NaiveBook } from '../../helpers/naiveBook.js'
import { shared } from '../../helpers/shared.js'
import { scratch } from '../scratch.js'

const { file } = scratch()

const STREAM = 'btcusdt@depth@100ms'
const T = 1_723_161_255_000

const update = (u: number, at: number, pu = u - 1) => {
  const ids = { e: 'depthUpdate', E: at, T: at, s: 'BTCUSDT', U: u, u, pu }
  return `${at} ${combined(STREAM, { ...ids, b: [['99.00', `${u}.00`]], a: [] }).text}\n`
}
const snapshot = (lastUpdateId: number, at: number) =>
  `${at} ${JSON.stringify({ lastUpdateId, bids: [['99.00', '1.00']], asks: [['101.00', '1.00']] })}\n`
const traded = (id: number, at: number) => `${at} ${trade(id).text}\n`

/** What somebody hears who listens to a book, to trades, and to `status$` or to notices. */
const heard = async (config: ReplayConfig, isListening = true) => {
  const notices: string[] = []
  const communicator = replayCommunicator(config)
  const client = createClient({ venue: asterFutures, communicator, onNotice: (text) => notices.push(text) })
  const out: string[] = []
  const say = (text: string) => out.push(`${client.scheduler.now() - T} ${text}`)
  const isAside = (tag: string) => ['Unfed', 'Missing'].includes(tag)
  client.book('BTCUSDT').subscribe((state) => {
    say(state._tag === 'Syncing' ? state.reason : `${state._tag} ${state.book.lastUpdateId}`)
  })
  client.trade$.subscribe(({ tradeId }) => say(`trade ${tradeId}`))
  if (isListening) client.status$.subscribe(({ _tag }) => isAside(_tag) || say(_tag))
  const over = lastValueFrom(client.signal$.pipe(toArray()))
  client.connect()
  await over
  return { out: out.slice(1), notices: notices.filter((text) => !text.includes('trade$')) }
}

describe('F65 what has no book is told within a second of the recording', () => {
  const second = (from: number) => Array.from({ length: 30 }, (_, i) => update(from + i, T + 100 * i)).join('')

  test('updates and no snapshot', async () => {
    const { out, notices } = await heard({ files: file(second(11)) })
    expect(out).toEqual(['0 start', '1000 Unsynced', '1000 no snapshot yet', '2900 snapshot failed'])
    expect(notices).toEqual([])
  })

  test('a snapshot that comes late is the book all the same', async () => {
    const { out } = await heard({ files: file(`${second(11)}${snapshot(40, T + 2950)}${update(41, T + 3000)}`) })
    expect(out.slice(0, 4)).toEqual(['0 start', '1000 Unsynced', '1000 no snapshot yet', '2950 Synced 40'])
  })

  test('to him who listens to nothing else, as a notice, once', async () => {
    const { notices } = await heard({ files: file(second(11)) }, false)
    expect(notices).toEqual([
      'aster-rx, asterFutures: the book of BTCUSDT is not synced: its stream comes, and for a second no snapshot did: there will be no book before one does',
    ])
  })

  test('no stream of its depth at all', async () => {
    const trades = Array.from({ length: 5 }, (_, i) => traded(i, T + 400 * i)).join('')
    const { out } = await heard({ files: file(trades) })
    expect(out).toEqual(['0 trade 0', '400 trade 1', '800 trade 2', '1000 Unsynced', '1200 trade 3', '1600 trade 4'])
  })

  test('after a thousand updates where time stands still', async () => {
    const all = Array.from({ length: 2_000 }, (_, i) => update(11 + i, T).replace(/^\d+ /, '')).join('')
    const { out } = await heard({ files: file(all), timestamps: 'none' })
    expect(out.map((text) => text.replace(/^\S+ /, ''))).toEqual([
      'start',
      'Unsynced',
      'no snapshot yet',
      'snapshot failed',
    ])
  })

  test('nothing where the snapshot comes in time, nor of a book that nobody listens to', async () => {
    const { out } = await heard({ files: file(`${update(11, T)}${snapshot(11, T + 900)}${second(12)}`) })
    expect(out.join()).not.toContain('Unsynced')
    const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: file(second(11)) }) })
    const statuses = lastValueFrom(client.status$.pipe(toArray()))
    client.connect()
    expect(await statuses).toEqual([])
  })
})

describe('F65 what is skipped feeds the books', () => {
  const lines = [
    update(11, T),
    snapshot(11, T + 100),
    traded(1, T + 150),
    update(12, T + 200),
    traded(2, T + 1000),
    update(13, T + 1100),
  ]

  test('of files without statuses: synced at from, with nothing told of what came before', async () => {
    const { out } = await heard({ files: file(lines.join('')), from: T + 500 })
    expect(out).toEqual(['500 start', '500 Synced 12', '1000 trade 2', '1100 Synced 13'])
  })

  test('from after all of it: the last book', async () => {
    const { out } = await heard({ files: file(lines.join('')), from: T + 5_000 })
    expect(out).toEqual(['5000 start', '5000 Synced 13'])
  })

  test.each([undefined, T + 500])('the book completes with the replay, from %p', async (from) => {
    const communicator = replayCommunicator({ files: file(lines.join('')), ...(from !== undefined && { from }) })
    const client = createClient({ venue: asterFutures, communicator })
    const last = lastValueFrom(client.book('BTCUSDT'))
    client.connect()
    expect(await last).toMatchObject({ _tag: 'Synced', book: { lastUpdateId: 13 } })
  })

  test('from before all of it: as without', async () => {
    const whole = await heard({ files: file(lines.join('')) })
    expect(await heard({ files: file(lines.join('')), from: T - 10_000 })).toEqual(whole)
  })

  test('a gap before from, and a snapshot behind it, as the whole replay has it', async () => {
    const gap = [...lines.slice(0, 4), update(20, T + 300, 19), snapshot(20, T + 900), update(21, T + 950)]
    const { out } = await heard({ files: file([...gap, update(22, T + 1000)].join('')), from: T + 960 })
    expect(out).toEqual(['960 start', '960 Synced 21', '1000 Synced 22'])
  })

  test('a gap before from that nothing mends is no book', async () => {
    const gap = [...lines.slice(0, 4), update(20, T + 300, 19), update(21, T + 1000), update(22, T + 2500)]
    const { out } = await heard({ files: file(gap.join('')), from: T + 900 })
    expect(out).toEqual(['1000 start', '2000 Unsynced', '2000 no snapshot yet', '2500 snapshot failed'])
  })

  test('several files, merged or one after the other, and up to `to`', async () => {
    const files = [file(lines.slice(0, 3).join('')), file(lines.slice(3).join(''))]
    for (const merge of [false, true]) {
      const { out } = await heard({ files, merge, from: T + 500, to: T + 1100 })
      expect(out.filter((text) => !text.endsWith('Closed'))).toEqual(['500 start', '500 Synced 12', '1000 trade 2'])
    }
  })

  test('an empty line that says that the connection was lost, too', async () => {
    const { out } = await heard({
      ...{ files: file(`${lines.slice(0, 4).join('')}\n${update(30, T + 1200)}`) },
      ...{ empty: 'disconnected', from: T + 1000 },
    })
    expect(out.join()).not.toContain('Synced 12')
  })

  test('who makes the book by hand, from the stream, has its snapshot', async () => {
    const communicator = replayCommunicator({ files: file(lines.join('')), from: T + 500 })
    const client = createClient({ venue: asterFutures, communicator })
    const snapshots = lastValueFrom(client.depthSnapshot$.pipe(toArray()))
    client.stream(STREAM).subscribe()
    client.connect()
    expect(await snapshots).toMatchObject([{ symbol: 'BTCUSDT', lastUpdateId: 12, bids: [['99.00', '12.00']] }])
  })

  test('what nobody wants is not read for it', async () => {
    const communicator = replayCommunicator({ files: file(lines.join('')), from: T + 500 })
    const client = createClient({ venue: asterFutures, communicator })
    const snapshots = lastValueFrom(client.depthSnapshot$.pipe(toArray()))
    client.connect()
    expect(await snapshots).toEqual([])
  })
})

test('F65 a file that ends before from says so to nobody, and starts no clock', async () => {
  const files = [file('10 a\n'), file('60000 b\n')]
  const { scheduler, ...rest } = replayCommunicator({ files, from: 50_000 })
  expect(Object.keys(rest)).toEqual(['skipped'])
  const communicator = replayCommunicator({ files, from: 50_000 })
  const times: unknown[] = []
  communicator.scheduler.schedule(() => times.push(communicator.scheduler.now()), 100)
  const client = createClient({ venue: asterFutures, communicator })
  const signals = lastValueFrom(client.signal$.pipe(toArray()))
  client.connect()
  expect((await signals).map(({ _tag, receivedAt }) => `${receivedAt} ${_tag}`)).toEqual([
    '60000 Frame',
    '60000 Closed',
  ])
  expect(times).toEqual([60_100])
  expect(scheduler.now()).toBe(50_000)
})

const recordings = [
  ['recordings/binance-spot-btcusdt-20240808.txt.gz', binanceSpot],
  ['recordings/binance-usdm-btcusdt-20240808.txt.gz', asterFutures],
] as const

test.each(recordings)('F65 from the middle of %s: the book is a naive one, level for level', async (name, venue) => {
  const files = shared(name)
  if (files === undefined) return void process.stdout.write(`skipped: ${name} is not there\n`)
  const config = { files, timestamps: 'ns' } as const
  const open = (more: Partial<ReplayConfig> = {}) =>
    createClient<AsterFutures | BinanceSpot>({ venue, communicator: replayCommunicator({ ...config, ...more }) })

  const whole = open()
  const spans: number[] = []
  whole.message$.subscribe(({ receivedAt }) => spans.push(receivedAt))
  let naive: NaiveBook | undefined
  const before: DepthUpdate[] = []
  const over = lastValueFrom(whole.signal$)
  const from = { at: Infinity }
  whole.depthSnapshot$.subscribe((said) => (naive ??= naiveBook(said, before)))
  whole.depth$.subscribe((change) => {
    if (whole.scheduler.now() >= from.at) return
    if (naive === undefined) before.push(change)
    else applyNaively(naive, change)
    if (from.at === Infinity) from.at = whole.scheduler.now() + 60_000
  })
  whole.connect()
  await over

  const client = open({ from: from.at })
  const first: { at: number; book: BookSnapshot }[] = []
  client.book('BTCUSDT').subscribe((state) => {
    if (state._tag === 'Synced' && first.length === 0)
      first.push({ at: client.scheduler.now(), book: state.book.toSnapshot() })
  })
  const done = lastValueFrom(client.signal$)
  client.connect()
  await done
  const [found] = first
  if (found === undefined || naive === undefined) throw new Error('never synced')
  expect(found.at).toBe(from.at)
  expect(found.book.lastUpdateId).toBe(naive.lastUpdateId)
  expect(found.book.bids).toEqual(naiveBids(naive))
  expect(found.book.asks).toEqual(naiveAsks(naive))
})
