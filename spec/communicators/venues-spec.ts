import { NEVER } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { accountCommunicator } from '../../lib/communicators/accountCommunicator.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { mergeCommunicators } from '../../lib/communicators/mergeCommunicators.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { withTimeUnit } from '../../lib/venues/withTimeUnit.js'

const keys = { apiKey: 'k', secret: 's' }

test('F81 a communicator that was made for another venue is refused, by types and at once', () => {
  // @ts-expect-error -- another venue
  expect(() => createClient({ venue: asterFutures, communicator: websocketCommunicator(binanceSpot) })).toThrow(
    new TypeError(
      'createClient: expected a communicator of asterFutures, came one of binanceSpot: make both of one venue',
    ),
  )
  // @ts-expect-error -- its streams are those of spot and one more, and still it is another venue
  expect(() => createClient({ venue: asterSpot, communicator: websocketCommunicator(asterPrediction) })).toThrow(
    TypeError,
  )
  // @ts-expect-error -- another venue
  expect(() => createClient({ venue: asterFutures, communicator: accountCommunicator(bingxSpot, keys) })).toThrow(
    TypeError,
  )
  const market = websocketCommunicator(binanceSpot)
  const merged = mergeCommunicators(market, () => NEVER)
  // @ts-expect-error -- another venue, among others
  expect(() => createClient({ venue: asterFutures, communicator: merged })).toThrow(TypeError)
})

test('F81 communicators of two venues are no one communicator', () => {
  const futures = websocketCommunicator(asterFutures)
  // @ts-expect-error -- two venues
  expect(() => mergeCommunicators(futures, websocketCommunicator(asterSpot))).toThrow(
    new TypeError(
      'mergeCommunicators: expected communicators of one venue, came those of asterFutures, asterSpot: a client has one venue',
    ),
  )
})

test('communicators of the venue itself, of none, and of one that only the time knows, fit', () => {
  const micro = withTimeUnit(binanceSpot, 'microsecond')
  expect(() => createClient({ venue: micro, communicator: websocketCommunicator(binanceSpot) })).not.toThrow()
  const own: Communicator = () => NEVER
  expect(() => createClient({ venue: bingxSpot, communicator: own })).not.toThrow()
  const anyOne: Communicator = websocketCommunicator(asterFutures)
  expect(() => createClient({ venue: asterFutures, communicator: anyOne })).not.toThrow()
  expect(() => createClient({ venue: asterSpot, communicator: anyOne })).toThrow(TypeError)
  const venue = Math.random() < 2 ? asterSpot : binanceSpot
  expect(() => createClient({ venue, communicator: websocketCommunicator(venue) })).not.toThrow()
  expect(mergeCommunicators(own, anyOne).venue).toBe('asterFutures')
  expect('venue' in mergeCommunicators(own, own)).toBe(false)
})
