import { within } from '../../lib/rest/transmit.js'
import { marbles } from '../../lib/testing/marbles.js'

const late = new Error('late')

test(
  'the first value has so long, the others any time',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('--a-----b|').pipe(within(3, scheduler, () => late))).toBe('--a-----b|')
    expectObservable(cold('----a|').pipe(within(3, scheduler, () => late))).toBe('---#', undefined, late)
    expectObservable(cold('--|').pipe(within(3, scheduler, () => late))).toBe('--|')
  }),
)

test(
  'without an end, for ever',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(cold('60m a').pipe(within(Infinity, scheduler, () => late))).toBe('60m a')
  }),
)
