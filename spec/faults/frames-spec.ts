import { firstValueFrom } from 'rxjs'
import type { ParseError } from '../../lib/parser/ParseError.js'
import type { BrokenFrame } from '../../lib/simulation/index.js'
import { futuresRun } from './faultyRun.js'

const streams = ['btcusdt@trade', 'ethusdt@trade'] as const

const collected = (run: Awaited<ReturnType<typeof futuresRun>>) => {
  const errors: ParseError[] = []
  run.client.parseError$.subscribe((error) => errors.push(error))
  return errors
}

/** A good trade, on the stream on which the venue says nothing by itself. */
const trade = { e: 'trade', E: 1, T: 1, s: 'ETHUSDT', t: 1, p: '1.00', q: '1.000', X: 'MARKET', m: false }

describe('frames over real sockets', () => {
  test('F38 what does not fit is a value with its path, and the feed goes on', async () => {
    const run = await futuresRun({ streams })
    const errors = collected(run)
    await run.nextMessage()
    run.controls.halt()
    const wrong = [
      { ...trade, p: 61800.3 },
      { ...trade, t: null },
      { ...trade, s: undefined },
      { ...trade, q: 'many' },
      [trade],
      'trade',
    ]
    for (const data of wrong) run.controls.send('ethusdt@trade', data)
    run.controls.sendText('{"stream":"btcusdt@nosuch","data":{}}')
    const last = run.nextMessage()
    run.controls.send('ethusdt@trade', { ...trade, t: 9_007_199_254_740_000, X: 'NEVER_SEEN', more: { of: ['it'] } })
    expect((await last).event).toMatchObject({ tradeId: 9_007_199_254_740_000, tradeType: 'NEVER_SEEN' })
    const shown = errors.map((error) => [error._tag, 'path' in error && error.path])
    expect(shown).toEqual([
      ['InvalidEvent', 'p'],
      ['InvalidEvent', 't'],
      ['InvalidEvent', 's'],
      ['InvalidEvent', 'q'],
      ['InvalidEvent', ''],
      ['InvalidEvent', ''],
      ['UnknownStream', false],
    ])
    const { received, routed, unknown, invalid, control, unknownValues } = await firstValueFrom(run.client.counters$)
    expect([invalid, unknown, unknownValues, received]).toEqual([6, 1, 1, routed + unknown + invalid + control])
    await run.end()
  })

  test('F39 hostile texts are an error each; ten that are no JSON end the connection, which comes back', async () => {
    const run = await futuresRun({ streams })
    const errors = collected(run)
    await run.nextMessage()
    run.controls.halt()
    const megabyte = 'x'.repeat(1_000_000)
    const hostile: readonly (readonly [text: string, tag: ParseError['_tag']])[] = [
      ['', 'NotJson'],
      ['nonsense', 'NotJson'],
      ['\uFEFF{"stream":"btcusdt@trade"}', 'NotJson'],
      ['{"stream":"btcusdt@trade","data":{', 'NotJson'],
      [`{"stream":"btcusdt@trade","data":{"e":"${megabyte}"}}`, 'InvalidEvent'],
      [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'UnknownStream'],
      ['{"stream":"__proto__","data":{"polluted":true}}', 'UnknownStream'],
      ['{"stream":"btcusdt@trade","data":{"__proto__":{"polluted":true}}}', 'InvalidEvent'],
    ]
    const last = run.nextMessage()
    for (const [text] of hostile) run.controls.sendText(text)
    run.controls.send('ethusdt@trade', trade)
    await last
    expect(errors.map(({ _tag }) => _tag)).toEqual(hostile.map(([, tag]) => tag))
    expect([Reflect.get({}, 'polluted'), run.status('Disconnected')]).toEqual([undefined, []])
    const lost = run.nextSignal('Disconnected')
    const back = run.nextSignal('Connected')
    for (let i = 0; i < 9; i++) run.controls.sendText('nonsense')
    run.controls.sendBinary(Uint8Array.from([1, 2, 255]))
    expect(await lost).toMatchObject({ reason: '10 frames in a row that are no JSON' })
    expect(errors.at(-1)).toMatchObject({ _tag: 'NotJson', text: '<binary, 3 bytes>' })
    await back
    run.controls.run()
    await run.nextMessage()
    await run.end()
  })

  test('F41 a compressed message of 300 MB is refused with a code; memory stays bounded, and it comes back', async () => {
    const run = await futuresRun({ streams, simulated: { compression: true }, live: { perMessageDeflate: true } })
    await run.nextMessage()
    const before = process.memoryUsage().rss
    const lost = run.nextSignal('Disconnected')
    run.controls.sendMiscompressed('bomb')
    expect(await lost).toMatchObject({ code: 1009 })
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150)
    await run.nextMessage()
    await run.end()
  })

  test.each<BrokenFrame>(['reservedBits', 'badUtf8', 'badCloseCode', 'masked', 'cutPing', 'endlessFragments'])(
    'F43 %s: lost with a code, and back again',
    async (frame) => {
      const run = await futuresRun({ streams, live: { maxPayload: 100_000 } })
      await run.nextMessage()
      const lost = run.nextSignal('Disconnected')
      run.controls.sendBroken(frame)
      const { code } = (await lost) as { readonly code?: number }
      expect(code).toBe({ badUtf8: 1007, endlessFragments: 1009 }[frame as string] ?? 1002)
      await run.nextMessage()
      await run.end()
    },
  )
})
