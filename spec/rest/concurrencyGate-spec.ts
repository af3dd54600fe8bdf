import { NEVER, Observable, of, throwError } from 'rxjs'
import { concurrencyGate, signerGate } from '../../lib/rest/concurrencyGate.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { marbles } from '../../lib/testing/marbles.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

test(
  'so many at a time, the others in the order of their coming',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const gate = concurrencyGate({ limit: 2 })
    const sources = [cold('--a|'), cold('-b|'), cold('-c|'), cold('-d|')]
    const outputs = ['--a|', '-b|', '---c|', '----d|']
    const subscriptions = ['^--!', '^-!', '--^-!', '---^-!']
    sources.forEach((source, i) => {
      expectObservable(gate.pass(source)).toBe(outputs[i] ?? '')
      expectSubscriptions(source.subscriptions).toBe(subscriptions[i] ?? '')
    })
  }),
)

test(
  'one that errors or is left makes room',
  marbles(({ cold, expectObservable }) => {
    const gate = concurrencyGate({ limit: 1 })
    expectObservable(gate.pass(cold('-#'))).toBe('-#')
    expectObservable(gate.pass(cold('----')), '^--!').toBe('----')
    expectObservable(gate.pass(cold('-c|'))).toBe('----c|')
  }),
)

test(
  'one that stops waiting is never subscribed to',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const gate = concurrencyGate({ limit: 1 })
    const left = cold('-b|')
    expectObservable(gate.pass(cold('---a|'))).toBe('---a|')
    expectObservable(gate.pass(left), '^-!').toBe('---')
    expectObservable(gate.pass(cold('-c|'))).toBe('-----c|')
    expectSubscriptions(left.subscriptions).toBe([])
  }),
)

test(
  'too many are refused, and only they',
  marbles(({ cold, expectObservable }) => {
    const gate = concurrencyGate({ limit: 1, maxWaiting: 1 })
    const full = new Error('full')
    expectObservable(gate.pass(cold('--a|'))).toBe('--a|')
    expectObservable(gate.pass(cold('-b|'))).toBe('----b|')
    expectObservable(gate.pass(of('c'), () => full)).toBe('#', undefined, full)
    expectObservable(gate.pass(of('d'))).toBe('#', undefined, new Error('Too many are waiting'))
  }),
)

test('sources that end at once leave at once', () => {
  const gate = concurrencyGate({ limit: 1 })
  const seen: unknown[] = []
  gate.pass(of(1)).subscribe((value) => seen.push(value))
  gate.pass(throwError(() => new Error('bad'))).subscribe({ error: (error: unknown) => seen.push(String(error)) })
  const inside = gate.pass(NEVER).subscribe()
  gate.pass(of(2)).subscribe((value) => seen.push(value))
  expect(seen).toEqual([1, 'Error: bad'])
  inside.unsubscribe()
  expect(seen).toEqual([1, 'Error: bad', 2])
})

test('each subscription passes by itself', () => {
  const gate = concurrencyGate({ limit: 1 })
  const passed = gate.pass(of(1))
  const seen: number[] = []
  passed.subscribe((value) => seen.push(value))
  passed.subscribe((value) => seen.push(value))
  expect(seen).toEqual([1, 1])
})

const signer = () => hmacSigner({ venue: asterFutures, apiKey: 'k', secret: 's' })

test('a signer has one gate, and each its own', () => {
  const [one, other] = [signer(), signer()]
  expect(signerGate(one)).toBe(signerGate(one))
  expect(signerGate(one)).not.toBe(signerGate(other))
})

test('fewer pass than the hundred that a venue remembers', () => {
  const gate = signerGate(signer())
  let inside = 0
  const request = new Observable<never>(() => {
    inside += 1
  })
  for (let i = 0; i < 150; i++) gate.pass(request).subscribe()
  expect(inside).toBe(99)
})
