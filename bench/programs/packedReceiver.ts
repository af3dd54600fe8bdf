import { accountCommunicator, bingxSpot, createClient } from 'aster-rx'
import { filter, take } from 'rxjs'

const [endpoint = '', rest = ''] = process.argv.slice(2)
const mebibytes = () => process.memoryUsage().rss / 2 ** 20

const client = createClient({
  venue: bingxSpot,
  communicator: accountCommunicator(
    bingxSpot,
    { apiKey: 'key', secret: 'secret' },
    { endpoint, rest: { endpoint: rest } },
  ),
})
let before = NaN
client.status$
  .pipe(
    filter(({ _tag }) => _tag === 'Acknowledged'),
    take(1),
  )
  .subscribe(() => {
    before = mebibytes()
    process.send?.('ready')
  })
client.parseError$.subscribe(({ _tag, text }) => {
  connection.unsubscribe()
  process.send?.({ 'before MiB': before, 'after MiB': mebibytes(), seen: `${_tag} ${text.slice(0, 60)}` }, () =>
    process.disconnect(),
  )
})
const connection = client.connect()
