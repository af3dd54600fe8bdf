import { from, NEVER, type Observable } from 'rxjs'
import { ofKind } from '../../lib/operators/ofKind.js'
import { marbles } from '../../lib/testing/marbles.js'

type Message =
  | { readonly kind: 'trade'; readonly event: { readonly price: string } }
  | { readonly kind: 'kline'; readonly event: { readonly interval: string } }
  | { readonly kind: 'depth'; readonly event: { readonly lastUpdateId: number } }

const messages = {
  t: { kind: 'trade', event: { price: '1' } },
  k: { kind: 'kline', event: { interval: '1m' } },
  d: { kind: 'depth', event: { lastUpdateId: 1 } },
} satisfies Readonly<Record<string, Message>>

test(
  'lets one kind pass, or several',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Message>('-t-k-d-t-|', messages)
    expectObservable(source.pipe(ofKind('trade'))).toBe('-t-----t-|', messages)
    expectObservable(source.pipe(ofKind('trade', 'depth'))).toBe('-t---d-t-|', messages)
    expectObservable(source.pipe(ofKind('trade')), '--!').toBe('-t', messages)
    expectSubscriptions(source.subscriptions).toBe(['^--------!', '^--------!', '^-!'])
    expectObservable(cold<Message>('-k-#', messages).pipe(ofKind('depth'))).toBe('---#')
    expectObservable((NEVER as Observable<Message>).pipe(ofKind('depth'))).toBe('-')
  }),
)

test('knows the type of what passes', () => {
  const prices: string[] = []
  const source: Observable<Message> = from([messages.t, messages.k, messages.d])
  source.pipe(ofKind('trade')).subscribe(({ event }) => prices.push(event.price))
  source.pipe(ofKind('trade', 'kline')).subscribe(({ event }) => {
    // @ts-expect-error a kline has no price
    prices.push(String(event.price))
  })
  // @ts-expect-error no message is of this kind
  source.pipe(ofKind('trades')).subscribe()
  expect(prices).toEqual(['1', '1', 'undefined'])
})
