import { concat, defer, NEVER, Observable, of, take, tap, type OperatorFunction } from 'rxjs'
import { marbles } from '../../lib/testing/marbles.js'

/** Two values of a source, and what an operator makes of the one and, after it, of the other. */
export interface OperatorCases<A, B> {
  readonly a: A
  readonly b: A
  readonly x: B
  readonly y: B
}

/** What every operator does that says something of each value at once, and waits for nothing. */
export const operatorCases = <A, B>(operator: OperatorFunction<A, B>, { a, b, x, y }: OperatorCases<A, B>): void => {
  const values = { a, b }
  const results = { x, y }

  test(
    'never, empty, one, many, an error of the source',
    marbles(({ cold, expectObservable }) => {
      expectObservable(NEVER.pipe(operator)).toBe('-')
      expectObservable(cold<A>('--|').pipe(operator)).toBe('--|')
      expectObservable(cold<A>('-a-|', values).pipe(operator)).toBe('-x-|', results)
      expectObservable(cold<A>('-a-b|', values).pipe(operator)).toBe('-x-y|', results)
      expectObservable(cold<A>('-a-#', values).pipe(operator)).toBe('-x-#', results)
      expectObservable(cold<A>('#').pipe(operator)).toBe('#')
    }),
  )

  test(
    'unsubscribing unsubscribes from the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<A>('-a-b-|', values)
      expectObservable(source.pipe(operator), '--!').toBe('-x', results)
      expectSubscriptions(source.subscriptions).toBe('^-!')
    }),
  )

  test('a synchronous source is heard, and stopped by who has enough', () => {
    const told: unknown[] = []
    concat(of(a), of(b))
      .pipe(operator)
      .subscribe({ next: (value) => told.push(value), complete: () => told.push('|') })
    expect(told).toEqual([x, y, '|'])
    const given: A[] = []
    of(a, b, a, b)
      .pipe(
        tap((value) => given.push(value)),
        operator,
        take(1),
      )
      .subscribe()
    expect(given).toHaveLength(1)
  })

  test(
    'two subscriptions have nothing in common',
    marbles(({ cold, hot, expectObservable }) => {
      const result = cold<A>('-a-b|', values).pipe(operator)
      expectObservable(result).toBe('-x-y|', results)
      expectObservable(result, '--^').toBe('---x-y|', results)
      const shared = hot<A>('-a-a|', values).pipe(operator)
      // Who comes later has heard nothing before.
      expectObservable(shared, '--^').toBe('---x|', results)
    }),
  )

  test('nothing is subscribed to before somebody subscribes', () => {
    let subscriptions = 0
    const source = defer(() => {
      subscriptions++
      return new Observable<A>()
    })
    const result = source.pipe(operator)
    expect(subscriptions).toBe(0)
    result.subscribe().unsubscribe()
    expect(subscriptions).toBe(1)
  })
}
