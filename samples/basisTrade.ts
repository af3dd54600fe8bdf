import {
  accountCommunicator,
  asterFutures,
  binanceSpot,
  createClient,
  createRest,
  hmacSigner,
  mergeCommunicators,
  mid,
  orders,
  websocketCommunicator,
  type Venue,
} from 'aster-rx'
import { seeded, simulateTogether, type Simulation } from 'aster-rx/simulation'
import { auditTime, combineLatest, EMPTY, exhaustMap, forkJoin, map, take } from 'rxjs'

const account = { apiKey: 'key', secret: 'secret' }
const accounts = [account]
const folder = 'samples/recordings'
const [spotVenue, perpetualVenue] = simulateTogether([
  { venue: binanceSpot, accounts, latency: 5, recording: { files: `${folder}/binanceSpot-btcusdt.txt.gz` } },
  { venue: asterFutures, accounts, latency: 20, recording: { files: `${folder}/asterFutures-btcusdt.txt.gz` } },
])

// Live, these are left out: sockets, fetch, time and chance are then the real ones.
const random = seeded(1)
const reached = (venue: Venue, { transport, fetch, scheduler }: Simulation) => {
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const market = websocketCommunicator(venue, config)
  return { scheduler, communicator: mergeCommunicators(market, accountCommunicator(venue, account, config)) }
}
const asked = (venue: Venue, { fetch, scheduler }: Simulation) => ({
  ...{ fetch, scheduler, random, signer: hmacSigner({ venue, ...account }) },
})

const spot = createClient({ venue: binanceSpot, ...reached(binanceSpot, spotVenue) })
const perpetual = createClient({ venue: asterFutures, ...reached(asterFutures, perpetualVenue) })
const spotOrders = orders(createRest({ venue: binanceSpot, ...asked(binanceSpot, spotVenue) }), {
  client: spot,
  random,
})
const perpetualOrders = orders(createRest({ venue: asterFutures, ...asked(asterFutures, perpetualVenue) }), {
  ...{ client: perpetual, random },
})

// What is dearer is sold, and as much of the other bought, where they are more than a dollar apart; ten times at most.
const order = { symbol: 'BTCUSDT', orderType: 'MARKET', quantity: '0.010' } as const
combineLatest([spot.book('BTCUSDT').pipe(mid()), perpetual.book('BTCUSDT').pipe(mid())])
  .pipe(
    map(([one, other]) => Number(other?.mid) - Number(one?.mid)),
    auditTime(1_000, spot.scheduler),
    exhaustMap((basis) =>
      Math.abs(basis) > 1
        ? forkJoin([
            spotOrders.place({ ...order, side: basis > 0 ? 'BUY' : 'SELL' }),
            perpetualOrders.place({ ...order, side: basis > 0 ? 'SELL' : 'BUY' }),
          ]).pipe(map((results) => [basis.toFixed(2), ...results.map(({ _tag }) => _tag)].join(' ')))
        : EMPTY,
    ),
    take(10),
  )
  .subscribe((said) => console.log(new Date(spot.scheduler.now()).toISOString(), said))

const connections = [spot.connect(), perpetual.connect()]
await spotVenue.finish()
for (const { asset, free } of spotVenue.controls.account().balances()) console.log('spot', asset, free)
for (const { asset, free } of perpetualVenue.controls.account().balances()) console.log('perpetual', asset, free)
for (const { symbol, amount } of perpetualVenue.controls.account().positions()) console.log('perpetual', symbol, amount)
for (const connection of connections) connection.unsubscribe()
await Promise.all([spotVenue.close(), perpetualVenue.close()])
