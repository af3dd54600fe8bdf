import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { inMemory, statuses } from './inMemory.js'

describe('connecting', () => {
  test('the wanted streams stand in the address, and are acknowledged by the opening', () => {
    const run = inMemory(['btcusdt@aggTrade', '!ticker@arr'])
    expect(run.said()).toEqual(['0 asterFutures-1 Connecting'])
    run.pass(10)
    expect(run.last().url).toBe('wss://fstream.asterdex.com/stream?streams=btcusdt@aggTrade/!ticker@arr')
    run.last().data('btcusdt@aggTrade', { a: 1 })
    expect(run.said()).toEqual([
      '10 asterFutures-1 Connected',
      '10 asterFutures-1 Acknowledged {"stream":"btcusdt@aggTrade"}',
      '10 asterFutures-1 Acknowledged {"stream":"!ticker@arr"}',
      '10 asterFutures-1 Frame {"stream":"btcusdt@aggTrade","data":{"a":1}}',
    ])
    run.end()
  })

  test('nothing wanted: no socket and no timer; wanted later: after a moment', () => {
    const run = inMemory([])
    expect([run.connections.length, run.clock.due()]).toEqual([0, undefined])
    run.want('btcusdt@trade')
    run.want('btcusdt@trade', 'ethusdt@trade')
    run.pass(49)
    expect(run.connections.length).toBe(0)
    run.pass(11)
    expect(run.last().url).toBe('wss://fstream.asterdex.com/stream?streams=btcusdt@trade/ethusdt@trade')
    run.end()
  })

  test('nothing wanted any more: the connection is closed, and says so', () => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(10)
    run.said()
    run.want()
    run.pass(50)
    expect(run.said()).toEqual(['60 asterFutures-1 Closed'])
    expect(run.open()).toEqual([])
    expect([run.clock.due(), run.isComplete()]).toEqual([undefined, false])
    run.end()
  })

  test('completes when the wanted streams have, and none is left', () => {
    const run = inMemory(['btcusdt@trade'])
    run.want()
    run.wanted$.complete()
    expect(run.isComplete()).toBe(false)
    run.pass(50)
    expect([run.isComplete(), run.clock.due()]).toEqual([true, undefined])
  })

  test('goes on with the last wanted streams when they complete', () => {
    const run = inMemory(['btcusdt@trade'])
    run.wanted$.complete()
    run.pass(100)
    expect([run.isComplete(), run.open().length]).toEqual([false, 1])
    run.end()
  })

  test('F01 refused a hundred times: backoff to the cap and on, a status for each attempt', () => {
    const run = inMemory(['btcusdt@trade'])
    run.behaviour.onConnect = () => ({ _tag: 'Failed', reason: 'connect ECONNREFUSED 127.0.0.1:1' })
    run.pass(60 * 60_000)
    const waits = statuses(run.signals, 'Waiting')
    expect(waits.slice(0, 100).map(({ attempt }) => attempt)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(waits.slice(0, 9).map(({ delay }) => delay)).toEqual([
      375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500,
    ])
    expect(waits.every(({ reason }) => reason === 'fstream.asterdex.com: connect ECONNREFUSED 127.0.0.1:1')).toBe(true)
    expect(statuses(run.signals, 'Connecting').length).toBe(statuses(run.signals, 'Disconnected').length)
    expect(new Set(statuses(run.signals, 'Disconnected').map(({ code }) => code))).toEqual(new Set([1006]))
    run.end()
  })

  test('F02 F83 a handshake that never answers is given up', () => {
    const run = inMemory(['btcusdt@trade'])
    run.behaviour.onConnect = () => undefined
    run.pass(10_375)
    expect(run.said()).toEqual([
      '0 asterFutures-1 Connecting',
      '10000 asterFutures-1 Disconnected {"code":1006,"reason":"fstream.asterdex.com: not open after 10000 ms"}',
      '10000 asterFutures-1 Waiting {"delay":375,"attempt":1,"reason":"fstream.asterdex.com: not open after 10000 ms"}',
      '10375 asterFutures-2 Connecting',
    ])
    run.end()
  })

  test.each([
    [429, undefined, 60_000],
    [429, '7', 7_000],
    [418, undefined, 120_000],
    [418, '300', 300_000],
    [503, undefined, 375],
    [503, '9', 9_000],
  ])('F03 an upgrade answered %d with Retry-After %s waits %d ms', (status, retryAfter, delay) => {
    const run = inMemory(['btcusdt@trade'])
    run.behaviour.onConnect = () => ({
      _tag: 'Refused',
      status,
      reason: `HTTP ${status} No`,
      ...(retryAfter !== undefined && { retryAfter }),
    })
    run.pass(10)
    expect(run.said()).toEqual([
      '0 asterFutures-1 Connecting',
      `10 asterFutures-1 Disconnected {"code":${status},"reason":"fstream.asterdex.com: HTTP ${status} No"}`,
      `10 asterFutures-1 Waiting {"delay":${delay},"attempt":1,"reason":"fstream.asterdex.com: HTTP ${status} No"}`,
    ])
    run.pass(delay - 1)
    expect(run.connections.length).toBe(1)
    run.pass(1)
    expect(run.connections.length).toBe(2)
    run.end()
  })

  test.each([
    ['100', 100_000],
    [undefined, 60_000],
  ])('F03 every connection waits when one was told to: Retry-After %s, %d ms', (retryAfter, wait) => {
    const limits = { ...asterFutures.limits, streamsPerConnection: 1 }
    const run = inMemory(['btcusdt@trade', 'ethusdt@trade'], {}, { ...asterFutures, limits })
    let attempts = 0
    run.behaviour.onConnect = () =>
      (attempts += 1) === 1
        ? { _tag: 'Refused', status: 429, reason: 'HTTP 429', ...(retryAfter !== undefined && { retryAfter }) }
        : { _tag: 'Failed', reason: 'reset' }
    run.pass(wait)
    expect(run.connections.length).toBe(2)
    run.pass(20)
    expect(run.connections.length).toBe(4)
    run.end()
  })

  test('F04 reset right after open: exactly one resubscription per stream', () => {
    const run = inMemory(['btcusdt@trade', 'ethusdt@trade'])
    run.pass(10)
    run.last().put({ _tag: 'Failed', reason: 'read ECONNRESET' })
    run.pass(400)
    expect(run.last().url).toContain('?streams=btcusdt@trade/ethusdt@trade')
    expect([...run.last().names]).toEqual(['btcusdt@trade', 'ethusdt@trade'])
    expect(run.last().sent).toEqual([])
    run.end()
  })

  test.each([
    [1000, 'bye', 375],
    [1001, 'going away', 375],
    [1006, '', 375],
    [1011, 'error', 375],
    [1008, 'policy', 5_000],
    [3001, 'too many', 5_000],
  ])('F05 F83 close %d %s: back after %d ms, the code and the reason in the status', (code, reason, delay) => {
    const run = inMemory(['btcusdt@trade'])
    run.pass(10)
    run.said()
    run.last().put({ _tag: 'Closed', code, reason })
    expect(run.said()).toEqual([
      `10 asterFutures-1 Disconnected {"code":${code},"reason":"${reason || `closed with ${code}`}"}`,
      `10 asterFutures-1 Waiting {"delay":${delay},"attempt":1,"reason":"${reason || `closed with ${code}`}"}`,
    ])
    run.pass(delay + 10)
    expect(run.open().length).toBe(1)
    run.end()
  })

  test('F05 after 1008 less is asked for at a time, until a connection was stable', () => {
    const names = Array.from({ length: 200 }, (_, i) => `s${i}@trade`)
    const run = inMemory(names)
    const carried = () => run.last().url.split('?streams=')[1]?.split('/').length
    run.pass(10)
    expect(carried()).toBe(200)
    run.last().put({ _tag: 'Closed', code: 1008, reason: '' })
    run.pass(5_010)
    expect(carried()).toBe(100)
    run.last().put({ _tag: 'Closed', code: 3001, reason: '' })
    run.pass(5_010)
    expect(carried()).toBe(50)
    run.pass(10_000)
    expect(run.last().names.size).toBe(200)
    const sizes = run.last().sent.flatMap((m) => (m._tag === 'Text' ? [JSON.parse(m.text) as { params: [] }] : []))
    expect(sizes.map(({ params }) => params.length)).toEqual([25, 25, 25, 25, 25, 25])
    for (let i = 0; i < 9; i++) {
      run.pass(10_000)
      run.last().data('s1@trade')
    }
    run.last().put({ _tag: 'Closed', code: 1000, reason: '' })
    run.pass(400)
    expect(carried()).toBe(200)
    run.end()
  })

  test('F01 the delay starts anew only after a stable spell', () => {
    const run = inMemory(['btcusdt@trade'], { pingEvery: Infinity, inactivity: Infinity })
    const lose = (after: number) => {
      run.pass(10 + after)
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      const delay = statuses(run.signals.splice(0), 'Waiting')[0]?.delay ?? NaN
      run.pass(delay)
      return delay
    }
    expect([lose(0), lose(59_999), lose(0), lose(60_000), lose(0)]).toEqual([375, 750, 1_500, 375, 750])
    run.end()
  })

  test('attempts keep to the budget of the venue', () => {
    const limits = { ...asterFutures.limits, connectionAttempts: { count: 3, per: 60_000 } }
    const run = inMemory(['btcusdt@trade'], { reconnect: { delay: 1 } }, { ...asterFutures, limits })
    run.behaviour.onConnect = () => ({ _tag: 'Failed', reason: 'no' })
    run.pass(59_999)
    expect(run.connections.length).toBe(3)
    expect(statuses(run.signals, 'Waiting').at(-1)?.reason).toBe('no attempt is allowed before then')
    run.pass(1)
    expect(run.connections.length).toBe(4)
    run.end()
  })

  test('F01 where an address cannot be reached, the next attempt goes to the fallback, and back', () => {
    const run = inMemory(['spot.executionReport'], { acknowledgeTimeout: 60_000 }, bingxSpot)
    run.behaviour.answer = () => undefined
    run.behaviour.onConnect = ({ url }) =>
      url.includes('.pro/') ? { _tag: 'Opened' } : { _tag: 'Failed', reason: 'ENOTFOUND' }
    run.pass(2_000)
    expect(run.connections.map(({ url }) => new URL(url).host)).toEqual([
      'open-api-ws.bingx.com',
      'open-api-ws.bingx.pro',
    ])
    run.behaviour.onConnect = () => ({ _tag: 'Refused', status: 503, reason: 'HTTP 503' })
    run.last().put({ _tag: 'Closed', code: 1001, reason: '' })
    run.pass(10_000)
    const after = run.connections.slice(2).map(({ url }) => new URL(url).host)
    expect([after.length > 1, new Set(after)]).toEqual([true, new Set(['open-api-ws.bingx.pro'])])
    run.end()
  })
})
