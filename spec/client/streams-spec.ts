import { lastValueFrom, Subject, toArray } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Counters } from '../../lib/client/Counters.js'
import type { ReplayConfig } from '../../lib/communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { Signal, Source } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { scratch } from '../communicators/scratch.js'
import { combined, inlineSnapshot, trade } from './frames.js'

const [a, b, c]: readonly [Source, Source, Source] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

/** A client by hand: what it delivers of one stream, and what it says of itself. */
const byHand = () => {
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue: asterFutures, communicator: () => signal$ })
  const out: number[] = []
  const unmerged: string[] = []
  let counters: Counters | undefined
  let lost = 0
  client.trade$.subscribe(({ tradeId }) => out.push(tradeId))
  client.status$.subscribe((status) => {
    if (status._tag === 'Unmerged') unmerged.push(status.reason)
  })
  client.counters$.subscribe((counts) => (counters = counts))
  client.lost('btcusdt@trade').subscribe(() => (lost += 1))
  client.connect()
  const status = (_tag: 'Connecting' | 'Connected' | 'Closed', source?: Source) =>
    signal$.next({ _tag, receivedAt: 0, ...(source && { source }) })
  return {
    client,
    signal$,
    out,
    unmerged,
    repeated: () => counters?.repeated,
    lost: () => lost,
    opens: (source: Source) => ['Connecting', 'Connected'].forEach((tag) => status(tag as 'Connecting', source)),
    closes: (source?: Source) => status('Closed', source),
    loses: (source?: Source) =>
      signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', receivedAt: 0, ...(source && { source }) }),
    carries: (source: Source, stream = 'btcusdt@trade') =>
      signal$.next({ _tag: 'Acknowledged', stream, receivedAt: 0, source }),
    drops: (source: Source, stream = 'btcusdt@trade') =>
      signal$.next({ _tag: 'Unsubscribed', stream, receivedAt: 0, source }),
    says: (source: Source | undefined, ...ids: readonly number[]) => {
      for (const id of ids) signal$.next(trade(id, 'BTCUSDT', 0, source))
    },
  }
}

describe('who carries a stream since when is what the statuses say', () => {
  test('a connection that was opened after the stream was lost is believed, wherever its numbers begin', () => {
    const { opens, says, loses, out } = byHand()
    opens(a)
    says(a, 8, 9)
    loses(a)
    opens(b)
    says(b, 1, 2)
    expect(out).toEqual([8, 9, 1, 2])
  })

  test('one that was being opened then may repeat what was said', () => {
    const { opens, says, loses, out, repeated } = byHand()
    opens(a)
    says(a, 7, 8, 9)
    opens(b)
    loses(a)
    says(b, 7, 8, 9)
    expect([out, repeated()]).toEqual([[7, 8, 9], 3])
    says(b, 10)
    expect([out, repeated()]).toEqual([[7, 8, 9, 10], 3])
  })

  test('one that is open when the other is closed may repeat what was said, though nobody listens by name', () => {
    const { opens, says, closes, out } = byHand()
    opens(a)
    says(a, 7, 8)
    opens(b)
    says(a, 9)
    closes(a)
    says(b, 9, 10)
    expect(out).toEqual([7, 8, 9, 10])
  })

  test('one that was being opened then is not overtaken by one that was opened later and joins before it', () => {
    const { opens, carries, says, loses, out } = byHand()
    opens(a)
    carries(a)
    says(a, 1)
    opens(b)
    loses(a)
    opens(c)
    carries(b)
    carries(c)
    says(c, 3)
    says(b, 2, 3, 4)
    says(c, 4)
    expect(out).toEqual([1, 2, 3, 4])
  })

  test('an acknowledgement counts before the first event', () => {
    const { opens, carries, says, closes, out } = byHand()
    opens(a)
    carries(a)
    opens(b)
    carries(b)
    says(b, 3)
    expect(out).toEqual([])
    says(a, 2)
    closes(a)
    expect(out).toEqual([2, 3])
  })

  test('what waited comes with the status that ends the waiting, after it and before all else', () => {
    const { client, opens, says, drops, repeated } = byHand()
    const order: (number | string)[] = []
    client.status$.subscribe(({ _tag }) => order.push(_tag))
    client.trade$.subscribe(({ tradeId }) => order.push(tradeId))
    opens(a)
    says(a, 1)
    opens(b)
    says(b, 3, 4)
    expect(repeated()).toBe(2)
    order.length = 0
    drops(a)
    says(b, 5)
    expect(order).toEqual(['Unsubscribed', 3, 4, 5])
    expect(repeated()).toBe(0)
  })

  test('with the last signal, too', () => {
    const { opens, says, signal$, out } = byHand()
    opens(a)
    says(a, 1)
    opens(b)
    says(b, 3, 4)
    signal$.complete()
    expect(out).toEqual([1, 3, 4])
  })

  test('the end of one stream is not that of another', () => {
    const { opens, carries, says, drops, out } = byHand()
    opens(a)
    says(a, 1)
    opens(b)
    carries(a, 'ethusdt@trade')
    says(b, 3)
    drops(a, 'ethusdt@trade')
    drops(a, 'bnbusdt@trade')
    expect(out).toEqual([1])
  })

  test('a name that begins again without an end is another connection', () => {
    const { opens, says, out, unmerged } = byHand()
    opens(a)
    says(a, 8, 9)
    opens(b)
    opens(a)
    says(a, 8, 1, 9)
    expect([out, unmerged]).toEqual([[8, 9, 8, 1, 9], []])
  })

  test('an end without a source is the end of all', () => {
    for (const how of ['closes', 'loses'] as const) {
      const client = byHand()
      client.says(a, 5)
      client.says(b, 7)
      client[how]()
      client.says(c, 1)
      expect([client.out, client.lost()]).toEqual([[5, 7, 1], how === 'loses' ? 1 : 0])
    }
  })

  test('a source that is let go is heard again when it speaks again', () => {
    const { opens, carries, says, drops, out } = byHand()
    opens(a)
    says(a, 1)
    drops(a)
    carries(a)
    says(a, 5)
    expect(out).toEqual([1, 5])
  })

  test('what no stream carries is never a repeat', () => {
    const { client, signal$ } = byHand()
    const ids: number[] = []
    client.depthSnapshot$.subscribe(({ lastUpdateId }) => ids.push(lastUpdateId))
    for (const source of [a, b]) signal$.next({ ...inlineSnapshot(7), source })
    expect(ids).toEqual([7, 7])
  })

  test('F69 a stream that was let go is heard when it comes again, and is not missing', () => {
    const { client, signal$, carries, says, drops, opens } = byHand()
    const missing: string[] = []
    client.status$.subscribe((status) => {
      if (status._tag === 'Missing') missing.push(status.stream)
    })
    const ids: number[] = []
    const listen = () => client.stream('btcusdt@trade').subscribe(({ tradeId }) => ids.push(tradeId))
    opens(a)
    for (let id = 1; id <= 3; id++) {
      const listener = listen()
      carries(a)
      says(a, id)
      listener.unsubscribe()
      drops(a)
    }
    client.stream('ethusdt@trade').subscribe().unsubscribe()
    signal$.complete()
    expect([ids, missing]).toEqual([[1, 2, 3], ['ethusdt@trade']])
  })

  test('F69 what is kept to tell repeats has a bound in bytes: beyond it nothing is kept, and all is delivered', () => {
    const { client, signal$, carries } = byHand()
    let count = 0
    client.trade$.subscribe(() => (count += 1))
    const megabyte = 'x'.repeat(2 ** 20)
    const padded = (i: number, source: Source) => {
      const { text } = trade(1, `S${i}`, 0, source)
      return { ...trade(1, `S${i}`, 0, source), text: text.replace('"E":', `"pad":"${megabyte}","E":`) }
    }
    for (let i = 0; i < 40; i++) signal$.next(padded(i, a))
    expect(count).toBe(40)
    for (const i of [0, 39]) {
      carries(b, `s${i}@trade`)
      signal$.next(trade(1, `S${i}`, 0, b))
    }
    // The first is known to be a repeat; whether the other one is, nobody remembers: it waits, and comes.
    expect(count).toBe(40)
    for (const source of [a, b]) signal$.next(trade(2, 'S0', 0, source))
    expect(count).toBe(41)
    for (const source of [a, b]) signal$.next(trade(2, 'S39', 0, source))
    expect(count).toBe(43)
  })

  test('a venue that invents names without end is forgotten, and heard', () => {
    const { client, signal$, carries } = byHand()
    let count = 0
    client.trade$.subscribe(() => (count += 1))
    for (let i = 0; i <= 20_000; i++) carries(a, `s${i}@trade`)
    for (const source of [a, b]) signal$.next(trade(1, 'LATE', 0, source))
    expect(count).toBe(2)
    for (const source of [a, b]) signal$.next(trade(1, 'S1', 0, source))
    expect(count).toBe(3)
  })
})

test('while one connection carries a stream, its events are not looked into', () => {
  const { client, signal$, opens } = byHand()
  const stringify = jest.spyOn(JSON, 'stringify')
  let orders = 0
  opens(a)
  // The readers of both rows are compiled.
  for (const one of [combined('listen-key', { ...order, E: 0 }, 0, a), trade(0, 'BTCUSDT', 0, a)]) signal$.next(one)
  client.orderUpdate$.subscribe(() => (orders += 1))
  const frames = [1, 2, 3].map((E) => combined('listen-key', { ...order, E }, 0, a))
  stringify.mockClear()
  for (const one of [...frames, trade(1, 'BTCUSDT', 0, a)]) signal$.next(one)
  expect([orders, stringify.mock.calls.length]).toEqual([3, 1])
  stringify.mockRestore()
})

const order = {
  ...{ e: 'ORDER_TRADE_UPDATE', T: 1 },
  o: {
    ...{ s: 'BTCUSDT', c: 'x', S: 'BUY', o: 'LIMIT', f: 'GTC', q: '1', p: '1', ap: '0', sp: '0', x: 'NEW', X: 'NEW' },
    ...{ i: 1, l: '0', z: '0', L: '0', T: 1, t: 0, b: '0', a: '0', m: false, R: false, wt: 'CONTRACT_PRICE' },
    ...{ ot: 'LIMIT', ps: 'BOTH', rp: '0' },
  },
}

describe('sources that are not the same connection twice lose nothing in silence', () => {
  const { file } = scratch()

  /** Lines of a recording, with the times at which they came. */
  const lines = (...texts: readonly (readonly [receivedAt: number, text: string])[]) =>
    file(texts.map(([receivedAt, text]) => `${receivedAt} ${text}\n`).join(''))
  const tradeText = (id: number, E = id) => trade(id).text.replace('"E":1,', `"E":${E},`)
  const ticker = (updateId: number) =>
    JSON.stringify({
      stream: 'btcusdt@bookTicker',
      data: { u: updateId, s: 'BTCUSDT', b: '61800.30', B: '1', a: '61800.40', A: '2' },
    })

  const replayed = async (config: ReplayConfig) => {
    const client = createClient({ venue: binanceSpot, communicator: replayCommunicator(config) })
    const unmerged: string[] = []
    client.status$.subscribe((status) => {
      if (status._tag === 'Unmerged') unmerged.push(status.stream)
    })
    const all = lastValueFrom(client.message$.pipe(toArray()))
    client.connect()
    const ids = (await all).map(({ event }) => Number(Reflect.get(event, 'tradeId') ?? Reflect.get(event, 'updateId')))
    return { ids, unmerged }
  }

  test('a second file without times', async () => {
    const files = [
      [8, 9],
      [1, 2, 3],
      [9, 10],
    ].map((ids) => file(ids.map((id) => `${tradeText(id)};;`).join('')))
    for (const merge of [false, true])
      expect(await replayed({ files, delimiter: ';;', timestamps: 'none', merge })).toEqual({
        ids: [8, 9, 1, 2, 3, 9, 10],
        unmerged: [],
      })
  })

  test('files that follow each other, whatever their times', async () => {
    const files = [
      lines([1_000, tradeText(8)], [2_000, tradeText(9)]),
      lines([1_000, tradeText(8)], [1_500, tradeText(1)]),
    ]
    expect(await replayed({ files })).toEqual({ ids: [8, 9, 8, 1], unmerged: [] })
  })

  test('one stream that is dealt to two files comes in its order', async () => {
    const all = Array.from({ length: 100 }, (_, i) => i + 1)
    const files = [0, 1].map((rest) =>
      lines(...all.filter((id) => id % 2 === rest).map((id) => [1_000 + id, tradeText(id)] as const)),
    )
    expect(await replayed({ files, merge: true })).toEqual({ ids: all, unmerged: [] })
  })

  test('where its order cannot be had, it comes as it is, and a status says so', async () => {
    const files = [
      lines([1, tradeText(1)], [2, tradeText(2)], [3, tradeText(4)], [6, tradeText(6)]),
      lines([4, tradeText(3)], [5, tradeText(5)], [7, tradeText(7)]),
    ]
    const { ids, unmerged } = await replayed({ files, merge: true })
    expect([[...ids].sort(), unmerged]).toEqual([[1, 2, 3, 4, 5, 6, 7], ['btcusdt@trade']])
  })

  test.each([
    ['trades', tradeText],
    ['tickers, which say no time', ticker],
  ] as const)('two venues in one replay: %s', async (_, text) => {
    const numbered = (start: number) => Array.from({ length: 500 }, (_, i) => start + i)
    const [low, high] = [numbered(1_000_000), numbered(5_000_000)]
    const files = [low, high].map((ids, offset) =>
      lines(...ids.map((id, i) => [10_000 + 20 * i + offset, text(id, 10_000 + 20 * i)] as const)),
    )
    for (const order of [files, [...files].reverse()]) {
      const { ids, unmerged } = await replayed({ files: order, merge: true })
      expect([ids.filter((id) => id < 2_000_000), ids.filter((id) => id > 2_000_000)]).toEqual([low, high])
      expect(unmerged).toHaveLength(1)
    }
  })

  test('one recording twice comes once, in order, however late the second one is', async () => {
    const all = Array.from({ length: 500 }, (_, i) => 7 + i)
    const files = [0, 333].map((delay) => lines(...all.map((id) => [1_000 + 10 * id + delay, tradeText(id)] as const)))
    expect(await replayed({ files, merge: true })).toEqual({ ids: all, unmerged: [] })
  })

  test('a message of the user’s own, which is of no connection', () => {
    const { opens, says, out, unmerged, repeated } = byHand()
    opens(a)
    says(a, 10, 11)
    says(undefined, 3)
    says(a, 12)
    says(undefined, 12)
    expect([out, repeated(), unmerged]).toEqual([
      [10, 11, 3, 12, 12],
      0,
      ['a frame without a source, beside those of a'],
    ])
  })

  test('messages without any source are one connection', () => {
    const { says, out, unmerged } = byHand()
    says(undefined, 10, 11, 3)
    expect([out, unmerged]).toEqual([[10, 11, 3], []])
  })
})
