import { gzipSync } from 'node:zlib'
import { unpacked } from '../../../lib/communicators/websocket/unpacked.js'

const text = '{"e":"ACCOUNT_UPDATE","note":"币安"}'
const packed = gzipSync(text)

test('inflates where the venue packs', () => expect(unpacked(packed, 'gzip', 1_000)).toBe(text))

test('what unpacks to no text is shown, never JSON', () => {
  const cut = packed.subarray(0, packed.length - 9)
  const bomb = gzipSync(Buffer.alloc(1_001))
  expect(unpacked(cut, 'gzip', 1_000)).toMatch(/^<binary, \d+ bytes: 1f8b/)
  expect(unpacked(bomb, 'gzip', 1_000)).toMatch(/^<binary, \d+ bytes: 1f8b/)
  expect(unpacked(gzipSync(Buffer.alloc(1_000)), 'gzip', 1_000)).toHaveLength(1_000)
  expect(unpacked(Buffer.from(text), 'gzip', 1_000)).toMatch(/^<binary, 38 bytes: 7b22/)
  expect(unpacked(packed, undefined, 1_000)).toMatch(/^<binary/)
})
