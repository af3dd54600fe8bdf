import { Subject } from 'rxjs'
import { tellPauses } from '../../../lib/communicators/tellPauses.js'
import type { RestPause } from '../../../lib/rest/address.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { venueInMemory } from '../../rest/venueInMemory.js'
import { settled } from '../../rest/virtual.js'
import { inMemory, statuses } from './inMemory.js'
import { createMemoryVenue, obedient, requestsOf } from './MemoryVenue.js'

const START = 1_700_000_000_000

describe('F76 a ban that is said on a connection', () => {
  test.each([
    ['with its end', `{"code":-1003,"msg":"IP banned until ${START + 90_000}","id":1}`, 90_000, 30],
    ['without', '{"error":{"code":-1003,"msg":"Too many requests"},"id":1}', 60_000, 0],
  ])('%s: nothing is asked before, and what is carried is carried', (_, said, delay, elapsed) => {
    const memory = createMemoryVenue()
    const clock = () => START + memory.clock.scheduler.now()
    const run = inMemory(
      ['btcusdt@markPrice'],
      { clock, collect: 0, inactivity: Infinity, silence: Infinity },
      undefined,
      memory,
    )
    run.pass(10)
    run.behaviour.answer = () => JSON.parse(said) as unknown
    run.want('btcusdt@markPrice', 'ethusdt@markPrice')
    run.pass(30)
    expect(statuses(run.signals, 'Paused')).toMatchObject([
      { delay: delay - elapsed, receivedAt: START + 30, source: { id: 'asterFutures-1' } },
    ])
    run.behaviour.answer = obedient
    run.last().data('btcusdt@markPrice')
    run.pass(delay - elapsed - 31)
    expect(requestsOf(run.last()).map(({ method }) => method)).toEqual(['SUBSCRIBE'])
    run.pass(100)
    expect(requestsOf(run.last()).map(({ method }) => method)).toEqual(['SUBSCRIBE', 'LIST_SUBSCRIPTIONS', 'SUBSCRIBE'])
    expect(statuses(run.signals, 'Acknowledged').map(({ stream }) => stream)).toEqual([
      'btcusdt@markPrice',
      'ethusdt@markPrice',
    ])
    expect([run.connections.length, statuses(run.signals, 'Rejected')]).toEqual([1, []])
    run.end()
  })

  test('for years: three days are the most', () => {
    const run = inMemory(['btcusdt@markPrice'])
    run.pass(10)
    run.last().text('{"code":-1003,"msg":"banned until 9999999999999"}')
    expect(statuses(run.signals, 'Paused')).toMatchObject([{ delay: 259_200_000 }])
    run.end()
  })

  test('and answers nothing that was asked', () => {
    const run = inMemory(['btcusdt@markPrice'])
    run.pass(10)
    run.last().text('{"code":-1003,"msg":"Too many requests"}')
    run.pass(1_000)
    expect([statuses(run.signals, 'Paused').length, requestsOf(run.last())]).toEqual([1, []])
    run.end()
  })
})

test('F76 no connection is opened before its end, whoever needs one', () => {
  const run = inMemory(['btcusdt@markPrice'], { collect: 0 })
  run.pass(10)
  run.last().text('{"code":-1003,"msg":"Too many requests"}')
  run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
  run.pass(59_000)
  expect(run.connections.length).toBe(1)
  run.pass(2_000)
  expect(run.connections.length).toBe(2)
  run.end()
})

test('F76 nothing is asked for elsewhere while a ban runs that REST met; what is lost comes back', async () => {
  const memory = createMemoryVenue()
  const { fetch } = venueInMemory(() => ({ status: 429, text: '{}', headers: { 'retry-after': '300' } }))
  const rest = { fetch, scheduler: memory.clock.scheduler, maxWait: 0 }
  const run = inMemory(
    ['btcusdt@depth'],
    { rest, collect: 0, silence: 20_000, inactivity: Infinity },
    undefined,
    memory,
  )
  run.pass(10)
  run.snapshot?.('BTCUSDT').subscribe({ error: () => undefined })
  await settled()
  run.pass(200_000)
  expect([run.connections.length, statuses(run.signals, 'Silent').length > 0]).toEqual([1, true])
  run.pass(150_000)
  expect(run.connections.length).toBeGreaterThan(1)
  run.end()
})

test('F76 a ban that a snapshot met is among the statuses of the communicator', async () => {
  const memory = createMemoryVenue()
  const { fetch } = venueInMemory(() => ({ status: 418, text: '{"code":-1003,"msg":"IP banned"}' }))
  const rest = { fetch, scheduler: memory.clock.scheduler, maxWait: 0 }
  const run = inMemory(['btcusdt@depth'], { rest }, undefined, memory)
  run.pass(10)
  run.snapshot?.('BTCUSDT').subscribe({ error: () => undefined })
  await settled()
  expect(statuses(run.signals, 'Paused')).toEqual([
    { _tag: 'Paused', delay: 120_000, reason: 'IP banned', receivedAt: 10 },
  ])
  run.end()
})

test('pauses are told in their place, until the signals end', () => {
  const pause$ = new Subject<RestPause>()
  const signal$ = new Subject<Signal>()
  const said: Signal[] = []
  let isComplete = false
  signal$.pipe(tellPauses({ pause$ }, () => 7)).subscribe({
    next: (signal) => said.push(signal),
    complete: () => (isComplete = true),
  })
  signal$.next(frame('a', 1))
  pause$.next({ delay: 5, reason: 'slow' })
  signal$.next(frame('b', 2))
  expect(said).toEqual([frame('a', 1), { _tag: 'Paused', delay: 5, reason: 'slow', receivedAt: 7 }, frame('b', 2)])
  signal$.complete()
  expect([isComplete, pause$.observed]).toEqual([true, false])
})
