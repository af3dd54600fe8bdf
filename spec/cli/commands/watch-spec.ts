import { filter, firstValueFrom, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { objects, ran, runProgram } from '../runProgram.js'
import { simulated } from '../simulated.js'

/** Runs until what was written looks so, and ends it as Ctrl-C does. */
const until = async (args: readonly string[], isEnough: (text: string) => boolean) => {
  const signal$ = new Subject<EndSignal>()
  const { code, out, err } = runProgram(args, { signal$ })
  await firstValueFrom(out.text$.pipe(filter(isEnough)))
  signal$.next('SIGINT')
  return { code: await code, stdout: out.text(), stderr: err.text() }
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length

test('trades and the best levels of the book are those of the venue', async () => {
  const { places, controls } = await simulated({ venue: asterFutures, pause: 5 })
  const { code, stdout } = await until(
    ['watch', 'asterFutures', 'btcusdt', '--json', '--levels', '3', ...places],
    (text) => count(text, /"isSynced":true/g) > 5 && count(text, /"kind":"trade"/g) > 5,
  )
  expect(code).toBe(130)
  const sent = controls
    .log()
    .flatMap((entry) =>
      entry.type === 'sent' && entry.stream === 'btcusdt@trade'
        ? [JSON.parse(entry.text) as { data: { t: number; p: string } }]
        : [],
    )
  const events = objects(stdout)
  const trades = events
    .filter(({ kind }) => kind === 'trade')
    .map(({ event }) => event as { tradeId: number; price: string })
  expect(trades.map(({ tradeId, price }) => [tradeId, price])).toEqual(
    sent.slice(0, trades.length).map(({ data: { t, p } }) => [t, p]),
  )
  const books = events.filter(({ kind, isSynced }) => kind === 'book' && isSynced === true)
  for (const { bids, asks, symbol } of books as readonly unknown[] as readonly {
    bids: { price: string }[]
    asks: { price: string }[]
    symbol: string
  }[]) {
    expect([symbol, bids.length, asks.length]).toEqual(['BTCUSDT', 3, 3])
    expect(Number(bids[0]?.price)).toBeLessThan(Number(asks[0]?.price))
  }
})

test('lines for people fit into 80 columns, and everything but data is on the standard error', async () => {
  const { places } = await simulated({ venue: binanceSpot, pause: 5 })
  const { stdout, stderr } = await until(
    ['watch', 'binanceSpot', 'btcusdt', '--levels', '2', ...places],
    (text) => count(text, /book {10}\d/g) > 2 && count(text, / (sold|bought)\n/g) > 2,
  )
  for (const line of stdout.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(\d\d:\d\d:\d\d\.\d{3} BTCUSDT {4}(trade {9}\S+ × \S+ (sold|bought)|book {10}(\S+ × \S+ \| \S+ × \S+|not synced: .+))| {38}\S+ × \S+ \| \S+ × \S+)$/,
    )
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  expect(stderr).toContain('binanceSpot-1: connected\n')
})

test('a connection that is lost makes a book that cannot be read, which is said, and comes back', async () => {
  const { places, controls } = await simulated({ venue: asterFutures, pause: 5 })
  let isCut = false
  const { stdout, stderr } = await until(['watch', 'asterFutures', 'btcusdt', '--json', ...places], (text) => {
    if (!isCut && text.includes('"isSynced":true')) {
      isCut = true
      controls.disconnect(1006)
    }
    return /"isSynced":false[^]*"isSynced":true/.test(text.slice(text.indexOf('"isSynced":true')))
  })
  expect(objects(stdout)).toContainEqual(expect.objectContaining({ kind: 'book', isSynced: false, reason: 'reset' }))
  expect(objects(stderr)).toContainEqual(expect.objectContaining({ _tag: 'Disconnected', code: 1006 }))
})

test('--simulated follows a venue of its own, which ends with it', async () => {
  const { code, stdout, stderr } = await until(
    ['watch', 'binanceSpot', 'ethusdt', '--simulated', '--json'],
    (text) => text.includes('"isSynced":true') && text.includes('"kind":"trade"'),
  )
  expect(code).toBe(130)
  expect(objects(stdout)).toContainEqual(expect.objectContaining({ kind: 'trade', symbol: 'ETHUSDT' }))
  expect(stderr).toContain('"_tag":"Connected"')
})

test('without a connection it fails, and says of each attempt why', async () => {
  const nowhere = ['--endpoint', 'ws://127.0.0.1:1', '--rest', 'http://127.0.0.1:1']
  const { code, stderr } = await ran(['watch', 'asterFutures', 'btcusdt', '--for', '200ms', ...nowhere])
  expect(code).toBe(1)
  const lines = stderr.trimEnd().split('\n')
  expect(lines.slice(0, 2)).toEqual([
    'asterFutures-1: connecting',
    expect.stringMatching(/^asterFutures-1: no connection: .*ECONNREFUSED.*; attempt 2 in \d\.\d s$/) as string,
  ])
  expect(lines.at(-1)).toBe('No connection was made.')
})

test('--for ends it in order, and nothing of it is left at the venue', async () => {
  const { places, controls } = await simulated({ venue: asterFutures })
  const { code } = await ran(['watch', 'asterFutures', 'btcusdt', '--for', '300ms', ...places])
  expect(code).toBe(0)
  if (controls.connections().length > 0)
    await firstValueFrom(controls.log$.pipe(filter(() => controls.connections().length === 0)), {
      defaultValue: undefined,
    })
  expect(controls.connections()).toEqual([])
})

test.each([
  [['watch'], 'watch: expected VENUE SYMBOL…, came no VENUE'],
  [['watch', 'asterSpot'], 'watch: expected VENUE SYMBOL…, came no SYMBOL'],
  [
    ['watch', 'nasdaq', 'btcusdt'],
    "VENUE: expected asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot, came 'nasdaq'",
  ],
  [['watch', 'asterSpot', 'btc@usdt'], "symbol of '<symbol>@trade': expected a word without @"],
  [
    ['watch', 'asterSpot', 'btcusdt', '--levels', '0'],
    "--levels: expected a whole number of at least 1 and at most 1000, came '0'",
  ],
  [
    ['watch', 'asterSpot', 'btcusdt', '--endpoint', 'ws://127.0.0.1:1'],
    '--rest: expected the REST address of the same server beside --endpoint',
  ],
  [
    ['watch', 'asterSpot', 'btcusdt', '--endpoint', 'ws://me:secret@host'],
    '--endpoint: expected an address as wss://host:port, without a user name and without a query, came something else',
  ],
  [
    ['watch', 'asterSpot', 'btcusdt', '--simulated', '--endpoint', 'ws://127.0.0.1:1', '--rest', 'http://127.0.0.1:1'],
    '--simulated: expected no --endpoint and no --rest, as it has addresses of its own',
  ],
  [
    ['watch', 'asterSpot', 'btcusdt', '--for', '60d'],
    "--for: expected a time with its unit, as 500ms, 90s, 15m, 1.5h or 1d, at most 24d, came '60d'",
  ],
])('%j is said to be wrong', async (args, reason) => {
  const { code, stdout, stderr } = await ran(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`aster-rx: ${reason}`)
  expect(stderr).not.toContain('secret')
})
