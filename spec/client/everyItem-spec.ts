import { Subject } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Message } from '../../lib/parser/Message.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { fc, test as property } from '../property.js'

const [first, second] = [{ id: 'a' }, { id: 'b' }]
const MARKS = '!markPrice@arr'

/** One thing in a frame; `event` is what has to be delivered of it, where it is known to be good. */
interface Item {
  readonly value: unknown
  readonly event?: number
}

const odd = fc.constantFrom<unknown>(null, '', {}, [], 'x', -0.5, '1e400', true)

/** Trades with ids that run on, good or with one field damaged; of streams that exist, or of others. */
const trades = fc.record({
  stream: fc.constantFrom('btcusdt@trade', 'ethusdt@trade', 'btcusdt@depth@100ms', 'btcusdt@nothing', '', 'x', MARKS),
  damage: fc.option(fc.record({ key: fc.constantFrom('E', 's', 't', 'p', 'q', 'T', 'm', 'X'), value: odd })),
  e: fc.constantFrom('trade', 'trade', 'trade', 'depthUpdate', 'none'),
})
const marks = fc.array(
  fc.option(fc.record({ key: fc.constantFrom('p', 'i', 'r', 's', 'T'), value: odd }), { freq: 2 }),
  {
    maxLength: 5,
  },
)
const scalars = fc.constantFrom<unknown>(
  1,
  'x',
  null,
  false,
  [],
  [1],
  {},
  { result: null, id: 1 },
  { code: 2, msg: 'no' },
)

type Drawn =
  | { readonly trade: typeof trades extends fc.Arbitrary<infer A> ? A : never }
  | { readonly marks: typeof marks extends fc.Arbitrary<infer A> ? A : never }
  | { readonly scalar: unknown }

const drawn = fc.oneof<fc.MaybeWeightedArbitrary<Drawn>[]>(
  { weight: 6, arbitrary: trades.map((trade) => ({ trade })) },
  { weight: 2, arbitrary: marks.map((some) => ({ marks: some })) },
  { weight: 2, arbitrary: scalars.map((scalar) => ({ scalar })) },
)
/** A frame of one thing, of several, or cut. */
const frames = fc.array(
  fc.record({
    items: fc.array(drawn, { minLength: 1, maxLength: 6 }),
    isList: fc.boolean(),
    cut: fc.option(fc.nat(60), { freq: 9 }),
  }),
  { maxLength: 12 },
)

let id = 0
const itemOf = (one: Drawn): Item => {
  if ('scalar' in one) return { value: one.scalar }
  if ('marks' in one) {
    const list = one.marks.map((damage) => ({
      ...{ e: 'markPriceUpdate', E: 1, s: 'BTCUSDT', p: '1', i: '1', P: '1', r: '0', T: 1 },
      ...(damage !== null && { [damage.key]: damage.value }),
    }))
    return { value: { stream: MARKS, data: list } }
  }
  const { stream, damage, e } = one.trade
  id += 1
  const whole = { e, E: 1, T: 1, s: 'BTCUSDT', t: id, p: '1', q: '1', X: 'MARKET', m: true }
  const isGood = damage === null && e === 'trade' && /^(btc|eth)usdt@trade$/.test(stream)
  return {
    value: { stream, data: damage === null ? whole : { ...whole, [damage.key]: damage.value } },
    ...(isGood && { event: id }),
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How many things stand in an element: a list of a stream that sends lists is as many as it has. */
const countOf = (value: unknown): number => {
  const { stream, data } = isObject(value) ? (value as Readonly<Record<string, unknown>>) : {}
  return stream === MARKS && Array.isArray(data) ? data.length : 1
}
/** How many things a frame holds, by `JSON.parse`; a list without an object is one, and none that anybody knows. */
const count = (value: unknown): number =>
  Array.isArray(value) && value.some(isObject)
    ? value.reduce<number>((sum, one) => sum + countOf(one), 0)
    : countOf(value)
const countIn = (text: string): number => {
  try {
    return count(JSON.parse(text))
  } catch {
    return 1
  }
}

const lab = () => {
  const signal$ = new Subject<Signal>()
  const client = createClient({ venue: asterFutures, communicator: () => signal$, onNotice: () => undefined })
  const told = { items: 0, errors: 0, ids: [] as number[] }
  const counters = { control: 0, repeated: 0, received: 0, routed: 0, unknown: 0, invalid: 0 }
  client.message$.subscribe(({ kind, event }: Message) => {
    told.items += kind === 'markPrices' ? (event as readonly unknown[]).length : 1
  })
  client.trade$.subscribe(({ tradeId }) => told.ids.push(tradeId))
  client.parseError$.subscribe(() => (told.errors += 1))
  client.counters$.subscribe((now) => Object.assign(counters, now))
  client.connect()
  return { signal$, told, counters }
}

const textOf = (items: readonly Item[], isList: boolean, cut: number | null) => {
  const text = JSON.stringify(isList ? items.map(({ value }) => value) : items[0]?.value)
  return cut === null ? text : text.slice(0, cut)
}

property.prop([frames], { seed: 1, numRuns: 500 })(
  'F73 F74 everything that a frame holds is delivered, or told as an error, or a control message',
  (some) => {
    const { signal$, told, counters } = lab()
    let held = 0
    const good: number[] = []
    for (const { items: all, isList, cut } of some) {
      const items = all.map(itemOf)
      const text = textOf(items, isList, cut)
      held += countIn(text)
      const isWhole = cut === null || text.length < cut
      if (isWhole) good.push(...(isList ? items : items.slice(0, 1)).flatMap(({ event }) => event ?? []))
      signal$.next(frame(text, 1, first))
    }
    signal$.complete()
    expect(told.items + told.errors + counters.control).toBe(held)
    expect(told.ids.filter((one) => good.includes(one))).toEqual(good)
    expect(counters.repeated).toBe(0)
    expect(counters.routed + counters.unknown + counters.invalid + counters.control).toBe(counters.received)
  },
)

property.prop([frames, fc.boolean()], { seed: 1, numRuns: 500 })(
  'F12 F73 what two connections bring of it comes once, and is counted as repeated once',
  (some, isSecondFirst) => {
    const { signal$, told, counters } = lab()
    let held = 0
    const good: number[] = []
    for (const { items: all, isList } of some) {
      const items = all
        .filter((one) => 'trade' in one && one.trade.damage === null && one.trade.e === 'trade')
        .map(itemOf)
      const events = (isList ? items : items.slice(0, 1)).flatMap(({ event }) => event ?? [])
      if (items.length === 0) continue
      const text = textOf(items, isList, null)
      held += countIn(text)
      good.push(...events)
      for (const source of isSecondFirst ? [second, first] : [first, second]) signal$.next(frame(text, 1, source))
    }
    signal$.complete()
    expect(told.ids).toEqual(good)
    expect(counters.repeated).toBe(good.length)
    expect(told.items + told.errors + counters.control + counters.repeated).toBe(2 * held)
  },
)
