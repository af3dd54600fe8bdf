import { binanceFutures, binanceSpot, createClient, mid, replayTogether, websocketCommunicator } from 'aster-rx'
import { auditTime, combineLatest, filter, map } from 'rxjs'

// What is recorded, on one clock; with `live` behind the program's name, the exchange.
const isLive = process.argv.includes('live')
const folder = 'samples/recordings'
const [spotFiles, perpetualFiles] = replayTogether([
  { files: `${folder}/binanceSpot-btcusdt.txt.gz` },
  // Frames of Aster's futures are as those of Binance's.
  { files: `${folder}/asterFutures-btcusdt.txt.gz` },
])
const spot = createClient({
  venue: binanceSpot,
  communicator: isLive ? websocketCommunicator(binanceSpot) : spotFiles,
})
const perpetual = createClient({
  venue: binanceFutures,
  communicator: isLive ? websocketCommunicator(binanceFutures) : perpetualFiles,
})

// Halfway between the best prices of each book, and how far they are apart; nothing while a book is lost.
combineLatest([spot.book('BTCUSDT').pipe(mid()), perpetual.book('BTCUSDT').pipe(mid())])
  .pipe(
    auditTime(1_000, spot.scheduler),
    map(([one, other]) => one && other && [one.mid, other.mid, (Number(other.mid) - Number(one.mid)).toFixed(2)]),
    filter((basis) => basis !== undefined),
  )
  .subscribe((basis) => console.log(basis.join(' ')))

spot.connect()
perpetual.connect()
