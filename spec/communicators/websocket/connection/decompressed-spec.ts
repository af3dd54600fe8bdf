import { gzipSync } from 'node:zlib'
import { decompressed } from '../../../../lib/communicators/websocket/connection/decompressed.js'

const text = '{"e":"ACCOUNT_UPDATE","note":"币安"}'
const packed = gzipSync(text)

test('inflates where the venue packs', () => expect(decompressed(packed, 'gzip', 1_000)).toBe(text))

test('what unpacks to no text is shown, never JSON', () => {
  const cut = packed.subarray(0, packed.length - 9)
  const bomb = gzipSync(Buffer.alloc(1_001))
  expect(decompressed(cut, 'gzip', 1_000)).toBe(`<binary, ${cut.length} bytes: no gzip, or not whole>`)
  expect(decompressed(bomb, 'gzip', 1_000)).toBe(`<binary, ${bomb.length} bytes: gzip of more than 1000 bytes>`)
  expect(decompressed(gzipSync(Buffer.alloc(1_000)), 'gzip', 1_000)).toHaveLength(1_000)
  expect(decompressed(Buffer.from(text), 'gzip', 1_000)).toBe('<binary, 38 bytes: no gzip, or not whole>')
  expect(decompressed(packed, undefined, 1_000)).toMatch(/^<binary/)
})
