import { auditTime, combineLatest, map } from 'rxjs'
import { asterFutures, binanceSpot, createClient, replayTogether } from 'aster-rx'

const [spotFiles, perpetualFiles] = replayTogether([
  { files: 'samples/recordings/BTCUSDT-aggTrades-2024-08-09.zip' },
  { files: 'samples/recordings/asterFutures-btcusdt.txt.gz' },
])
const spot = createClient({ venue: binanceSpot, communicator: spotFiles })
const perpetual = createClient({ venue: asterFutures, communicator: perpetualFiles })

spot.status$.subscribe((status) => {
  if (status._tag === 'FileFormat') console.log(`${status.format} without ${status.lacks}`)
})
combineLatest([spot.aggTrade$, perpetual.bookTicker$])
  .pipe(
    map(([{ price }, { bidPrice }]) => Number(bidPrice) - Number(price)),
    auditTime(10_000, spot.scheduler),
  )
  .subscribe((basis) => console.log(new Date(spot.scheduler.now()).toISOString(), basis.toFixed(2)))

spot.connect()
perpetual.connect()
