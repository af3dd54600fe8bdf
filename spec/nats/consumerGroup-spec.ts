import { setImmediate } from 'node:timers/promises'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import {
  filter,
  firstValueFrom,
  from,
  lastValueFrom,
  mergeMap,
  Subject,
  Subscription,
  takeWhile,
  tap,
  toArray,
} from 'rxjs'
import { bodyOf, headersOf } from '../../lib/nats/brokerMessage.js'
import { consumerGroup } from '../../lib/nats/consumerGroup.js'
import type { ConsumerGroupConfig, Partition } from '../../lib/nats/ConsumerGroupConfig.js'
import { publishSignals } from '../../lib/nats/publishSignals.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'
import { withServer, type NatsServer } from './natsServer.js'
import { idIn, tradeFrame } from './trades.js'

const SYMBOLS = Array.from({ length: 12 }, (_, i) => `s${i}usdt`)

/** A feed with an id for each trade, over several symbols in turn. */
const startFeed = async (server: NatsServer) => {
  const signal$ = new Subject<Signal>()
  const ready$ = new Subject<void>()
  const stored = lastValueFrom(
    signal$.pipe(
      publishSignals(await server.connection(), { venue, ackWait: 500 }),
      tap(({ _tag }) => (_tag === 'BrokerConnected' ? ready$.next() : undefined)),
    ),
  )
  await firstValueFrom(ready$)
  let last = 0
  return {
    send: async (count: number) => {
      for (const end = last + count; last < end;) {
        const symbol = SYMBOLS[last % SYMBOLS.length] ?? ''
        signal$.next(tradeFrame(++last, symbol))
        if (last % 50 === 0) await setImmediate()
      }
    },
    end: () => {
      signal$.complete()
      return stored
    },
  }
}

interface Handled {
  readonly id: number
  readonly symbol: string
  readonly sequence: number
  readonly member: string
  readonly partition: number
  readonly epoch: number
}

/** What all members did, in the order in which it was done. */
const startGroup = (server: NatsServer, settings: Partial<ConsumerGroupConfig> = {}) => {
  const handled: Handled[] = []
  const handled$ = new Subject<Handled>()
  handled$.subscribe((one) => handled.push(one))
  const owners = new Map<number, string>()
  const changed$ = new Subject<void>()

  const join = async (member: string, isDone: (one: Handled, done: () => void) => boolean = () => true) => {
    const connection = await server.connection()
    const work = new Subscription()
    const handle = ({ index, epoch, delivery$, done }: Partition) => {
      owners.set(index, member)
      changed$.next()
      return delivery$.pipe(
        filter(({ signal }) => signal._tag === 'Frame'),
        tap(({ signal, sequence }) => {
          const text = signal._tag === 'Frame' ? signal.text : ''
          const symbol = /"stream":"(\w+)@/.exec(text)?.[1] ?? ''
          const one = { id: idIn(text), symbol, sequence, member, partition: index, epoch }
          handled$.next(one)
          if (isDone(one, () => done(sequence))) done(sequence)
        }),
      )
    }
    const group$ = consumerGroup(connection, {
      ...{
        venue,
        name: 'bars',
        partitions: 6,
        member,
        from: { sequence: 1 },
        timeToLive: 900,
        every: 90,
        patience: 1_000,
      },
      ...settings,
    })
    work.add(group$.pipe(mergeMap(handle)).subscribe({ error: () => undefined }))
    return { leave: () => work.unsubscribe(), die: () => connection.close() }
  }
  const distinct = () => new Set(handled.map(({ id }) => id)).size
  return {
    handled,
    join,
    count: (count: number) =>
      distinct() >= count ? Promise.resolve() : firstValueFrom(handled$.pipe(filter(() => distinct() >= count))),
    /** Each partition is this many members', each with its share. */
    shared: (members: readonly string[]) => {
      const isShared = () => owners.size === 6 && members.every((one) => [...owners.values()].includes(one))
      return isShared() ? Promise.resolve() : firstValueFrom(changed$.pipe(filter(isShared)))
    },
  }
}

/** All ids came, those of a symbol in order but where a later owner begins again, and never by an older epoch. */
const expectAll = (handled: readonly Handled[], count: number) => {
  expect([...new Set(handled.map(({ id }) => id))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: count }, (_, i) => i + 1),
  )
  for (const symbol of SYMBOLS) {
    const own = handled.filter((one) => one.symbol === symbol)
    expect(new Set(own.map(({ partition }) => partition)).size).toBe(1)
    own.forEach((one, i) => {
      const before = own[i - 1]
      if (before === undefined) return
      expect(one.epoch).toBeGreaterThanOrEqual(before.epoch)
      if (one.epoch === before.epoch) expect(one.sequence).toBeGreaterThan(before.sequence)
    })
  }
}

withServer('a group of consumers', (server) => {
  test('of one handles all, in order', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server)
    const a = await group.join('a')
    await feed.send(600)
    await group.count(600)
    expect(group.handled).toHaveLength(600)
    expectAll(group.handled, 600)
    a.leave()
    await feed.end()
  })

  test('shares the work when a member joins, and takes it over when one leaves: each message once', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server)
    const a = await group.join('a')
    await feed.send(600)
    await group.count(600)
    const b = await group.join('b')
    await group.shared(['a', 'b'])
    await feed.send(600)
    await group.count(1_200)
    expect(new Set(group.handled.slice(600).map(({ member }) => member))).toEqual(new Set(['a', 'b']))
    a.leave()
    await feed.send(600)
    await group.count(1_800)
    expect(group.handled).toHaveLength(1_800)
    expectAll(group.handled, 1_800)
    b.leave()
    await feed.end()
  })

  test('replaces a member that dies: nothing is missing, and what comes again has the same sequence', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server)
    const a = await group.join('a')
    const b = await group.join('b')
    await group.shared(['a', 'b'])
    await feed.send(600)
    await group.count(600)
    await a.die()
    await feed.send(600)
    await group.count(1_200)
    expectAll(group.handled, 1_200)
    const bySequence = new Map(group.handled.map(({ sequence, id }) => [sequence, id]))
    for (const { sequence, id } of group.handled) expect(bySequence.get(sequence)).toBe(id)
    expect(bySequence.size).toBe(1_200)
    b.leave()
    await feed.end()
  })

  test('delivers again what was given and not done', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server, { partitions: 1 })
    const a = await group.join('a', ({ id }) => id <= 100)
    await feed.send(150)
    await group.count(150)
    a.leave()
    const b = await group.join('b')
    await feed.send(10)
    await group.count(160)
    expect(group.handled.slice(150).map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, i) => 101 + i))
    b.leave()
    await feed.end()
  })

  test('reads no further than its window while nothing is done', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server, { partitions: 1, window: 40 })
    let isBusy = true
    let finish: () => void = () => undefined
    const a = await group.join('a', (_, done) => {
      finish = done
      return !isBusy
    })
    await feed.send(600)
    await feed.end()
    await group.count(30)
    expect(group.handled.length).toBeLessThanOrEqual(40)
    isBusy = false
    finish()
    await group.count(600)
    expect(group.handled).toHaveLength(600)
    a.leave()
  })

  test('goes on through SIGKILL of the server', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server)
    const a = await group.join('a')
    const b = await group.join('b')
    await group.shared(['a', 'b'])
    await feed.send(600)
    await server.kill('SIGKILL')
    await feed.send(600)
    await server.start()
    await feed.send(600)
    await group.count(1_800)
    expectAll(group.handled, 1_800)
    for (const one of [a, b]) one.leave()
    await feed.end()
  })

  /** What comes of the only partition of a group, until the trade with this id. */
  const all = async (last: number) => {
    const group$ = consumerGroup(await server.connection(), {
      ...{ venue, name: 'bars', partitions: 1, from: { sequence: 1 } },
    })
    return firstValueFrom(
      group$.pipe(
        mergeMap(({ delivery$ }) => delivery$),
        takeWhile(({ signal }) => signal._tag !== 'Frame' || idIn(signal.text) !== last, true),
        toArray(),
      ),
    )
  }

  test('is told what was removed before it was read', async () => {
    const signal$ = from(Array.from({ length: 10 }, (_, i) => tradeFrame(i + 1)))
    await lastValueFrom(signal$.pipe(publishSignals(await server.connection(), { venue, stream: { maxMessages: 5 } })))
    const deliveries = await all(10)
    // Behind a heading, trade 5 is message 6.
    expect(deliveries[0]).toMatchObject({ sequence: 7, signal: { _tag: 'BrokerGap', from: 1, to: 6 } })
    expect(deliveries.slice(1).map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10, 11])
  })

  test('takes what others have in the same stream for no gap', async () => {
    const connection = await server.connection()
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'md-asterFutures', subjects: ['md.>'] })
    for (const id of [1, 2, 3]) {
      const trade = tradeFrame(id)
      await jetstream(connection).publish('md.another.btcusdt', 'theirs')
      await jetstream(connection).publish('md.asterFutures.btcusdt.trade', bodyOf(trade), {
        headers: headersOf(trade, `${id}`),
      })
    }
    const deliveries = await all(3)
    expect(deliveries.map(({ sequence, signal }) => [sequence, signal._tag])).toEqual([
      ...[2, 4, 6].map((sequence) => [sequence, 'Frame']),
    ])
  })

  test('with another number of partitions is an error', async () => {
    const feed = await startFeed(server)
    const group = startGroup(server)
    const a = await group.join('a')
    await group.shared(['a'])
    const other = consumerGroup(await server.connection(), { venue, name: 'bars', partitions: 7 })
    await expect(firstValueFrom(other)).rejects.toThrow("'bars.members' has 6 partitions, came 7")
    a.leave()
    await feed.end()
  })
})
