import { streamOf, subjectsOf, tokensOf } from '../../lib/nats/subjects.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { fc, test as property } from '../property.js'

const futures = subjectsOf(asterFutures, 'md')

test.each([
  ['btcusdt@depth@100ms', 'md.asterFutures.btcusdt.depth.100ms'],
  ['!ticker@arr', 'md.asterFutures.!ticker.arr'],
  ['币安人生usdt@trade', 'md.asterFutures.币安人生usdt.trade'],
  ['a.b*c> d%e$f@trade', 'md.asterFutures.a%002eb%002ac%003e%0020d%0025e%0024f.trade'],
  ['@trade', 'md.asterFutures.%.trade'],
])('frames of %s go to %s', (name, subject) => expect(futures.ofStream(name)).toBe(subject))

test('snapshots have the symbol as names of streams write it', () => {
  expect(futures.ofSnapshot('BTCUSDT')).toBe('md.asterFutures.btcusdt.$snapshot')
  expect(subjectsOf(bingxSpot, 'md').ofSnapshot('BTC-USDT')).toBe('md.bingxSpot.BTC-USDT.$snapshot')
})

/** By NATS: tokens are neither empty nor hold white space, and wildcards stand alone. */
const isLegal = (subject: string) => subject.split('.').every((token) => token !== '' && !/[\s*>]/.test(token))

property.prop([
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('@', '.', '*', '>', ' ', '%', '$', 'a', '\ud800', '\n') }),
  ),
])('a name of any characters is a legal subject, and comes back', (name) => {
  const subject = futures.ofStream(name)
  expect(isLegal(subject)).toBe(true)
  expect(
    subject
      .split('.')
      .slice(2)
      .some((token) => token.startsWith('$')),
  ).toBe(false)
  expect(streamOf(tokensOf(name))).toBe(name)
})
