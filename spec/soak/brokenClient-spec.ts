import { filter, mergeMap, Subject } from 'rxjs'
import type { Transport } from '../../lib/communicators/websocket/transport/Transport.js'
import { parse } from '../../lib/parser/parse.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import type { VenueWithBooks } from '../../lib/venues/Venue.js'
import { runVirtual } from '../../scripts/soak/runVirtual.js'
import { soakedClient, type Surroundings } from '../../scripts/soak/soakedClient.js'

/** What is found of a client that is broken in one way, over a few seeds at most. */
const foundOf = async (
  breaking: (around: Surroundings) => Surroundings,
  venue: VenueWithBooks = asterSpot,
  patience = 10_000,
) => {
  const rules = new Set<string>()
  for (let seed = 1; seed <= 6 && rules.size === 0; seed++) {
    const client = (around: Surroundings) => soakedClient(breaking(around))
    const { findings } = await runVirtual({ seed, venue, client, length: 15_000, patience })
    for (const { rule } of findings) rules.add(rule)
  }
  return [...rules]
}

const deliveredAs =
  (change: (around: Surroundings) => NonNullable<Surroundings['delivered']>) => (around: Surroundings) => ({
    ...around,
    delivered: change(around),
  })

const transportAs = (change: (transport: Transport) => Transport) => (around: Surroundings) => ({
  ...around,
  transport: change(around.transport),
})

test('as it is, nothing is found', async () => {
  expect(await foundOf((around) => around, asterSpot, 60_000)).toEqual([])
})

test('without its de-duplication, events come twice', async () => {
  const raw = deliveredAs(({ venue }) => {
    const read = parse(venue)
    return ({ signal$ }) =>
      signal$.pipe(
        mergeMap((signal) => {
          const parsed = signal._tag === 'Frame' ? read(signal) : undefined
          return parsed?._tag === 'Right' && 'kind' in parsed.right ? [parsed.right] : []
        }),
      )
  })
  expect(await foundOf(raw, asterFutures)).toContain('doubled')
})

test('without its check for gaps, a book is not the venue’s', async () => {
  const { depthRule } = asterFutures
  const lax = { ...asterFutures, depthRule: { ...depthRule, next: () => true } }
  expect(await foundOf((around) => around, lax)).toContain('book')
})

test('losing one event of a hundred', async () => {
  const lossy = deliveredAs(() => {
    let count = 0
    return ({ message$ }) => message$.pipe(filter(() => (count += 1) % 100 !== 0))
  })
  expect(await foundOf(lossy)).toContain('withheld')
})

test('losing one frame of a hundred', async () => {
  let count = 0
  const lossy = transportAs((transport) => (url) => {
    const socket = transport(url)
    return { ...socket, event$: socket.event$.pipe(filter(({ _tag }) => _tag !== 'Text' || (count += 1) % 100 !== 0)) }
  })
  expect(await foundOf(lossy)).toContain('frame')
})

test('exchanging two events', async () => {
  const swapping = deliveredAs(() => ({ message$ }) => {
    const swapped$ = new Subject<{ readonly kind: string; readonly stream: string; readonly event: unknown }>()
    let kept: Parameters<typeof swapped$.next>[0] | undefined
    let count = 0
    message$.subscribe((message) => {
      if (kept !== undefined && kept.stream !== message.stream) return swapped$.next(message)
      if (kept === undefined && (count += 1) % 100 === 0) {
        kept = message
        return
      }
      swapped$.next(message)
      if (kept !== undefined) swapped$.next(kept)
      kept = undefined
    })
    return swapped$
  })
  expect(await foundOf(swapping)).toContain('disordered')
})

test('asking too often', async () => {
  const eager = transportAs((transport) => (url) => {
    const socket = transport(url)
    return {
      ...socket,
      send: (message) => {
        for (let i = 0; i < 6; i++) socket.send(message)
      },
    }
  })
  expect(await foundOf(eager)).toContain('rate')
})

test('leaving a timer behind', async () => {
  const forgetful = (around: Surroundings) => {
    around.scheduler?.schedule(() => undefined, 1e9)
    return around
  }
  expect(await foundOf(forgetful)).toContain('remains')
})

test('never coming back', async () => {
  let sockets = 0
  const silent = transportAs(
    (transport) => (url) => ((sockets += 1) < 4 ? transport(url) : { event$: new Subject(), send: () => undefined }),
  )
  expect(await foundOf(silent)).toContain('recovery')
})
