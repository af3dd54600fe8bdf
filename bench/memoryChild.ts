import { asterFutures, binanceSpot, createClient, replayCommunicator } from 'aster-rx'

const [file, venueName] = process.argv.slice(2)

const report = () => process.stdout.write(String(process.resourceUsage().maxRSS / 1024))

if (file === undefined) report()
else {
  const client = createClient({
    venue: venueName === 'binanceSpot' ? binanceSpot : asterFutures,
    communicator: replayCommunicator({ files: file }),
  })
  client.trade$.subscribe()
  client.book('BTCUSDT').subscribe()
  client.message$.subscribe({ complete: report })
  client.connect()
}
