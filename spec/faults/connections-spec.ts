import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { faultyRun, futuresRun } from './faultyRun.js'

const streams = ['btcusdt@trade', 'btcusdt@aggTrade'] as const
const books = ['BTCUSDT']

describe('over real sockets, with a book', () => {
  test('F03 F04 upgrades that are refused and reset: back again, each stream carried once', async () => {
    const run = await faultyRun({ venue: asterFutures, streams, books })
    run.controls.failUpgrades({ _tag: 'refuse', status: 503, body: '<html>no</html>' })
    run.controls.failUpgrades({ _tag: 'reset' }, 3)
    const synced = run.synced('BTCUSDT')
    run.controls.run()
    await synced
    const [first, ...others] = run.status('Disconnected', 9)
    expect(first).toMatchObject({
      code: 503,
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+: HTTP 503 Service Unavailable$/) as string,
    })
    expect(others.map(({ code }) => code)).toEqual([1006, 1006, 1006])
    const [open = 0] = run.controls.connections()
    expect([...run.controls.subscriptions(open)].sort()).toEqual([...streams, 'btcusdt@depth@100ms'].sort())
    await run.end()
  })

  test.each([1000, 1001, 1011])('F05 closed with %d: the book is lost, and synced again', async (code) => {
    const run = await futuresRun({ streams, books })
    await run.synced('BTCUSDT')
    const reset = run.nextState('BTCUSDT', (state) => state._tag === 'Syncing' && state.reason === 'reset')
    run.controls.disconnect(code, 'on purpose')
    await reset
    expect(run.status('Disconnected')).toMatchObject([{ code, reason: 'on purpose' }])
    await run.synced('BTCUSDT')
    await run.end()
  })

  test.each([
    ['F06 half-open: nothing at all', { inactivity: 150 }, 'goSilent', /no sign of life for \d+ ms/],
    ['F09 no PONG to our PINGs', { pingEvery: 300 }, 'ignorePings', /no PONG to 2 PINGs/],
  ] as const)('%s: given up, and synced again', async (_, live, fault, reason) => {
    const run = await futuresRun({ books, live })
    await run.synced('BTCUSDT')
    const lost = run.nextSignal('Disconnected')
    if (fault === 'ignorePings') run.controls.ignorePings(2)
    else run.controls.goSilent()
    expect(await lost).toMatchObject({ reason: expect.stringMatching(reason) as string })
    await run.synced('BTCUSDT')
    await run.end(fault === 'goSilent' ? 1 : 0)
  })

  test('F07 only PINGs, no data: another connection brings it and takes over, and the book is synced again', async () => {
    const run = await futuresRun({ books, live: { silence: 150, overlap: 100 } })
    await run.synced('BTCUSDT')
    const closed = run.nextSignal('Closed')
    const [first] = run.controls.connections()
    run.controls.onlyPings(first)
    await closed
    expect(run.status('Rotating', 9).map(({ reason }) => reason)).toEqual([
      'another connection brings btcusdt@depth@100ms',
    ])
    await run.synced('BTCUSDT')
    await run.end()
  })

  test('F11 the venue says that it shuts down: nothing is lost, nothing comes twice, and the book stays', async () => {
    const run = await faultyRun({ venue: binanceSpot, streams, books })
    run.controls.run()
    await run.synced('BTCUSDT')
    const closed = run.nextSignal('Closed')
    run.controls.serverShutdown()
    await closed
    await run.nextMessage()
    expect(run.status('Rotating', 9).map(({ reason }) => reason)).toEqual(['serverShutdown'])
    const lost = run.states('BTCUSDT').flatMap((state) => (state._tag === 'Syncing' ? [state.reason] : []))
    expect(lost).toEqual(['waiting for the stream', 'start'])
    await run.end()
  })
})
