import type { RequestFault } from '../../lib/simulation/index.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { streamName, type StreamName } from '../../lib/venues/streamName.js'
import { futuresRun } from './faultyRun.js'

type Name = StreamName<typeof asterFutures>

const live = { acknowledgeTimeout: 100 }
const error = { code: 2, msg: 'Invalid request' } as const

describe('requests over real sockets', () => {
  test.each<readonly [string, RequestFault]>([
    ['not answered', { _tag: 'ignore' }],
    ['answered late, when data has come already (F15)', { _tag: 'late', delay: 60 }],
  ])('F14 a SUBSCRIBE that is %s: the stream comes, and is acknowledged once', async (_, fault) => {
    const run = await futuresRun({ streams: ['btcusdt@trade'], live })
    await run.nextMessage()
    run.controls.failRequests(fault)
    const heard = run.nextMessage(({ stream }) => stream === 'btcusdt@aggTrade')
    const acknowledged = run.nextSignal('Acknowledged')
    const listener = run.client.stream('btcusdt@aggTrade').subscribe()
    await Promise.all([heard, acknowledged])
    const names = run.status('Acknowledged', 9).map(({ stream }) => stream)
    expect(names).toEqual(['btcusdt@trade', 'btcusdt@aggTrade'])
    listener.unsubscribe()
    await run.end()
  })

  test.each(['bare', 'numbered', 'wrapped'] as const)(
    'F14 a refusal that is %s is a rejection of the stream concerned, and the others go on',
    async (shape) => {
      const run = await futuresRun({ streams: ['btcusdt@trade'], live })
      await run.nextMessage()
      run.controls.failRequests({ _tag: 'refuse', ...error, shape })
      const rejected = run.nextSignal('Rejected')
      const listener = run.client.stream('btcusdt@aggTrade').subscribe()
      expect(await rejected).toMatchObject({ stream: 'btcusdt@aggTrade', code: 2, reason: 'Invalid request' })
      await run.nextMessage(({ stream }) => stream === 'btcusdt@trade')
      listener.unsubscribe()
      await run.end()
    },
  )

  test('F16 a stream that is acknowledged and silent is reported, and the others are not', async () => {
    const run = await futuresRun({
      streams: ['btcusdt@trade', 'nosuch@markPrice'],
      live: { silence: { markPrice: 100 } },
    })
    const silent = await run.nextSignal('Silent')
    expect(silent).toMatchObject({ stream: 'nosuch@markPrice' })
    expect(run.status('Silent', 9).length).toBe(1)
    await run.end()
  })

  test('F17 300 streams at once: over two connections, and all of them carried', async () => {
    const names = Array.from({ length: 300 }, (_, i) => streamName(asterFutures, 'forceOrder', { symbol: `s${i}usdt` }))
    const run = await futuresRun({ streams: ['btcusdt@trade'] })
    await run.nextMessage()
    const last = run.nextSignal('Acknowledged', () => run.status('Acknowledged', 999).length === 301)
    const listeners = names.map((name) => run.client.stream(name).subscribe())
    await last
    const carried = run.controls.connections().map((id) => run.controls.subscriptions(id))
    expect(carried.flat().sort()).toEqual([...names, 'btcusdt@trade'].sort())
    expect(carried.map(({ length }) => length)).toEqual([200, 101])
    for (const listener of listeners) listener.unsubscribe()
    await run.end()
  })

  test('F18 wanted and unwanted in quick succession: the venue ends with what is wanted', async () => {
    const run = await futuresRun({ streams: ['btcusdt@trade'] })
    await run.nextMessage()
    const names: readonly Name[] = ['btcusdt@aggTrade', 'btcusdt@bookTicker', 'btcusdt@markPrice', 'ethusdt@trade']
    for (let i = 0; i < 40; i++) {
      const listener = run.client.stream(names[i % names.length] ?? 'btcusdt@depth').subscribe()
      if (i % 3 > 0) await run.nextMessage()
      listener.unsubscribe()
    }
    const acknowledged = run.nextSignal('Acknowledged', (signal) => 'stream' in signal && signal.stream === names[0])
    const listener = run.client.stream('btcusdt@aggTrade').subscribe()
    await Promise.race([acknowledged, run.nextMessage(({ stream }) => stream === 'btcusdt@aggTrade')])
    const isThere = () => {
      const [id = 0] = run.controls.connections()
      return [...run.controls.subscriptions(id)].sort().join() === 'btcusdt@aggTrade,btcusdt@trade'
    }
    while (!isThere()) await run.nextMessage()
    listener.unsubscribe()
    await run.end()
  })
})
