import { filtersOf, takesLists } from '../../lib/nats/filters.js'
import { subjectsOf } from '../../lib/nats/subjects.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'

const filters = (hasLists: boolean, ...names: readonly string[]) =>
  filtersOf(venue, subjectsOf(venue, 'md'), new Set(names), hasLists)

// Lists of filters came with 2.10.
test.each([
  ['2.9.10', false],
  ['2.10.0', true],
  ['2.10.0-beta.1', true],
  ['3.0.0', true],
  ['1.99.0', false],
  [undefined, false],
])('a server of version %s takes lists of filters: %s', (version, takes) => expect(takesLists(version)).toBe(takes))

test('a server that takes lists is asked for what is wanted, with statuses, and snapshots where depth is wanted', () =>
  expect(filters(true, 'btcusdt@depth@100ms', 'ethusdt@trade').consumer).toEqual({
    filter_subjects: [
      ...['md.asterFutures.$status.>', 'md.asterFutures.$other'],
      ...['md.asterFutures.btcusdt.depth.100ms', 'md.asterFutures.ethusdt.trade'],
      'md.asterFutures.btcusdt.$snapshot',
    ],
  }))

test('any other is asked for all', () =>
  expect(filters(false, 'btcusdt@trade').consumer).toEqual({ filter_subject: 'md.asterFutures.>' }))

test.each([
  ['md.asterFutures.btcusdt.depth.100ms', true],
  ['md.asterFutures.btcusdt.$snapshot', true],
  ['md.asterFutures.$status.a.said', true],
  ['md.asterFutures.$other', true],
  ['md.asterFutures.btcusdt.depth', false],
  ['md.asterFutures.ethusdt.$snapshot', false],
])('%s is meant: %s', (subject, isMeant) =>
  expect(filters(false, 'btcusdt@depth@100ms').isMeant(subject)).toBe(isMeant),
)
