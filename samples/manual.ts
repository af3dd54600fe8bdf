import { asterFutures, createClient, replayCommunicator, syncDepth, topLevels } from 'aster-rx'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})

client
  .stream('btcusdt@depth@100ms')
  .pipe(
    syncDepth({
      rule: asterFutures.depthRule,
      snapshot: client.snapshot,
      reset: client.lost('btcusdt@depth@100ms'),
      scheduler: client.scheduler,
    }),
    topLevels(3),
  )
  .subscribe((levels) => console.log(levels?.bids.map(({ price }) => price)))

client.connect()
