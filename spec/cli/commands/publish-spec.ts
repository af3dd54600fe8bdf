import { filter, firstValueFrom, Subject } from 'rxjs'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { withServer } from '../../nats/natsServer.js'
import { objects, ran, runProgram } from '../runProgram.js'
import { simulated } from '../simulated.js'

/** A program that runs until it is told to end. */
const running = (args: readonly string[]) => {
  const signal$ = new Subject<EndSignal>()
  const { code, out, err } = runProgram([...args, '--json'], { signal$ })
  return {
    code,
    said: () => objects(out.text()),
    told: () => objects(err.text()),
    when: (isEnough: (text: string) => boolean) => firstValueFrom(out.text$.pipe(filter(isEnough))),
    whenTold: (isEnough: (text: string) => boolean) => firstValueFrom(err.text$.pipe(filter(isEnough))),
    end: () => signal$.next('SIGINT'),
  }
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length
const idsOf = (events: readonly Record<string, unknown>[]) =>
  events.filter(({ kind }) => kind === 'trade').map(({ event }) => (event as { tradeId: number }).tradeId)

withServer('publish, and who reads it', (server) => {
  const address = () => `nats://127.0.0.1:${server.port()}`
  const streams = ['btcusdt@trade', 'btcusdt@depth@100ms']

  test('watch has the trades and a synced book of a venue that it does not ask', async () => {
    const { places, controls } = await simulated({ venue: asterFutures, pause: 5 })
    const publisher = running(['publish', 'asterFutures', ...streams, '--nats', address(), ...places])
    await publisher.whenTold((text) => text.includes('"Connected"'))
    const before = controls.connections().length
    const reader = running(['watch', 'asterFutures', 'btcusdt', '--nats', address()])
    await reader.when((text) => count(text, /"kind":"trade"/g) > 5 && count(text, /"isSynced":true/g) > 2)
    reader.end()
    expect(await reader.code).toBe(130)
    expect(controls.connections().length).toBe(before)
    publisher.end()
    expect(await publisher.code).toBe(130)
    const sent = controls
      .log()
      .flatMap((entry) =>
        entry.type === 'sent' && entry.stream === 'btcusdt@trade'
          ? [(JSON.parse(entry.text) as { data: { t: number } }).data.t]
          : [],
      )
    const seen = idsOf(reader.said())
    const start = sent.indexOf(seen[0] ?? NaN)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(seen).toEqual(sent.slice(start, start + seen.length))
  })

  test('what was published is stored when it has ended', async () => {
    const { places, controls } = await simulated({ venue: asterFutures, pause: 5 })
    const publisher = running(['publish', 'asterFutures', 'btcusdt@trade', '--nats', address(), ...places])
    await publisher.whenTold((text) => text.includes('"Connected"'))
    while (controls.log().filter((entry) => entry.type === 'sent' && entry.stream === 'btcusdt@trade').length < 50)
      await new Promise((resolve) => setImmediate(resolve))
    publisher.end()
    expect(await publisher.code).toBe(130)
    const [{ frames } = { frames: undefined }] = publisher.said() as readonly { readonly frames: number }[]
    const { jetstreamManager } = await import('@nats-io/jetstream')
    const manager = await jetstreamManager(await server.connection())
    const { state } = await manager.streams.info('md-asterFutures', {
      subjects_filter: 'md.asterFutures.btcusdt.trade',
    })
    const { 'md.asterFutures.btcusdt.trade': stored } = state.subjects ?? {}
    expect(stored).toBeGreaterThanOrEqual(50)
    expect(frames).toBeGreaterThanOrEqual(stored ?? NaN)
  })

  test('a stream that is there and differs is an error that says what to do', async () => {
    const { places } = await simulated({ venue: asterFutures })
    const first = running(['publish', 'asterFutures', 'btcusdt@trade', '--nats', address(), ...places])
    await first.whenTold((text) => text.includes('"Connected"'))
    const args = ['publish', 'asterFutures', 'btcusdt@trade', '--nats', address(), '--max-age', '1h', ...places]
    const { code, stderr } = await ran(args)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/max_age: expected 3600000000000, is 86400000000000/)])
    first.end()
    await first.code
  })
})

test.each([
  [['watch', 'asterFutures', 'btcusdt', '--nats', 'nats://127.0.0.1:1'], 1, /expected a server of NATS at nats:/],
  [['watch', 'asterFutures', 'btcusdt', '--nats', 'http://127.0.0.1'], 2, /--nats: expected an address as nats:/],
  [['watch', 'asterFutures', 'btcusdt', '--nats', 'nats://127.0.0.1', '--simulated'], 2, /expected no --simulated/],
  [['serve', 'asterFutures', '--nats', 'nats://127.0.0.1:1'], 1, /expected a server of NATS/],
  [
    ['serve', 'asterFutures', '--nats', 'nats://a', '--endpoint', 'ws://b', '--rest', 'http://b'],
    2,
    /--nats: expected no/,
  ],
  [['publish', 'asterFutures', 'btcusdt@trade', '--nats', 'nats://127.0.0.1:1', '--simulated'], 1, /a server of NATS/],
])('%j is refused', async (args, code, text) => {
  expect(await ran(args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(text) as unknown })
})
