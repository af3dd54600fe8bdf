import { createLag } from '../../lib/nats/lag.js'
import { placeOf } from '../../lib/nats/place.js'

const told = (most: number, begun: number, ...pending: readonly number[]) => {
  const lag = createLag(most, begun)
  return pending.map((one) => lag.at(one))
}
const nothing = undefined

test('who begins with the newest is told nothing, however near he stays', () =>
  expect(told(10, 0, 0, 5, 10, 0)).toEqual([nothing, nothing, nothing, nothing]))

test('who begins behind is told so, and when all is read', () =>
  expect(told(10, 3, 2, 1, 0, 0)).toEqual([2, nothing, 0, nothing]))

test('who falls behind is told so, each time twice as far', () =>
  expect(told(10, 0, 11, 12, 21, 22, 50, 0, 11)).toEqual([11, nothing, nothing, 22, 50, 0, 11]))

test.each([
  [
    '$JS.ACK.md-asterFutures.OzSD4ik5.1.64.2.1795786822240077474.9',
    { sequence: 64, delivered: 2, pending: 9, storedAt: 1795786822240.0774 },
  ],
  // ADR-15 of NATS: a domain and an account stand before the stream, and a random token at the end.
  [
    '$JS.ACK._.hash.md-asterFutures.OzSD4ik5.1.64.2.1795786822240077474.9.random',
    { sequence: 64, delivered: 2, pending: 9, storedAt: 1795786822240.0774 },
  ],
  [
    '$JS.ACK.hub.hash.md-asterFutures.OzSD4ik5.1.64.2.1795786822240077474.9',
    { sequence: 64, delivered: 2, pending: 9, storedAt: 1795786822240.0774 },
  ],
  ['$JS.FC.md-asterFutures.OzSD4ik5.1', undefined],
  ['$JS.ACK.a.b.1.x.2.3.4', undefined],
  ['', undefined],
])('%j is a place in a stream', (reply, place) =>
  expect(placeOf(reply)).toEqual(
    place === undefined ? place : { ...place, storedAt: expect.closeTo(place.storedAt, 3) as number },
  ),
)
