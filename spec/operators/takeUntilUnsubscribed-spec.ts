import { Observable } from 'rxjs'
import { takeUntilUnsubscribed } from '../../lib/operators/takeUntilUnsubscribed.js'
import { marbles } from '../../lib/testing/marbles.js'

const through = (source: Observable<string>) =>
  new Observable<string>((subscriber) => {
    subscriber.add(source.pipe(takeUntilUnsubscribed(subscriber)).subscribe(subscriber))
  })

test(
  'changes nothing while somebody listens',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-a-b-|')
    expectObservable(through(source)).toBe('-a-b-|')
    expectObservable(through(cold('-a-#'))).toBe('-a-#')
    expectObservable(through(source), '--!').toBe('-a')
    expectSubscriptions(source.subscriptions).toBe(['^----!', '^-!'])
  }),
)
