import { asterFutures, createClient, frame, type Signal } from 'aster-rx'
import { seeded } from 'aster-rx/simulation'
import { from, Subject } from 'rxjs'
import { atHand, everyKind } from './clients.js'
import { yardstick } from './pipeline.js'
import { rounds, type Task } from './rounds.js'
import type { Table } from './table.js'

/** Frames in a round, over all streams, or four for each where these are more. */
const FRAMES = 20_000

const tradeText = (stream: string, symbol: string, id: number) => {
  const trade = { e: 'trade', E: 1_723_161_630_000 + id, s: symbol, t: id, p: '61686.10', q: '0.018', X: 'MARKET' }
  return JSON.stringify({ stream, data: { ...trade, T: 1_723_161_630_000 + id, m: id % 2 === 0 } })
}

/** So many streams, traffic on all of them in turn, each with a listener of its own. */
export const streamGrowth = async (count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const size of [10, 100, 1_000, 5_000]) {
    const symbols = Array.from({ length: size }, (_, i) => `S${i}USDT`)
    const textOf = (id: number) => {
      const symbol = symbols[id % size] ?? ''
      return tradeText(`${symbol.toLowerCase()}@trade`, symbol, id)
    }
    const [first, rest] = [
      Array.from({ length: size }, (_, id) => textOf(id)),
      Array.from({ length: Math.max(FRAMES, 4 * size) }, (_, i) => textOf(size + i)),
    ]
    const frames = rest.map((text, i) => frame(text, i))
    const task: Task = () => {
      const signal$ = new Subject<Signal>()
      const client = createClient<typeof asterFutures>({ venue: asterFutures, communicator: atHand(signal$) })
      let events = 0
      for (const symbol of symbols) client.stream('trade', { symbol: symbol.toLowerCase() }).subscribe(() => events++)
      client.connect()
      // What a stream costs once is not what is asked here.
      for (const text of first) signal$.next(frame(text, 0))
      return () => {
        for (const signal of frames) signal$.next(signal)
        if (events !== first.length + rest.length) throw new Error(`${events} events`)
      }
    }
    const [json, ours] = await rounds(count, yardstick({ texts: rest }), task)
    if (json === undefined || ours === undefined) continue
    table[size.toLocaleString('en-US')] = {
      'JSON.parse, ns': (json.cpu * 1e6) / rest.length,
      'parse and dispatch, ns': (ours.cpu * 1e6) / rest.length,
      '×': ours.ratio,
    }
  }
  return table
}

const UPDATES = 5_000
const CHANGES = 20

/** A book of so many levels a side, every other tick a level, and updates that mostly touch its best levels. */
const bookTexts = (size: number): readonly string[] => {
  const random = seeded(size)
  const price = (side: number, tick: number) => (60_000 + side * (tick + 1) * 0.1).toFixed(1)
  const side = (sign: number) => Array.from({ length: size }, (_, i) => [price(sign, 2 * i), '1.000'])
  const changes = (sign: number) =>
    Array.from({ length: CHANGES / 2 }, () => {
      // The third power of chance: half of them among the best eighth.
      const tick = Math.floor(2 * size * random() ** 3)
      const isGone = tick % 2 === 1 && random() < 0.5
      return [price(sign, tick), isGone ? '0.000' : (0.001 + random()).toFixed(3)]
    })
  const snapshot = { lastUpdateId: 1, E: 1, T: 1, bids: side(-1), asks: side(1) }
  const updates = Array.from({ length: UPDATES }, (_, i) => {
    const ids = { U: i + 2, u: i + 2, pu: i + 1 }
    const data = { e: 'depthUpdate', E: i + 2, T: i + 2, s: 'BTCUSDT', ...ids, b: changes(-1), a: changes(1) }
    return JSON.stringify({ stream: 'btcusdt@depth@100ms', data })
  })
  const [first = '', ...rest] = updates
  return [first, JSON.stringify(snapshot), ...rest]
}

/** The cost of an update of twenty changes, the best bid and ask read after it, by the size of the book. */
export const levelGrowth = async (count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const size of [100, 1_000, 10_000]) {
    const texts = bookTexts(size).map((text) => Buffer.from(text).toString('utf8'))
    const frames = texts.map((text, i) => frame(text, i))
    const task: Task = () => {
      const { client, heard } = everyKind(asterFutures, from(frames), true)
      return () => {
        client.connect()
        if (heard.tops < UPDATES / 2) throw new Error(`the book changed ${heard.tops} times`)
      }
    }
    const [json, ours] = await rounds(count, yardstick({ texts }), task)
    if (json === undefined || ours === undefined) continue
    table[size.toLocaleString('en-US')] = {
      'JSON.parse, ns': (json.cpu * 1e6) / UPDATES,
      'with book, ns': (ours.cpu * 1e6) / UPDATES,
      'with book, ns/change': (ours.cpu * 1e6) / UPDATES / CHANGES,
      '×': ours.ratio,
    }
  }
  return table
}
