import * as t from 'io-ts'
import { filter, firstValueFrom, lastValueFrom, take, toArray } from 'rxjs'
import { createClient } from '../../../lib/client/createClient.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { startVenue } from '../../../lib/simulation/index.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { loopTime } from '../../helpers/loopTime.js'
import { hmac } from './live.js'

const Placed = t.type({ data: t.type({ orderId: t.string }) })

test('an order id of 64 bits is the same digits from the venue to the listener, by REST and by stream', async () => {
  const time = loopTime()
  const { scheduler } = time.clock()
  const { addresses, controls, close } = await startVenue({
    ...{ venue: bingxSpot, accounts: [hmac], scheduler: time.clock().scheduler },
  })
  const signer = hmacSigner({ ...hmac, venue: bingxSpot })
  const rest = createRest({ venue: bingxSpot, endpoint: addresses.rest, signer, scheduler })
  const client = createClient({
    venue: bingxSpot,
    communicator: accountCommunicator(bingxSpot, { rest }, { endpoint: addresses.websocket, scheduler }),
    scheduler,
  })
  const reports$ = client.stream('spot.executionReport').pipe(take(2), toArray())
  const frames$ = client.signal$.pipe(
    filter((signal) => signal._tag === 'Frame' && signal.text.includes('spot.executionReport')),
    take(1),
  )
  const [reports, frame] = [lastValueFrom(reports$), firstValueFrom(frames$)]
  const carried = lastValueFrom(
    client.status$.pipe(
      filter(({ _tag }) => _tag === 'Acknowledged'),
      take(2),
    ),
  )
  const connection = client.connect()
  await carried

  const order = { symbol: 'BTC-USDT', side: 'BUY', type: 'MARKET', quantity: '0.010' }
  const path = '/openApi/spot/v1/trade/order'
  const placed = await lastValueFrom(rest.request('POST', path, order, Placed, { authentication: 'signed' }))
  const { orderId } = placed.data
  expect(Number.isSafeInteger(Number(orderId))).toBe(false)
  expect(controls.account().orders()).toMatchObject([{ orderId }])
  expect((await reports).map((report) => report.orderId)).toEqual([orderId, orderId])
  // It stood there as a bare number.
  expect(await frame).toMatchObject({ text: expect.stringContaining(`"i":${orderId}`) as string })
  connection.unsubscribe()
  await close()
})
