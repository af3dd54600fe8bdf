import { Observable, takeUntil, type MonoTypeOperatorFunction, type Subscriber } from 'rxjs'

/**
 * Completes when the subscriber is gone: so a source that says everything at once, before its subscription can be
 * had, stops too.
 */
export const takeUntilUnsubscribed = <A>(subscriber: Subscriber<unknown>): MonoTypeOperatorFunction<A> =>
  takeUntil(new Observable<undefined>((gone) => subscriber.add(() => gone.next(undefined))))
