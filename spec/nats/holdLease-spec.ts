import { filter, firstValueFrom, ReplaySubject, type Observable } from 'rxjs'
import { holdLease, type Lease } from '../../lib/nats/holdLease.js'
import { withServer } from './natsServer.js'

const quick = { name: 'connector', timeToLive: 600, every: 60 }

const heard = (lease$: Observable<Lease>) => {
  const said$ = new ReplaySubject<Lease>(Infinity)
  const subscription = lease$.subscribe(said$)
  const nextHeld = () => firstValueFrom(said$.pipe(filter(({ _tag }) => _tag === 'Held')))
  return { said$, subscription, nextHeld }
}
const epochOf = (lease: Lease): number => (lease._tag === 'Held' ? lease.epoch : 0)

withServer('a lease', (server) => {
  test('one has it; given back, the next has it at once, with a higher epoch', async () => {
    const first = heard(holdLease(await server.connection(), { ...quick, holder: 'a' }))
    const { epoch } = { epoch: epochOf(await first.nextHeld()) }
    const second = heard(holdLease(await server.connection(), { ...quick, timeToLive: 600_000, holder: 'b' }))
    expect(await firstValueFrom(second.said$)).toEqual({ _tag: 'Waiting', holder: 'a' })
    first.subscription.unsubscribe()
    expect(epochOf(await second.nextHeld())).toBeGreaterThan(epoch)
    second.subscription.unsubscribe()
  })

  test('a holder whose connection is gone is replaced, and knows before that its time is over', async () => {
    const connection = await server.connection()
    const first = heard(holdLease(connection, { ...quick, holder: 'a' }))
    await first.nextHeld()
    const second = heard(holdLease(await server.connection(), { ...quick, holder: 'b' }))
    await firstValueFrom(second.said$)
    const order: string[] = []
    first.said$.pipe(filter(({ _tag }) => _tag === 'Waiting')).subscribe(() => order.push('a waits'))
    await connection.close()
    await second.nextHeld()
    expect(order).toEqual(['a waits'])
    for (const { subscription } of [first, second]) subscription.unsubscribe()
  })

  test('while the server is away nobody has it; afterwards one does, with a higher epoch', async () => {
    const both = [
      heard(holdLease(await server.connection(), { ...quick, holder: 'a' })),
      heard(holdLease(await server.connection(), { ...quick, holder: 'b' })),
    ]
    const held = await Promise.race(both.map(({ nextHeld }) => nextHeld()))
    const lost = Promise.race(
      both.map(({ said$ }) => firstValueFrom(said$.pipe(filter(({ _tag }, i) => _tag === 'Waiting' && i > 0)))),
    )
    await server.kill('SIGKILL')
    await lost
    const again = Promise.race(
      both.map(({ said$ }) => firstValueFrom(said$.pipe(filter((one) => epochOf(one) > epochOf(held))))),
    )
    await server.start()
    expect(epochOf(await again)).toBeGreaterThan(epochOf(held))
    for (const { subscription } of both) subscription.unsubscribe()
  })

  test('two names are two leases', async () => {
    const connection = await server.connection()
    const both = [heard(holdLease(connection, quick)), heard(holdLease(connection, { ...quick, name: 'other' }))]
    await Promise.all(both.map(({ nextHeld }) => nextHeld()))
    for (const { subscription } of both) subscription.unsubscribe()
  })
})

test.each([[{}], [{ name: 'a b' }], [{ name: '.a' }], [{ name: 'a', bucket: 'a.b' }]])(
  '%j is no config of a lease',
  (config) => {
    const wrong = () =>
      void Reflect.apply(holdLease, undefined, [{ publish() {}, subscribe() {}, status() {} }, config])
    expect(wrong).toThrow(
      new TypeError(
        "holdLease: expected a config { name }, as { name: 'connector' }, came an object { " +
          Object.keys(config).join(', ') +
          ' }',
      ),
    )
  },
)
