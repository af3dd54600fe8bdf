import { bufferTime, lastValueFrom, NEVER, Subscription, tap, timer, toArray } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import { replayTogether, type TogetherFiles } from '../../lib/communicators/replayTogether.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { combined, trade } from '../client/frames.js'
import { shared } from '../helpers/shared.js'
import { fc, test as property } from '../property.js'
import { scratch } from './scratch.js'

const { file, path } = scratch()

const textOf = (signal: Signal) => (signal._tag === 'Frame' ? signal.text : signal._tag)

/** What all of them say, in the order in which it is heard. */
const heard = async (all: readonly TogetherFiles[], config: Parameters<typeof replayTogether>[1] = {}) => {
  const replays = replayTogether(all, { drain: 0, ...config })
  const out: string[] = []
  const ends = replays.map((replay, i) =>
    lastValueFrom(replay(NEVER).pipe(tap((signal) => out.push(`${replay.scheduler.now()} ${i} ${textOf(signal)}`))), {
      defaultValue: undefined,
    }),
  )
  await Promise.all(ends)
  return out
}

test('in one order by time, equal times in the order of the list, on one clock', async () => {
  const all = [{ files: file('1000 a\n1400 b\n1900 c\n') }, { files: file('1000 x\n1500 y\n1900 z\n2000 w\n') }]
  expect(await heard(all)).toEqual([
    ...['1000 0 a', '1000 1 x', '1400 0 b', '1500 1 y', '1900 0 c', '1900 1 z', '2000 1 w'],
  ])
  expect((await heard([...all].reverse())).slice(0, 2)).toEqual(['1000 0 x', '1000 1 a'])
})

property.prop([fc.array(fc.array(fc.nat(50), { maxLength: 30 }), { minLength: 1, maxLength: 4 })], { numRuns: 30 })(
  'all that each of them has comes, sorted by time and place',
  async (lists) => {
    const sorted = lists.map((times) => times.toSorted((a, b) => a - b).map((time) => time + 1_000))
    const all = sorted.map((times, i) => ({ files: file(times.map((time, n) => `${time} ${i}.${n}\n`).join('')) }))
    const expected = sorted
      .flatMap((times, i) => times.map((time, n) => ({ time, i, n })))
      .toSorted((a, b) => a.time - b.time || a.i - b.i || a.n - b.n)
      .map(({ time, i, n }) => `${time} ${i} ${i}.${n}`)
    expect(await heard(all)).toEqual(expected)
  },
)

test('each of them may be several files, in sequence or merged, of a format of its own', async () => {
  const all: readonly TogetherFiles[] = [
    { files: [file('1000 a\n2000 b\n'), file('3000 c\n')] },
    { files: [file('2.5 x\n'), file('1.2 y\n')], merge: true, timestamps: 's' },
  ]
  expect((await heard(all)).filter((text) => !text.endsWith('Closed'))).toEqual([
    ...['1000 0 a', '1200 1 y', '2000 0 b', '2500 1 x', '3000 0 c'],
  ])
})

test('what one client waits for comes when all have heard what was before', async () => {
  const [one, other] = replayTogether([
    { files: file('1000 a\n1700 b\n') },
    { files: file('1050 x\n1550 y\n2000 z\n') },
  ])
  const out: string[] = []
  const buffers = lastValueFrom(
    one(NEVER).pipe(
      bufferTime(500, one.scheduler),
      tap((all) => out.push(`${one.scheduler.now()} [${all.map(textOf).join()}]`)),
    ),
  )
  const texts = lastValueFrom(
    other(NEVER).pipe(tap((signal) => out.push(`${other.scheduler.now()} ${textOf(signal)}`))),
  )
  await Promise.all([buffers, texts])
  expect(one.scheduler).toBe(other.scheduler)
  expect(out.slice(0, 5)).toEqual(['1050 x', '1500 [a]', '1550 y', '2000 [b]', '2000 z'])
})

test('it begins when all are subscribed to, and all complete at the common end, after what is due', async () => {
  const [one, other] = replayTogether([{ files: file('1000 a\n') }, { files: file('1000 x\n5000 y\n') }], {
    drain: 100,
  })
  const out: string[] = []
  const log = (name: string) => ({
    next: (signal: Signal) => void out.push(`${name} ${textOf(signal)}`),
    complete: () => void out.push(`${name} | ${one.scheduler.now()}`),
  })
  one(NEVER).subscribe(log('one'))
  timer(4_050, one.scheduler).subscribe(() => out.push(`due ${one.scheduler.now()}`))
  await new Promise((resolve) => setImmediate(resolve))
  expect(out).toEqual([])
  const end = lastValueFrom(other(NEVER).pipe(tap(log('other')), toArray()))
  await end
  expect(out).toEqual(['one a', 'other x', 'other y', 'due 5050', 'one | 5050', 'other | 5050'])
})

test('whoever leaves hears no more, and the others go on; then it plays again from the start', async () => {
  const files = [file('1000 a\n2000 b\n3000 c\n'), file('1500 x\n2500 y\n')]
  const replays = replayTogether(files.map((one) => ({ files: one })))
  const play = async () => {
    const out: string[] = []
    const [one = NEVER, other = NEVER] = replays.map((replay) => replay(NEVER))
    const subscription = new Subscription()
    subscription.add(
      one.subscribe((signal) => {
        out.push(textOf(signal))
        if (textOf(signal) === 'b') subscription.unsubscribe()
      }),
    )
    await lastValueFrom(other.pipe(tap((signal) => out.push(textOf(signal)))))
    return out
  }
  expect(await play()).toEqual(['a', 'x', 'b', 'y'])
  expect(await play()).toEqual(['a', 'x', 'b', 'y'])
})

test('one who leaves before it begins may come back', async () => {
  const [one, other] = replayTogether([{ files: file('1000 a\n') }, { files: file('1500 x\n') }])
  one(NEVER).subscribe().unsubscribe()
  const out: string[] = []
  const end = lastValueFrom(other(NEVER).pipe(tap((signal) => out.push(textOf(signal)))))
  one(NEVER).subscribe((signal) => out.push(textOf(signal)))
  await end
  expect(out).toEqual(['a', 'x'])
})

test('the last one who leaves stops all of it', async () => {
  const replays = replayTogether([
    { files: file('1000 a\n'.repeat(50_000)) },
    { files: file('1000 x\n'.repeat(50_000)) },
  ])
  let count = 0
  const all = new Subscription()
  const one = new Promise<void>((resolve) => {
    for (const replay of replays)
      all.add(
        replay(NEVER).subscribe(() => {
          count += 1
          if (count < 1_000) return
          all.unsubscribe()
          resolve()
        }),
      )
  })
  await one
  await new Promise((resolve) => setImmediate(resolve))
  expect(count).toBe(1_000)
})

test('a second subscription meanwhile is an error, and harms nobody', async () => {
  const [one, other] = replayTogether([{ files: file('1000 a\n') }, { files: file('1500 x\n') }])
  const end = lastValueFrom(one(NEVER).pipe(toArray()))
  await expect(lastValueFrom(one(NEVER))).rejects.toThrow('make another replayTogether')
  other(NEVER).subscribe()
  expect((await end).map(textOf)).toEqual(['a'])
})

test.each([
  [[], 'replayTogether: expected at least one config { files }, came none'],
  [[{ files: [] }], 'replayTogether: expected at least one file in `files`, came []: name the recording'],
])('misuse is thrown at once: %j', (all: readonly TogetherFiles[], message) => {
  expect(() => replayTogether(all)).toThrow(new TypeError(message))
})

test('a file that cannot be read is told to whom it is of', async () => {
  const found = await heard([{ files: path('missing') }, { files: file('1000 x\n') }])
  expect(found).toEqual(['0 0 BadFile', '1000 1 x'])
})

describe('from', () => {
  const T = 1_723_161_255_000
  const update = (u: number, at: number) => {
    const ids = { e: 'depthUpdate', E: at, T: at, s: 'BTCUSDT', U: u, u, pu: u - 1 }
    return `${at} ${combined('btcusdt@depth@100ms', { ...ids, b: [['99.00', `${u}.00`]], a: [] }).text}\n`
  }
  const snapshot = (lastUpdateId: number, at: number) =>
    `${at} ${JSON.stringify({ lastUpdateId, bids: [['99.00', '1.00']], asks: [['101.00', '1.00']] })}\n`

  test('F65 the books of all are synced there', async () => {
    const futures = [
      update(11, T),
      snapshot(11, T + 100),
      update(12, T + 200),
      update(13, T + 900),
      `${T + 950} ${trade(1).text}\n`,
    ]
    const spot = [update(21, T + 50), snapshot(21, T + 150), update(22, T + 300), update(23, T + 800)]
    const replays = replayTogether([{ files: file(spot.join('')) }, { files: file(futures.join('')) }], {
      from: T + 500,
    })
    const out: string[] = []
    const clients = [
      createClient({ venue: binanceSpot, communicator: replays[0], onNotice: () => undefined }),
      createClient({ venue: asterFutures, communicator: replays[1], onNotice: () => undefined }),
    ]
    const ends = clients.map((client) => {
      client.book('BTCUSDT').subscribe((state) => {
        const told =
          state._tag === 'Synced' ? state.book.lastUpdateId : state._tag === 'Syncing' ? state.reason : state._tag
        out.push(`${client.scheduler.now() - T} ${client.venue.name} ${told}`)
      })
      return lastValueFrom(client.signal$, { defaultValue: undefined })
    })
    for (const client of clients) client.connect()
    await Promise.all(ends)
    expect(out.filter((text) => !/waiting|start/.test(text))).toEqual([
      ...['500 binanceSpot 22', '500 asterFutures 12', '800 binanceSpot 23', '900 asterFutures 13'],
    ])
  })
})

describe('the recordings of spot and perpetual', () => {
  const spot = shared('recordings/binance-spot-btcusdt-20240808.txt.gz')
  const perpetual = shared('recordings/binance-usdm-btcusdt-20240808.txt.gz')

  test('nothing is lost of either: every trade, and both books, as alone', async () => {
    if (spot === undefined || perpetual === undefined)
      return void process.stdout.write('skipped: the recordings are not there\n')
    const [one, other] = replayTogether([{ files: spot }, { files: perpetual }])
    const follow = (client: ReturnType<typeof clientOf>) => {
      const ids: number[] = []
      client.trade$.subscribe(({ tradeId }) => ids.push(tradeId))
      const book = lastValueFrom(client.book('BTCUSDT'))
      return { ids, book, connect: () => client.connect() }
    }
    const clientOf = (
      venue: typeof binanceSpot | typeof asterFutures,
      communicator: ReturnType<typeof replayCommunicator>,
    ) => createClient<typeof binanceSpot | typeof asterFutures>({ venue, communicator, onNotice: () => undefined })
    const together = [follow(clientOf(binanceSpot, one)), follow(clientOf(asterFutures, other))]
    together.forEach(({ connect }) => connect())
    const alone = [
      follow(clientOf(binanceSpot, replayCommunicator({ files: spot }))),
      follow(clientOf(asterFutures, replayCommunicator({ files: perpetual }))),
    ]
    alone.forEach(({ connect }) => connect())
    const tops = await Promise.all(
      [...together, ...alone].map(async ({ book }) => {
        const state = await book
        return state._tag === 'Synced' ? [state.book.lastUpdateId, state.top] : state
      }),
    )
    expect(together.map(({ ids }) => ids.length)).toEqual([9_757, 21_313])
    expect(together.map(({ ids }) => ids)).toEqual(alone.map(({ ids }) => ids))
    expect(tops.slice(0, 2)).toEqual(tops.slice(2))
  })

  test('in one client, too, all trades of both come, and it is told that they are no one feed', async () => {
    if (spot === undefined || perpetual === undefined)
      return void process.stdout.write('skipped: the recordings are not there\n')
    const communicator = replayCommunicator({ files: [spot, perpetual], merge: true })
    const client = createClient({ venue: binanceSpot, communicator })
    const ids = new Set<number>()
    client.trade$.subscribe(({ tradeId }) => ids.add(tradeId))
    const statuses = lastValueFrom(client.status$.pipe(toArray()))
    client.connect()
    const unmerged = (await statuses).filter(({ _tag }) => _tag === 'Unmerged')
    expect(ids.size).toBe(31_070)
    expect(unmerged).toEqual(expect.arrayContaining([expect.objectContaining({ stream: 'btcusdt@trade' })]))
  })
})
