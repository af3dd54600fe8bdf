import type { OrderBook } from '../../lib/book/OrderBook.js'
import type { BookState, Synced } from '../../lib/operators/BookState.js'
import type { RestFault } from '../../lib/simulation/index.js'
import { futuresRun } from './faultyRun.js'

const books = ['BTCUSDT']

/** Why a book was not synced, after it had waited for its stream. */
const reasons = (states: readonly BookState[]) => {
  const [first, ...others] = states.flatMap((state) => (state._tag === 'Syncing' ? [state.reason] : []))
  expect(first).toBe('waiting for the stream')
  return others
}

type Run = Awaited<ReturnType<typeof futuresRun>>

/** The book, when the market stands still and everything that it said has arrived. */
const caughtUp = async ({ controls, states, nextState }: Run, symbol: string): Promise<OrderBook> => {
  controls.halt()
  const last = controls.book(symbol, 5)?.lastUpdateId
  const isThere = (state: BookState | undefined): state is Synced =>
    state?._tag === 'Synced' && state.book.lastUpdateId === last
  const now = states(symbol).at(-1)
  const state = isThere(now) ? now : await nextState(symbol, isThere)
  if (state._tag !== 'Synced') throw new Error('expected a synced book')
  return state.book
}

/** The book is what the venue's is. */
const expectSameBook = async (run: Run, symbol: string) => {
  const book = await caughtUp(run, symbol)
  const { bids = [], asks = [] } = run.controls.book(symbol, 1_000) ?? {}
  const shown = book.toSnapshot()
  expect([shown.bids.slice(0, 20), shown.asks.slice(0, 20)]).toEqual([[...bids].slice(0, 20), [...asks].slice(0, 20)])
}

describe('order books, over real sockets', () => {
  test.each([
    ['F19 a duplicate', 'duplicate', ['start']],
    ['F20 one missing', 'drop', ['start', 'gap']],
    ['F21 two out of order', 'reorder', ['start', 'gap']],
  ] as const)('F22 %s: the book is true', async (_, fault, expected) => {
    const run = await futuresRun({ books })
    await run.synced('BTCUSDT')
    run.controls.failDepth(fault)
    await run.nextMessage()
    for (let i = 0; i < 10; i++) await run.nextMessage()
    if (expected.length > 1) await run.synced('BTCUSDT')
    expect(reasons(run.states('BTCUSDT'))).toEqual(expected)
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  test('F23 snapshots that are too old are asked for again, and the buffer is kept', async () => {
    const run = await futuresRun({ books })
    await run.synced('BTCUSDT')
    run.controls.freezeSnapshots()
    await run.nextMessage()
    const old = run.nextState('BTCUSDT', (state) => state._tag === 'Syncing' && state.reason === 'snapshot too old')
    run.controls.disconnect(1001)
    await old
    const again = run.synced('BTCUSDT')
    run.controls.freezeSnapshots(false)
    await again
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  const failures: readonly (readonly [string, RestFault])[] = [
    ['500', { _tag: 'error', status: 500, code: -1000, msg: 'unknown' }],
    ['HTML', { _tag: 'html', status: 502 }],
    ['a cut body', { _tag: 'cut' }],
    ['no lastUpdateId', { _tag: 'lacks', key: 'lastUpdateId' }],
  ]
  test.each(failures)('F24 a snapshot answered with %s, twice: asked for again', async (_, fault) => {
    const run = await futuresRun({ books })
    run.controls.failRest('depth', fault, 2)
    await run.synced('BTCUSDT')
    expect(reasons(run.states('BTCUSDT'))).toEqual(['start', 'snapshot failed', 'snapshot failed'])
    expect(run.asked).toEqual(['BTCUSDT', 'BTCUSDT', 'BTCUSDT'])
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  test('F24 a symbol that is gone is an error, for good', async () => {
    const run = await futuresRun({ streams: ['btcusdt@trade'] })
    run.controls.failRest('depth', { _tag: 'error', status: 400, code: -1121, msg: 'Invalid symbol.' }, 9)
    const error = await new Promise((resolve) => run.client.book('BTCUSDT').subscribe({ error: resolve }))
    expect(error).toMatchObject({ name: 'RestError', code: -1121, final: true })
    expect(run.asked).toEqual(['BTCUSDT'])
    await run.nextMessage()
    await run.end()
  })

  test('F25 a snapshot asked for before a loss, and answered after it, is not used', async () => {
    const run = await futuresRun({ books })
    run.controls.failRest('depth', { _tag: 'late', delay: 150 })
    await run.nextState('BTCUSDT', (state) => state._tag === 'Syncing' && state.reason === 'start')
    run.controls.disconnect(1001)
    await run.synced('BTCUSDT')
    expect(reasons(run.states('BTCUSDT'))).toEqual(['start', 'reset'])
    // Until long after the first one was answered.
    const { receivedAt } = await run.nextMessage()
    await run.nextMessage((message) => message.receivedAt > receivedAt + 300)
    const used = run.signals.filter(({ _tag }) => _tag === 'Reply').length
    expect([used, run.asked.length]).toEqual([1, 2])
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  test('F26 ids that begin anew: the book is made anew', async () => {
    const run = await futuresRun({ books })
    await run.synced('BTCUSDT')
    const lost = run.nextState('BTCUSDT', (state) => state._tag === 'Syncing')
    run.controls.restartIds('BTCUSDT')
    expect(await lost).toMatchObject({ reason: 'restart' })
    await run.synced('BTCUSDT')
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  test('F27 an update that crosses the book: not synced, and asked for anew', async () => {
    const run = await futuresRun({ books })
    await run.synced('BTCUSDT')
    const { lastUpdateId: pu } = await caughtUp(run, 'BTCUSDT')
    const lost = run.nextState('BTCUSDT', (next) => next._tag === 'Syncing')
    const data = { e: 'depthUpdate', E: run.now(), T: run.now(), s: 'BTCUSDT', U: pu + 1, u: pu + 1, pu, a: [] }
    run.controls.send('btcusdt@depth@100ms', { ...data, b: [['99999999.00', '1']] })
    expect(await lost).toMatchObject({ reason: 'crossed' })
    const again = run.synced('BTCUSDT')
    run.controls.run()
    await again
    await expectSameBook(run, 'BTCUSDT')
    await run.end()
  })

  test('F28 a gap on one symbol of twenty: only that one is asked for anew', async () => {
    const symbols = Array.from({ length: 20 }, (_, i) => `S${i}USDT`)
    const run = await futuresRun({ books: symbols, simulated: { symbols, pause: 20, rate: 20 } })
    await Promise.all(symbols.map((symbol) => run.synced(symbol)))
    expect([...run.asked].sort()).toEqual([...symbols].sort())
    const lost = Promise.race(
      symbols.map(async (symbol) => {
        await run.nextState(symbol, (state) => state._tag === 'Syncing')
        return symbol
      }),
    )
    run.controls.failDepth('drop')
    const symbol = await lost
    await run.synced(symbol)
    for (const other of symbols)
      expect([other, reasons(run.states(other))]).toEqual([other, other === symbol ? ['start', 'gap'] : ['start']])
    expect(run.asked.slice(20)).toEqual([symbol])
    await run.end()
  })
})
