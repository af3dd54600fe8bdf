import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { RestError, type RestFailure } from '../../lib/rest/RestError.js'
import { sendAgain, type SendAgain } from '../../lib/rest/sendAgain.js'
import { marbles } from '../../lib/testing/marbles.js'

const policy = (scheduler: SchedulerLike = asyncScheduler, more: Partial<SendAgain> = {}): SendAgain => ({
  ...{ count: 3, delay: 10, maxDelay: 30, maxWait: 1_000, random: () => 0, scheduler },
  ...more,
})
const passing = new RestError('GET /x', { kind: 'network', reason: 'ECONNRESET' })
const failing = (failure: RestFailure, final = false) => new RestError('GET /x', failure, final)

test(
  'doubles the waits up to the longest, and gives up after so many',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const source = cold('-#', undefined, passing)
    expectObservable(source.pipe(sendAgain(policy(scheduler)))).toBe('64ms #', undefined, passing)
    expectSubscriptions(source.subscriptions).toBe(['^!', '11ms ^!', '32ms ^!', '63ms ^!'])
  }),
)

test(
  'an answer ends it; each subscription counts for itself',
  marbles(({ cold, expectObservable, scheduler }) => {
    const good = cold('-a|')
    expectObservable(good.pipe(sendAgain(policy(scheduler)))).toBe('-a|')
    expectObservable(good.pipe(sendAgain(policy(scheduler))), '-----^').toBe('------a|')
    expectObservable(cold('|').pipe(sendAgain(policy(scheduler)))).toBe('|')
    expectObservable(cold('--').pipe(sendAgain(policy(scheduler)))).toBe('--')
  }),
)

test(
  'chance cuts a wait by up to a half',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const source = cold('#', undefined, passing)
    const again = sendAgain(policy(scheduler, { count: 1, random: () => 0.5, delay: 20 }))
    expectObservable(source.pipe(again)).toBe('15ms #', undefined, passing)
    expectSubscriptions(source.subscriptions).toBe(['(^!)', '15ms (^!)'])
  }),
)

test(
  'the venue is obeyed where it asks for more, and not where it asks for less',
  marbles(({ cold, expectObservable, scheduler }) => {
    const more = failing({ kind: 'http', status: 503, reason: '', retryAfter: 500 })
    const less = failing({ kind: 'http', status: 503, reason: '', retryAfter: 1 })
    const none = failing({ kind: 'http', status: 503, reason: '' })
    const again = sendAgain(policy(scheduler, { count: 1, random: () => 0.5 }))
    expectObservable(cold('#', undefined, more).pipe(again)).toBe('500ms #', undefined, more)
    expectObservable(cold('#', undefined, less).pipe(again)).toBe('7.5ms #', undefined, less)
    expectObservable(cold('#', undefined, none).pipe(again)).toBe('7.5ms #', undefined, none)
  }),
)

test(
  'who asks for more than anybody waits is not waited for',
  marbles(({ cold, expectObservable, scheduler }) => {
    const limited = (retryAfter: number) => failing({ kind: 'rateLimited', status: 429, reason: '', retryAfter })
    const again = sendAgain(policy(scheduler, { count: 1 }))
    expectObservable(cold('#', undefined, limited(1_000)).pipe(again)).toBe('1s #', undefined, limited(1_000))
    expectObservable(cold('#', undefined, limited(1_001)).pipe(again)).toBe('#', undefined, limited(1_001))
  }),
)

test.each([
  ['final', failing({ kind: 'network', reason: '' }, true)],
  ['never sent', failing({ kind: 'notSent', reason: '' })],
  ['not ours', new Error('other')],
])('what is %s is not sent again', (_, error) => {
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const source = cold('-#', undefined, error)
    expectObservable(source.pipe(sendAgain(policy(scheduler)))).toBe('-#', undefined, error)
    expectSubscriptions(source.subscriptions).toBe('^!')
  })()
})

test(
  'unsubscribing ends the waiting',
  marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
    const source = cold('#', undefined, passing)
    expectObservable(source.pipe(sendAgain(policy(scheduler))), '^----!').toBe('')
    expectSubscriptions(source.subscriptions).toBe('(^!)')
  }),
)
