import { BehaviorSubject, filter, finalize, firstValueFrom, merge, startWith } from 'rxjs'
import type { Socket, Transport } from '../../../lib/communicators/websocket/transport/Transport.js'
import type { WebsocketConfig } from '../../../lib/communicators/websocket/websocketConfig.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { wsTransport } from '../../../lib/communicators/websocket/transport/wsTransport.js'
import type { Signal } from '../../../lib/Signal.js'
import {
  simulate,
  startVenue,
  type SimulatedVenue,
  type RequestFault,
  type UpgradeFault,
} from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { loopTime } from '../../helpers/loopTime.js'
import { fc } from '../../property.js'

const names = [
  'a@trade',
  'b@trade',
  'c@trade',
  'd@depth',
  'e@depth',
  'f@kline_1m',
  'g@kline_1m',
  '!ticker@arr',
  'h@ticker',
]

/** Small, so that a few streams need several connections, and several requests. */
const small = (venue: Venue): Venue => ({
  ...venue,
  limits: { ...venue.limits, streamsPerConnection: 4, namesPerRequest: 2 },
})
const venues = { asterSpot: small(asterSpot), asterFutures: small(asterFutures), binanceSpot: small(binanceSpot) }
const anyVenue = fc.constantFrom(...(['asterSpot', 'asterFutures', 'binanceSpot'] as const))

type Step =
  | { readonly _tag: 'want'; readonly names: readonly string[] }
  | { readonly _tag: 'pass'; readonly ms: number }
  | { readonly _tag: 'disconnect'; readonly code: number }
  | { readonly _tag: 'request'; readonly fault: RequestFault }
  | { readonly _tag: 'upgrade'; readonly fault: UpgradeFault }
  | { readonly _tag: 'silence' }

const refuse = (shape: 'bare' | 'numbered' | 'wrapped') =>
  ({ _tag: 'refuse', code: 2, msg: 'Invalid request', shape }) as const

const wanting = fc.record({ _tag: fc.constant('want' as const), names: fc.subarray(names) })
const passing = fc.record({ _tag: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 3_000 }) })

const anyStep = (late: number): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 5, arbitrary: wanting },
    { weight: 5, arbitrary: passing },
    fc.record({ _tag: fc.constant('disconnect' as const), code: fc.constantFrom(1000, 1001, 1006, 1011) }),
    fc.record({
      _tag: fc.constant('request' as const),
      fault: fc.constantFrom<RequestFault[]>(
        { _tag: 'ignore' },
        { _tag: 'late', delay: late },
        refuse('bare'),
        refuse('numbered'),
        refuse('wrapped'),
      ),
    }),
    fc.record({
      _tag: fc.constant('upgrade' as const),
      fault: fc.constantFrom<UpgradeFault[]>({ _tag: 'reset' }, { _tag: 'refuse', status: 503 }),
    }),
    fc.constant({ _tag: 'silence' } as const),
  )

/** A communicator on a venue, with what is wanted of it, and what the venue refused. */
const participant = (venue: Venue, { addresses, controls }: SimulatedVenue, config: WebsocketConfig) => {
  const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set())
  const sockets = new Set<Socket>()
  const lists: unknown[] = []
  let refused = new Set<string>()
  const { transport: carry = wsTransport() } = config
  const transport: Transport = (url) => {
    const { event$, send } = carry(url)
    const socket = { event$: event$.pipe(finalize(() => sockets.delete(socket))), send }
    sockets.add(socket)
    return socket
  }
  const communicator = websocketCommunicator(venue, {
    ...{ inactivity: Infinity, silence: Infinity, ...config, transport },
    endpoint: addresses.websocket,
  })
  const signal$ = new BehaviorSubject<Signal | undefined>(undefined)
  const subscription = communicator(wanted$).subscribe((signal) => {
    if (signal._tag === 'Rejected') refused.add(signal.stream)
    const listed = signal._tag === 'Frame' ? /^\{"result":(\[.*\]),"id":987654321\}$/.exec(signal.text)?.[1] : undefined
    if (listed !== undefined) lists.push(JSON.parse(listed))
    signal$.next(signal)
  })
  return {
    signal$,
    subscription,
    lists,
    want: (wanted: readonly string[]) => {
      refused = new Set([...refused].filter((name) => wanted.includes(name)))
      wanted$.next(new Set(wanted))
    },
    /** What the venue should send. */
    expected: () => [...wanted$.value].filter((name) => !refused.has(name)).sort(),
    /** What it sends, a name as often as it is carried. */
    carried: () =>
      controls
        .connections()
        .flatMap((connection) => [...controls.subscriptions(connection)])
        .sort(),
    /** Asks for the venue's own list on one connection after the other, again where something still goes wrong. */
    ask: async (answered: () => Promise<unknown>) => {
      for (const { send } of sockets)
        for (const before = lists.length; lists.length === before; await answered())
          send({ _tag: 'Text', text: '{"method":"LIST_SUBSCRIPTIONS","id":987654321}' })
    },
  }
}

type Participant = ReturnType<typeof participant>

const act = (step: Exclude<Step, { readonly _tag: 'pass' }>, { want }: Participant, { controls }: SimulatedVenue) => {
  const [connection] = controls.connections().slice(-1)
  if (step._tag === 'want') want(step.names)
  else if (step._tag === 'request') controls.failRequests(step.fault)
  else if (step._tag === 'upgrade') controls.failUpgrades(step.fault)
  else if (connection !== undefined) {
    if (step._tag === 'silence') controls.goSilent(connection)
    else controls.disconnect(step.code, '', connection)
  }
}

describe('F18 whatever is wanted in whatever order, and whatever goes wrong, the venue’s list ends as ours', () => {
  test('in virtual time, thousands of times', async () => {
    const steps = fc.array(anyStep(12_000), { minLength: 1, maxLength: 25 })
    const property = fc.asyncProperty(anyVenue, steps, async (name, story) => {
      const venue = venues[name]
      const simulated = simulate({ venue, replay: [], latency: 20, remember: 10_000 })
      const { transport, scheduler, pass } = simulated
      const client = participant(venue, simulated, { transport, scheduler, random: () => 0.5 })
      for (const step of story)
        if (step._tag === 'pass') await pass(step.ms)
        else act(step, client, simulated)
      await pass(200_000)
      expect(client.carried()).toEqual(client.expected())
      await client.ask(() => pass(13_000))
      expect(client.lists.flat().sort()).toEqual(client.expected())
      const log = simulated.controls.log()
      expect(log.filter((entry) => entry.type === 'closed' && entry.code === 1008)).toEqual([])
      client.subscription.unsubscribe()
      await pass(100)
      expect([simulated.openSockets(), simulated.controls.connections()]).toEqual([0, []])
      await simulated.close()
      expect(simulated.due()).toBeUndefined()
    })
    const runs = process.env['WANTED_RUNS']
    await fc.assert(property, runs === undefined ? { numRuns: 2_000, seed: 20_260_101 } : { numRuns: Number(runs) })
  })

  test('over real sockets, dozens of times', async () => {
    // A silent venue does not read that we have left, and its list would stay.
    const heard = anyStep(100).filter(({ _tag }) => _tag !== 'silence')
    const steps = fc.array(heard, { minLength: 1, maxLength: 12 })
    const property = fc.asyncProperty(anyVenue, steps, async (name, story) => {
      const venue = venues[name]
      const time = loopTime()
      const { scheduler, isWaiting } = time.clock()
      const simulated = await startVenue({ venue, replay: [], scheduler: time.clock().scheduler })
      const { controls, close } = simulated
      const client = participant(venue, simulated, {
        ...{ collect: 1, acknowledgeTimeout: 150, connectTimeout: 500, pingEvery: 100 },
        ...{ reconnect: { delay: 5, maxDelay: 20 }, scheduler },
      })
      // What passes is a turn of the loop: nothing waits for a time.
      for (const step of story)
        if (step._tag === 'pass') await new Promise((resolve) => setImmediate(resolve))
        else act(step, client, simulated)
      const isSame = () => client.carried().join() === client.expected().join()
      const change$ = merge(controls.log$, client.signal$).pipe(startWith(undefined))
      await firstValueFrom(change$.pipe(filter(isSame)))
      expect(client.carried()).toEqual(client.expected())
      client.subscription.unsubscribe()
      expect(isWaiting()).toBe(false)
      await close()
    })
    await fc.assert(property, { numRuns: 40, seed: 20_260_101 })
  })
})
