import { createArbiter, keep } from '../../lib/client/arbiter.js'
import type { Message } from '../../lib/parser/Message.js'
import { LONGEST_NAME } from '../../lib/venues/grammar.js'
import type { StreamRow } from '../../lib/venues/Venue.js'

type Event = Readonly<Record<string, unknown>>

const messageOf = (event: Event | readonly Event[], receivedAt = 0) =>
  ({ kind: 'trade', stream: 's', event, receivedAt }) as unknown as Message

const eventOf = ({ event }: Message): unknown => event
const idOf = ({ event }: Message): unknown => Reflect.get(event as Event, 'id')

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

/** An arbiter by hand: a source that speaks without having joined is a connection, opened after all others were gone. */
const arbiterOf = (row: Partial<Pick<StreamRow, 'sequence' | 'each'>> = { sequence: 'id' }) => {
  const reasons: string[] = []
  const arbiter = createArbiter(row, (reason) => reasons.push(reason), JSON.parse)
  return {
    reasons,
    join: arbiter.join,
    take: (source: string, event: Event | readonly Event[], receivedAt = 0) => {
      arbiter.join(source, true)
      return arbiter.take(messageOf(event, receivedAt), source).map(eventOf)
    },
    /** Events that say nothing but their number. */
    say: (source: string, ...ids: readonly number[]) => {
      arbiter.join(source, true)
      return ids.flatMap((id) => arbiter.take(messageOf({ id }), source).map(idOf))
    },
    leave: (source: string) => arbiter.leave(source).map(idOf),
    alone: (...sources: readonly string[]) => sources.filter(arbiter.carriesAlone),
    arbiter,
  }
}

interface Row {
  readonly title: string
  /** What each source says, one character a turn; the topmost first. */
  readonly said: Readonly<Record<string, string>>
  readonly out: string
}

const row = (title: string, ...lines: readonly string[]): Row => {
  const all = lines.map((line) => line.split(/\s+/))
  const [, out = ''] = all.at(-1) ?? []
  return { title, said: Object.fromEntries(all.slice(0, -1)) as Row['said'], out }
}

/**
 * Plays a table: a digit is an event of that number; `*` joins as a connection that was opened after all others were
 * gone, `+` as one that was opened before; `|` leaves. A source that speaks without having joined is a file. What comes
 * out in one turn stands in parentheses where it is more than one thing; `!` says that the stream is not merged.
 */
const played = (said: Row['said']): string => {
  let turn = ''
  const arbiter = createArbiter({ sequence: 'id' }, () => (turn += '!'), JSON.parse)
  const out = (messages: readonly Message[]) => {
    for (const { event } of messages) turn += String(Reflect.get(event as Event, 'id'))
  }
  const step = (source: string, what: string, at: number) => {
    if (what === '|') return out(arbiter.leave(source))
    if (what !== '-') arbiter.join(source, /\d/.test(what) ? undefined : what === '*')
    if (/\d/.test(what)) out(arbiter.take(messageOf({ id: Number(what) }, at), source))
  }
  const lines = Object.entries(said)
  const turns = Array.from({ length: Math.max(...lines.map(([, line]) => line.length)) }, (_, at) => {
    turn = ''
    for (const [source, line] of lines) step(source, line[at] ?? '-', at)
    return turn === '' ? '-' : turn.length === 1 ? turn : `(${turn})`
  })
  return turns.join('')
}

test.each([
  row('one source is believed, whatever its numbers', 'a 12219*0', '> 12219-0'),
  row(
    'a source that says what was delivered is level: each event comes from whichever brings it first',
    'a *123--4-',
    'b --+-23-45',
    '> -123--4-5',
  ),
  row(
    'one that is ahead waits until the other has said the same',
    'a *1----2-3-4-5',
    'b +-34--------56',
    '> -1----2-(34)---56',
  ),
  row('one that is ahead waits until the other is gone', 'a *1---|--', 'b +-34--5', '> -1---(34)5-'),
  row('what waits keeps the order of its source', 'a *1----|', 'b +-43---', '> -1----(43)'),
  row('what the other says as well is not kept of one that is gone', 'a *1---234', 'b +-3|----', '> -1---234'),
  row(
    'what waited for others comes when they have said the same, in order, and once',
    'a *1------2-3-4-5',
    'b --+34|---------',
    'c ----+-45-------',
    '> -1------2-(345)----',
  ),
  row(
    'what waited for others comes when they are gone, in order, and once',
    'a *1-------|',
    'b --+34|----',
    'c ----+-45--6',
    '> -1-------(345)6',
  ),
  row(
    'what came from a source that is gone is not believed again of the one that is left',
    'a *1----234',
    'b --+23|---',
    '> -1----(23)-4',
  ),
  row('in the order of the one that is gone', 'a *1----3---|', 'b --+264|----', '> -1----(23)---(64)'),
  row('nor is a source that is gone waited for', 'a *1--3-|', 'b -+3|---', 'c ----+9-', '> -1--3-9'),
  row('a third one may close the gap', 'a *1---2----', 'b +-3-------', 'c +--2---34-', '> -1---2-34-'),
  row(
    'of those that are left, the one that carries the stream for longest is waited for',
    'a *1--|----',
    'b -+---23--',
    'c --+3--4-5',
    '> -1---2(34)-5',
  ),
  row('also where nobody has said anything yet', 'a *---2-3', 'b -+3--4-', '> ----2-(34)'),
  row('what one says and another has passed comes in between', 'a *12-4-56-7', 'b --+3----7-', '> -12-(34)-56-7'),
  row('of several, too, in order', 'a *1---5', 'b --+4-6', 'c --+-3-', '> -1---(345)'),
  row('whoever of them joined first', 'a *1---5', 'b --+3-6', 'c --+-4-', '> -1---(345)'),
  row('and nothing waits for it where both say the same', 'a *12--4-5--', 'b --+34---56', '> -12--(34)-5-6'),
  row('that somebody else leaves is nothing', 'a 12-1', 'b --|-', '> 12-1'),
  row('one that has left and come back is another one', 'a *12|*1|+3', '> -12--1--3'),
  row('after the end of all, a source that was opened then may begin lower', 'a *89|----', 'b ----*12-', '> -89--12-'),
  row('so may a file', 'a 89|----', 'b ----123-', '> 89--123-'),
  row('F12 one that was open before may repeat what was said', 'a *3456|----', 'b -----+34567', '> -3456-----7'),
  row('also where numbers have begun anew since the first', 'a *91234567-', 'b ---------+4567', '> -91234567-----'),
  row('and leave out some of it', 'a *3456|----', 'b -----+467', '> -3456---7-'),
  row('or go on', 'a *34|----', 'b ---+--567', '> -34---567'),
  row('a venue may say two events in the wrong order', 'a *132-----', 'b ---+-2345', '> -132---45'),
  row('so may it in the end', 'a *132|-----', 'b ------+345', '> -132----45'),
  row('also where the other one hears of it later', 'a *2431---', 'b ----+243', '> -2431---'),
  row('and while two carry them', 'a *1-32-4---', 'b -+1--32-45', '> -1-32-4--5'),
  row('and while one waits', 'a *2----43--', 'b -+-435---6', '> -2----(435)--6'),
])('$title', ({ said, out }) => {
  expect(played(said)).toBe(out)
})

describe('what is in no sequence with the others comes as it is, and is told once, before', () => {
  test.each([
    row('of two files, the later one has lower numbers', 'a 567-8-9|', 'b ---1-2--3|', '> 567(!1)829-3-'),
    row('also where the first is not remembered', 'a 56789---', 'b -----123', '> 56789(!1)23'),
    row('it passes what the other said without a common event', 'a 1357---9', 'b ----468-', '> 1357-(!46)89'),
    row('it is gone before it had a common event', 'a 1357--9', 'b ----4|-', '> 1357-(!4)9'),
    row('or when what it said last has come', 'a 1357---9', 'b ----48|-', '> 1357---(!489)'),
    row('unless it is a connection: then it was late', 'a *1357---9', 'b ----+-4|-', '> -1357---9'),
    row('also where it was ahead, too', 'a *1357----9', 'b ----+48|--', '> -1357----(89)'),
    row('it is late for once', 'a *123-56-8-', 'b --+23--45678', '> -123-56(!4)8-7-'),
    row('from there on nothing waits', 'a 13-5-9-----', 'b --2-4--678---', '> 13(!2)549-678---'),
    row('until the others are gone', 'a 13-5|------', 'b --2-46---78', 'c ------+567-', '> 13(!2)546---78'),
  ])('$title', ({ said, out }) => {
    expect(played(said)).toBe(out)
  })
})

test('in words', () => {
  const { join, take, leave, reasons, arbiter } = arbiterOf()
  join('a.txt', undefined)
  take('a.txt', { id: 7 })
  join('b.txt', undefined)
  expect(take('b.txt', { id: 3 })).toEqual([{ id: 3 }])
  expect(take('b.txt', { id: 4 })).toEqual([{ id: 4 }])
  expect(arbiter.take(messageOf({ id: 7 }), undefined)).toHaveLength(1)
  expect(leave('a.txt')).toEqual([])
  expect(reasons).toEqual(["'b.txt' says 3, which no other had said when 7 came"])
})

test('a message without a source is of no connection, and is delivered as it comes', () => {
  const { say, reasons, arbiter } = arbiterOf()
  const unsourced = (id: number) => arbiter.take(messageOf({ id }), undefined).map(idOf)
  expect([unsourced(2), unsourced(1)]).toEqual([[2], [1]])
  expect(reasons).toEqual([])
  say('a', 5, 6)
  say('b', 6)
  expect([unsourced(6), unsourced(3), say('b', 7)]).toEqual([[6], [3], [7]])
  expect(reasons).toEqual(['a frame without a source, beside those of a, b'])
})

describe('what waits', () => {
  test('are at most 1,000 events of a source: with the next one it is waited for no more', () => {
    const { say, reasons } = arbiterOf()
    say('a', 1)
    expect(say('b', ...range(3, 1_001))).toEqual([])
    expect(say('b', 1_002)).toEqual(range(3, 1_002))
    expect(reasons).toHaveLength(1)
    expect([say('b', 1_003), say('a', 2)]).toEqual([[1_003], [2]])
  })

  test('and 1,000 of those that are gone', () => {
    const { say, leave } = arbiterOf()
    say('a', 1)
    say('b', ...range(3, 502))
    expect(leave('b')).toEqual([])
    say('c', ...range(503, 1_001))
    expect(leave('c')).toEqual([])
    say('d', 1_002)
    expect(leave('d')).toEqual(range(3, 1_002))
  })

  test('comes after five seconds, by when it came', () => {
    const { take, reasons } = arbiterOf()
    take('a', { id: 1 }, 0)
    expect(take('b', { id: 3 }, 1_000)).toEqual([])
    expect(take('b', { id: 4 }, 6_000)).toEqual([])
    expect(take('b', { id: 5 }, 6_001)).toEqual([{ id: 3 }, { id: 4 }, { id: 5 }])
    expect(reasons).toEqual([])
  })

  test('whoever speaks then', () => {
    const { take } = arbiterOf()
    take('a', { id: 1 }, 0)
    expect(take('b', { id: 9 }, 1_000)).toEqual([])
    expect(take('a', { id: 2 }, 6_000)).toEqual([{ id: 2 }])
    expect(take('a', { id: 3 }, 6_001)).toEqual([{ id: 3 }, { id: 9 }])
  })
})

test.each([
  ['a stream', { sequence: 'updateId' }],
  ['each symbol', { sequence: 'updateId', each: 'symbol' }],
])('how many messages of %s wait is known at any time', (_, row) => {
  const { take, leave, arbiter } = arbiterOf(row)
  const ticker = (symbol: string, updateId: number) => ({ symbol, updateId })
  const waiting = [arbiter.waiting()]
  const then = () => waiting.push(arbiter.waiting())
  take('old', ticker('BTCUSDT', 1))
  then()
  for (const updateId of [3, 4, 5]) take('new', ticker('BTCUSDT', updateId))
  then()
  take('old', ticker('BTCUSDT', 3))
  then()
  for (const updateId of [7, 8]) take('third', ticker('BTCUSDT', updateId))
  then()
  leave('old')
  then()
  leave('new')
  then()
  expect(waiting).toEqual([0, 0, 3, 0, 2, 2, 0])
})

describe('what a source may have said before it is remembered', () => {
  test('is presumed to be a repeat until it has caught up, however long that takes a connection', () => {
    const { say, reasons } = arbiterOf()
    say('a', ...range(1, 3_000))
    expect(say('b', ...range(1, 3_001))).toEqual([3_001])
    expect(reasons).toEqual([])
  })

  test('of a connection that never caught up, the last 1,000 are kept, for when it is left alone', () => {
    const { say, leave } = arbiterOf()
    say('a', ...range(1, 3_000))
    expect(say('b', ...range(1, 1_500))).toEqual([])
    expect(leave('a')).toEqual([])
    expect(say('b', 3_002)).toEqual([...range(502, 1_500), 3_002])
  })

  test('of a file, as long as that are 1,000 events', () => {
    const { join, say, reasons } = arbiterOf()
    join('a', undefined)
    say('a', ...range(1, 3_000))
    join('b', undefined)
    expect(say('b', ...range(1_001, 1_999))).toEqual([])
    expect(reasons).toEqual([])
    expect(say('b', 2_000)).toEqual(range(1_001, 2_000))
    expect(reasons).toHaveLength(1)
  })

  test('so is what a slow source still says, when more than 1,000 events were delivered since', () => {
    const { say, reasons } = arbiterOf()
    say('a', 1, 2)
    say('b', 2)
    say('b', ...range(3, 1_500))
    expect(say('a', ...range(3, 1_501))).toEqual([1_501])
    expect(reasons).toEqual([])
  })

  test('without times, for five seconds', () => {
    const { take, join, leave, reasons } = arbiterOf()
    for (const id of range(5_000, 5_003)) take('a', { id }, 0)
    leave('a')
    join('b', false)
    expect(take('b', { id: 5_000 }, 5_000)).toEqual([])
    expect(take('b', { id: 5_000.5 }, 5_001)).toEqual([{ id: 5_000 }, { id: 5_000.5 }])
    expect(take('b', { id: 5_000.7 }, 5_002)).toEqual([{ id: 5_000.7 }])
    expect(reasons).toHaveLength(1)
  })

  test('with times, for two seconds', () => {
    const { take, join, leave, reasons } = arbiterOf()
    for (const id of range(5_000, 5_003)) take('a', { id, eventTime: id }, 0)
    leave('a')
    join('b', false)
    expect(take('b', { id: 5_000.1, eventTime: 7_002 }, 100_000)).toEqual([])
    expect(take('b', { id: 5_000.2, eventTime: 7_003 }, 100_000)).toMatchObject([{ id: 5_000.1 }, { id: 5_000.2 }])
    expect(reasons).toHaveLength(1)
  })
})

describe('numbers that begin anew while two connections overlap', () => {
  test.each([
    ['with', 1],
    ['without', undefined],
  ])('come as they are, and once, %s times', (_, time) => {
    const { take, reasons } = arbiterOf()
    const at = (id: number, ms: number) => ({ id, ...(time !== undefined && { eventTime: ms }) })
    const story = [at(100, 1_000), at(1, 1_500), at(2, 3_000), at(3, 3_001), at(4, 9_000)]
    expect(story.flatMap((event) => ['a', 'b'].flatMap((source) => take(source, event)))).toEqual(story)
    expect(reasons).toEqual([])
  })

  test('while a process that was blocked, and reads late what was delivered, hears it once', () => {
    const { take, leave } = arbiterOf()
    take('a', { id: 100, eventTime: 1_000 })
    take('b', { id: 100, eventTime: 1_000 })
    expect(take('a', { id: 101, eventTime: 1_100 })).toHaveLength(1)
    leave('a')
    expect(take('b', { id: 101, eventTime: 1_100 }, 9_000)).toEqual([])
  })

  test('and one that the venue sends late, of before, comes where its connection said it', () => {
    const { take } = arbiterOf()
    const story = [
      { id: 1, eventTime: 1_500 },
      { id: 103, eventTime: 1_400 },
      { id: 2, eventTime: 2_000 },
      { id: 3, eventTime: 2_500 },
      { id: 4, eventTime: 3_500 },
    ]
    for (const id of range(96, 102)) take('a', { id, eventTime: (id - 101) * 1_000 })
    expect(story.slice(0, 3).flatMap((event) => take('b', event))).toEqual([])
    expect(story.slice(3).flatMap((event) => take('b', event))).toEqual(story)
  })

  test('and what a slow connection still says of before does not come again', () => {
    const { take } = arbiterOf()
    take('a', { id: 100, eventTime: 1_000 })
    take('b', { id: 100, eventTime: 1_000 })
    take('a', { id: 101, eventTime: 2_000 })
    expect(take('a', { id: 1, eventTime: 5_000 })).toHaveLength(1)
    expect(take('b', { id: 101, eventTime: 2_000 })).toEqual([])
    expect(take('b', { id: 1, eventTime: 5_000 })).toEqual([])
  })

  test('nor where events say no time, however late', () => {
    const { take } = arbiterOf()
    const ids = (source: string, receivedAt: number, ...all: readonly number[]) =>
      all.flatMap((id) => take(source, { id }, receivedAt))
    expect([...ids('a', 0, 1, 2, 3), ...ids('b', 10_000, 2, 3, 4), ...ids('a', 20_000, 3, 4, 5)]).toEqual(
      range(1, 5).map((id) => ({ id })),
    )
  })

  test('the only connection that is left is believed at once', () => {
    const { say, leave } = arbiterOf()
    say('a', 5_000)
    say('b', 5_000)
    leave('a')
    expect(say('b', ...range(1, 1_500))).toEqual(range(1, 1_500))
  })
})

describe('one that is left alone', () => {
  test('is believed again when it is past what the others said', () => {
    const { say, leave } = arbiterOf()
    say('a', 1, 2, 3)
    say('b', 3)
    say('a', 4)
    leave('a')
    expect([say('b', 4), say('b', 5), say('b', 5, 4, 1)]).toEqual([[], [5], [5, 4, 1]])
  })

  test('however its numbers are, after five seconds', () => {
    const { take, leave } = arbiterOf()
    take('a', { id: 9 }, 0)
    take('b', { id: 9 }, 10)
    leave('a')
    const same = (receivedAt: number) => [1, 2].map(() => take('b', { id: 1 }, receivedAt).length)
    expect([same(5_000), same(5_001)]).toEqual([
      [1, 0],
      [0, 0],
    ])
    take('b', { id: 2 }, 5_001)
    expect(same(5_002)).toEqual([1, 1])
  })
})

describe('events', () => {
  test('in a list go by the first one', () => {
    const { take } = arbiterOf()
    expect(take('a', [{ id: 1 }, { id: 7 }])).toHaveLength(1)
    expect(take('b', [{ id: 1 }, { id: 7 }])).toEqual([])
    expect(take('b', [{ id: 2 }])).toHaveLength(1)
    expect(take('c', [{ id: 4 }])).toEqual([])
  })

  test('of one number are two where they say different things', () => {
    const { take } = arbiterOf()
    const [open, closed] = [
      { id: 1, bar: { isClosed: false } },
      { id: 1, bar: { isClosed: true } },
    ]
    expect([open, closed].flatMap((event) => ['a', 'b'].flatMap((source) => take(source, event)))).toEqual([
      open,
      closed,
    ])
  })

  test('of one number come by their times, where these are apart', () => {
    const { take, reasons } = arbiterOf()
    const [early, late] = [2_000, 5_000].map((eventTime) => ({ id: 5, eventTime, name: eventTime }))
    take('a', { id: 1, eventTime: 1_000 })
    expect([take('b', early ?? {}), take('a', late ?? {}), reasons]).toEqual([[], [early, late], []])
  })

  test('are one where only their times differ, as those of two servers may', () => {
    const { take } = arbiterOf()
    expect(take('a', { id: 1, eventTime: 1 })).toHaveLength(1)
    expect(take('b', { id: 1, eventTime: 2 })).toEqual([])
  })

  test('that lack their number come once, and nothing waits for them', () => {
    const { take, reasons } = arbiterOf()
    const [empty, other]: readonly (readonly Event[])[] = [[], [{ name: 'other' }]]
    take('a', { id: 1 })
    expect([take('a', empty ?? []), take('b', empty ?? []), take('b', other ?? [])]).toEqual([[empty], [], [other]])
    expect([take('b', { id: 1 }), take('b', { id: 2 }), reasons]).toEqual([[], [{ id: 2 }], []])
  })
})

describe('a stream without a sequence', () => {
  const report = (orderId: number, eventTime = 0) => ({ orderId, eventTime })

  test('F12 an event is a repeat when another source has brought the same; two of one source are two', () => {
    const { take, alone, leave } = arbiterOf({})
    expect(alone('a')).toEqual([])
    expect([take('a', report(1)), take('a', report(1))]).toEqual([[report(1)], [report(1)]])
    expect(alone('a', 'b')).toEqual(['a'])
    expect([take('b', report(1)), take('b', report(2)), take('b', report(2))]).toEqual([[], [report(2)], [report(2)]])
    expect(take('a', report(2))).toEqual([])
    expect(alone('a', 'b')).toEqual([])
    expect(leave('a')).toEqual([])
    expect(alone('a', 'b')).toEqual(['b'])
  })

  test('the last 1,000 events are remembered, and more while others join', () => {
    const { take, reasons } = arbiterOf({})
    for (const orderId of range(0, 1_000)) take('a', report(orderId))
    expect(take('b', report(1))).toEqual([])
    expect(take('b', report(0))).toHaveLength(1)
    expect(take('c', report(1))).toHaveLength(1)
    expect(reasons).toEqual([])
  })

  test('times tell when the others have nothing to say any more', () => {
    const { take, leave } = arbiterOf({})
    take('a', report(1, 1_000))
    take('b', report(1, 1_000))
    take('a', report(2, 2_000))
    leave('a')
    expect(take('b', report(3, 4_000))).toHaveLength(1)
    expect(take('b', report(2, 2_000))).toEqual([])
    expect(take('b', report(4, 4_001))).toHaveLength(1)
    expect(take('b', report(2, 2_000))).toHaveLength(1)
  })
})

describe('a stream that carries several sequences', () => {
  const ticker = (symbol: string, updateId: number) => ({ symbol, updateId })
  const row = { sequence: 'updateId', each: 'symbol' }

  test('each has numbers of its own: none is lost, none comes twice, however long the overlap', () => {
    const { take, reasons } = arbiterOf(row)
    const all = range(0, 2_999).map((i) => ticker(i % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', 10_000 - (i % 2) * 9_000 + i))
    const say = (source: string, from: number, to: number) =>
      all.slice(from, to).flatMap((event) => take(source, event))
    expect(say('old', 0, 2_000)).toEqual(all.slice(0, 2_000))
    expect(say('new', 500, 3_000)).toEqual(all.slice(2_000))
    expect(say('old', 2_000, 3_000)).toEqual([])
    expect(reasons).toEqual([])
  })

  test('what waited for a source comes when it is gone', () => {
    const { take, alone, arbiter } = arbiterOf(row)
    take('old', ticker('BTCUSDT', 1))
    expect(alone('old')).toEqual(['old'])
    expect(take('new', ticker('BTCUSDT', 3))).toEqual([])
    expect(take('new', ticker('ETHUSDT', 3))).toEqual([])
    expect(arbiter.leave('old').map(eventOf)).toEqual([ticker('BTCUSDT', 3), ticker('ETHUSDT', 3)])
  })

  test('after the end of all, each begins anew', () => {
    const { take, leave } = arbiterOf(row)
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) take('old', ticker(symbol, 9))
    leave('old')
    // Opened after all others were gone, it repeats nothing: the same number is another event.
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) expect(take('new', ticker(symbol, 9))).toHaveLength(1)
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) expect(take('new', ticker(symbol, 1))).toHaveLength(1)
  })

  test('more than 10,000 of them share one, and lose nothing', () => {
    const { take, reasons } = arbiterOf(row)
    for (const i of range(1, 10_000)) take('a', ticker(String(i), 5))
    take('a', ticker('10001', 5))
    take('a', ticker('10002', 9))
    const [own, common] = [ticker('10000', 7), ticker('10001', 7)]
    expect([take('b', ticker('10001', 5)), take('b', own), reasons]).toEqual([[], [], []])
    expect([take('b', common), reasons.length]).toEqual([[common], 1])
  })

  test('other streams do not, whatever their fields are called', () => {
    const { take } = arbiterOf()
    const [one, two] = [1, 2].map((id) => ({ id, undefined: id }))
    expect([take('a', one ?? {}), take('b', one ?? {}), take('b', two ?? {})]).toEqual([[one], [], [two]])
  })
})

describe('who carries the stream alone', () => {
  test('is the one that no other is known to carry it like', () => {
    const { say, leave, alone } = arbiterOf()
    expect(alone('a')).toEqual([])
    say('a', 1)
    expect(alone('a', 'b')).toEqual(['a'])
    say('b', 3)
    expect(alone('a', 'b')).toEqual(['a'])
    say('b', 4)
    say('a', 2, 3)
    expect(alone('a', 'b')).toEqual([])
    leave('a')
    expect(alone('a', 'b')).toEqual(['b'])
    leave('b')
    expect(alone('a', 'b')).toEqual([])
  })

  test('nobody, while two carry what has said nothing yet', () => {
    const { join, alone, leave } = arbiterOf()
    join('a', true)
    expect(alone('a')).toEqual(['a'])
    join('b', false)
    expect(alone('a', 'b')).toEqual([])
    leave('a')
    expect(alone('a', 'b')).toEqual(['b'])
  })

  test('the one that spoke, while the other has only joined', () => {
    const { join, alone, say } = arbiterOf()
    say('a', 1)
    join('b', false)
    expect(alone('a', 'b')).toEqual(['a'])
    say('a', 2)
    expect(alone('a', 'b')).toEqual(['a'])
  })
})

describe('what an arbiter keeps', () => {
  const row = { sequence: 'updateId', each: 'symbol' }
  /** Three events for each value that is told apart, and three for all others. */
  const kept = (...symbols: readonly unknown[]) => {
    const { arbiter, take } = arbiterOf(row)
    symbols.forEach((symbol, updateId) => take('a', { symbol, updateId }))
    return arbiter.capacity()
  }

  test.each<readonly [symbols: readonly unknown[], capacity: number]>([
    [['BTCUSDT', 'ETHUSDT', 'BTCUSDT'], 9],
    [['x'.repeat(LONGEST_NAME), 'y'.repeat(LONGEST_NAME)], 9],
    [['x'.repeat(LONGEST_NAME + 1), 'BTCUSDT'], 6],
    [[1, 2, 1, undefined], 12],
  ])('F69 of %j', (symbols, capacity) => expect(kept(...symbols)).toBe(capacity))

  test('an event that is no object has no value to be told apart by', () => {
    const { arbiter } = arbiterOf(row)
    arbiter.join('a', true)
    const message = { ...messageOf({}), event: null } as unknown as Message
    expect(arbiter.take(message, 'a')).toEqual([message])
  })

  test('only where all is numbered together, what the only source says needs no arbiter', () => {
    expect(createArbiter({ sequence: 'id' }, () => undefined, JSON.parse).lane).toBeDefined()
    expect(createArbiter(row, () => undefined, JSON.parse).lane).toBeUndefined()
  })

  test.each([
    ['the stream', { sequence: 'updateId' }],
    ['each symbol', row],
  ])('F69 what waits is not let go with what was delivered, of %s', (_, one) => {
    const { take, arbiter } = arbiterOf(one)
    const [said, waits] = [1, 3].map((updateId) => ({ symbol: 'BTCUSDT', updateId }))
    take('old', said ?? {})
    expect(take('new', waits ?? {})).toEqual([])
    arbiter.forget()
    expect(arbiter.leave('old').map(eventOf)).toEqual([waits])
  })

  test('takes the place of what is oldest, and makes nothing for it', () => {
    const { lane } = createArbiter({ sequence: 'id' }, () => undefined, JSON.parse)
    if (lane === undefined) throw new Error('expected the only lane')
    for (const id of [1, 2, 3]) keep(lane, { event: id, receivedAt: id })
    const [oldest] = lane.recent
    keep(lane, { event: 4, receivedAt: 4 })
    expect(lane.recent).toEqual([4, 2, 3].map((id) => ({ event: id, receivedAt: id })))
    expect(lane.recent[0]).toBe(oldest)
  })

  test('the text of a frame is read when another source may repeat it', () => {
    const { arbiter, say } = arbiterOf()
    say('a', 1)
    if (arbiter.lane === undefined) throw new Error('expected the only lane')
    for (const id of [2, 3]) keep(arbiter.lane, { text: JSON.stringify({ id }), receivedAt: 0 })
    expect(say('b', 2, 3)).toEqual([])
    expect(say('a', 4)).toEqual([4])
    expect(say('b', 4, 5)).toEqual([5])
  })
})
