import { Observable } from 'rxjs'
import { trampoline } from '../../lib/operators/trampoline.js'

type Run = (job: () => void) => void

/** Hands out the runner of a subscription, and what becomes of its jobs. */
const start = () => {
  const told: string[] = []
  let run: Run = () => undefined
  const subscription = new Observable<string>((subscriber) => {
    run = trampoline(subscriber)
  }).subscribe({ error: (error: unknown) => told.push(`# ${String(error)}`) })
  return { told, subscription, run: (job: () => void) => run(job) }
}

test('runs a job at once', () => {
  const { told, run } = start()
  run(() => told.push('a'))
  expect(told).toEqual(['a'])
  run(() => told.push('b'))
  expect(told).toEqual(['a', 'b'])
})

test('a job that comes from within a job waits for its end', () => {
  const { told, run } = start()
  run(() => {
    run(() => {
      told.push('b')
      run(() => told.push('d'))
    })
    run(() => told.push('c'))
    told.push('a')
  })
  expect(told).toEqual(['a', 'b', 'c', 'd'])
})

test('what a job throws is the subscriber’s error, and no job follows', () => {
  const { told, run } = start()
  run(() => {
    run(() => told.push('b'))
    throw new Error('a')
  })
  run(() => told.push('c'))
  expect(told).toEqual(['# Error: a'])
})

test('no job runs after the subscriber’s end', () => {
  const { told, run, subscription } = start()
  run(() => {
    run(() => told.push('b'))
    subscription.unsubscribe()
    told.push('a')
  })
  run(() => told.push('c'))
  expect(told).toEqual(['a'])
})
