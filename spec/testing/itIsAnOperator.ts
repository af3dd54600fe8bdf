import { EMPTY, map, NEVER, of, throwError, type MonoTypeOperatorFunction } from 'rxjs'
import { marbles } from '../../lib/testing/marbles.js'

/** What every operator over values owes, whatever else it does: with `faultless`, it chooses nothing. */
export const itIsAnOperator = <T>(
  value: T,
  faultless: () => MonoTypeOperatorFunction<T>,
  throwing: (error: Error) => MonoTypeOperatorFunction<T>,
): void => {
  test(
    'never, empty, one, many',
    marbles(({ cold, expectObservable }) => {
      expectObservable(NEVER.pipe(faultless())).toBe('-')
      expectObservable(EMPTY.pipe(faultless())).toBe('|')
      expectObservable(of(value).pipe(faultless())).toBe('(a|)', { a: value })
      expectObservable(cold('-a-a--a-|', { a: value }).pipe(faultless())).toBe('-a-a--a-|', { a: value })
    }),
  )

  test(
    'the source errors',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-#', { a: value })
      expectObservable(source.pipe(faultless())).toBe('-a-#', { a: value })
      expectSubscriptions(source.subscriptions).toBe('^--!')
      expectObservable(
        throwError(() => new Error('at once')).pipe(
          map(() => value),
          faultless(),
        ),
      ).toBe('#', undefined, new Error('at once'))
    }),
  )

  test(
    'the choice throws',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-a-|', { a: value })
      expectObservable(source.pipe(throwing(new RangeError('mine')))).toBe('-#', undefined, new RangeError('mine'))
      expectSubscriptions(source.subscriptions).toBe('^!')
    }),
  )

  test(
    'unsubscribing early unsubscribes from the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-a-a-|', { a: value })
      expectObservable(source.pipe(faultless()), '^---!').toBe('-a-a-', { a: value })
      expectSubscriptions(source.subscriptions).toBe('^---!')
    }),
  )

  test('a synchronous source', () => {
    const seen: unknown[] = []
    of(value, value, value)
      .pipe(faultless())
      .subscribe({ next: (each) => seen.push(each), complete: () => seen.push('complete') })
    expect(seen).toEqual([value, value, value, 'complete'])
  })
}
