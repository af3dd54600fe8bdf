import { gzipSync } from 'node:zlib'
import { lastValueFrom, of, toArray } from 'rxjs'
import { inflating, shown } from '../../../../lib/communicators/websocket/transport/inflating.js'
import { nodeHost } from '../../../../lib/communicators/websocket/transport/nodeHost.js'
import type { SocketEvent } from '../../../../lib/communicators/websocket/transport/Transport.js'
import { webHost } from '../../../../lib/communicators/websocket/transport/webHost.js'

const text = '{"e":"ACCOUNT_UPDATE","note":"\uFEFF币安"}'
const packed = gzipSync(text)
const cut = packed.subarray(0, packed.length - 9)
const bomb = gzipSync(Buffer.alloc(1_001))
const wrongSum = Uint8Array.from(packed)
wrongSum[packed.length - 8] = (packed[packed.length - 8] ?? 0) ^ 1

describe.each([
  ['Node', nodeHost.gunzip],
  ['the web', webHost.gunzip],
])('by the interfaces of %s', (_, gunzip) => {
  const events = (...given: readonly (Uint8Array | SocketEvent)[]) => {
    const event$ = of(...given.map((one) => ('_tag' in one ? one : ({ _tag: 'Binary', bytes: one } as const))))
    const transport = inflating(() => ({ event$, send: () => undefined }), 'gzip', gunzip, 1_000)
    return lastValueFrom(transport('ws://x').event$.pipe(toArray()))
  }
  const texts = async (...given: readonly Uint8Array[]) =>
    (await events(...given)).map((event) => (event._tag === 'Text' ? event.text : event._tag))

  test('inflates what a venue packs, each in its place', async () => {
    const other = gzipSync('x'.repeat(1_000))
    expect(await events({ _tag: 'Opened' }, other, { _tag: 'Text', text: 'plain' }, packed, { _tag: 'Pong' })).toEqual([
      { _tag: 'Opened' },
      { _tag: 'Text', text: 'x'.repeat(1_000) },
      { _tag: 'Text', text: 'plain' },
      { _tag: 'Text', text },
      { _tag: 'Pong' },
    ])
  })

  test('F42 what inflates to no text is shown, never JSON, and the next one comes', async () => {
    expect(await texts(cut, bomb, Buffer.from(text), wrongSum, packed)).toEqual([
      `<binary, ${cut.length} bytes: no gzip, or not whole>`,
      `<binary, ${bomb.length} bytes: gzip of more than 1000 bytes>`,
      `<binary, ${Buffer.byteLength(text)} bytes: no gzip, or not whole>`,
      `<binary, ${wrongSum.length} bytes: no gzip, or not whole>`,
      text,
    ])
  })

  test('F42 a bomb of 300 MB is never that large', async () => {
    const large = gzipSync(Buffer.alloc(300 * 2 ** 20))
    const before = process.memoryUsage().rss
    expect(await texts(large)).toEqual([`<binary, ${large.length} bytes: gzip of more than 1000 bytes>`])
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(100)
  })

  test('what keeps its sockets keeps what they can', () => {
    const transport = inflating(() => ({ event$: of(), send: () => undefined, hasPings: false }), 'gzip', gunzip, 1)
    expect(transport('ws://x').hasPings).toBe(false)
  })
})

test('data that no venue packs is shown by its length alone', () =>
  expect(shown(packed)).toMatch(/^<binary, \d+ bytes>$/))
