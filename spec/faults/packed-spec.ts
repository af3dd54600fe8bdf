import { filter, lastValueFrom, take, toArray } from 'rxjs'
import { accountCommunicator, bingxSpot, createClient } from '../../lib/index.js'
import { startVenue } from '../../lib/simulation/index.js'
import { loopTime } from '../helpers/loopTime.js'

const account = { apiKey: 'key', secret: 'secret' }

test('F42 a gzip bomb, a cut one and a plain text from BingX: told, and the feed goes on over the same connection', async () => {
  const time = loopTime()
  const { scheduler } = time.clock()
  const { addresses, controls, close } = await startVenue({
    ...{ venue: bingxSpot, accounts: [account], scheduler: time.clock().scheduler },
  })
  const { websocket: endpoint, rest } = addresses
  const client = createClient({
    venue: bingxSpot,
    communicator: accountCommunicator(bingxSpot, account, {
      endpoint,
      rest: { endpoint: rest },
      ...{ maxPayload: 1_000_000, scheduler },
    }),
    scheduler,
  })
  const carried = lastValueFrom(
    client.status$.pipe(
      filter(({ _tag }) => _tag === 'Acknowledged'),
      take(2),
    ),
  )
  const connection = client.connect()
  await carried

  const errors = lastValueFrom(client.parseError$.pipe(take(2), toArray()))
  controls.sendMiscompressed('bomb')
  controls.sendMiscompressed('cut')
  expect(await errors).toMatchObject([
    {
      _tag: 'NotJson',
      text: expect.stringMatching(/^<binary, \d+ bytes: gzip of more than 1000000 bytes>$/) as string,
    },
    { _tag: 'NotJson', text: expect.stringMatching(/^<binary, \d+ bytes: no gzip, or not whole>$/) as string },
  ])
  controls.sendMiscompressed('plain')
  const reports = lastValueFrom(client.executionReport$.pipe(take(1), toArray()))
  controls.account().place({ symbol: 'BTC-USDT', side: 'BUY', quantity: '0.010' })
  expect(await reports).toHaveLength(1)
  expect(controls.connections()).toEqual([1])
  connection.unsubscribe()
  await close()
})
