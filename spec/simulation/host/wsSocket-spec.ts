import { gunzipSync, gzipSync } from 'node:zlib'
import { filter, firstValueFrom, map } from 'rxjs'
import type { ClientOptions } from 'ws'
import type { BrokenFrame, Controls } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'

const MEGABYTE = 2 ** 20

const connected = async (venue: Venue, options: ClientOptions = {}, compression = false) => {
  const { addresses, controls } = await venueFor({ venue, compression })
  const client = await bareClient(addresses.websocket + (venue.dialect.path?.([]) ?? ''), options)
  const errors: unknown[] = []
  client.socket.on('error', (error) => errors.push('code' in error ? error.code : error.message))
  return { ...client, controls, errors }
}

/** The code with which the first connection closes, as the venue sees it. */
const closing = ({ log$ }: Controls): Promise<number> =>
  firstValueFrom(
    log$.pipe(
      filter((entry) => entry.type === 'closed'),
      map(({ code }) => code),
    ),
  )

test.each<readonly [BrokenFrame, string, number]>([
  ['reservedBits', 'WS_ERR_UNEXPECTED_RSV_2_3', 1002],
  ['reservedOpcode', 'WS_ERR_INVALID_OPCODE', 1002],
  ['badUtf8', 'WS_ERR_INVALID_UTF8', 1007],
  ['badClose', 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', 1002],
  ['badCloseCode', 'WS_ERR_INVALID_CLOSE_CODE', 1002],
  ['masked', 'WS_ERR_UNEXPECTED_MASK', 1002],
  ['longPing', 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', 1002],
  ['cutPing', 'WS_ERR_EXPECTED_FIN', 1002],
  ['strayContinuation', 'WS_ERR_INVALID_OPCODE', 1002],
])('F43 %s breaks the protocol', async (frame, error, code) => {
  const { controls, errors, texts } = await connected(asterFutures)
  const closed = closing(controls)
  controls.sendBroken(frame, 1)
  expect(await closed).toBe(code)
  expect([errors, texts]).toEqual([[error], []])
})

test('F43 fragments go on until the client has enough', async () => {
  const { controls, errors } = await connected(asterFutures, { maxPayload: MEGABYTE })
  const closed = closing(controls)
  controls.sendBroken('endlessFragments')
  expect(await closed).toBe(1009)
  expect(errors).toEqual(['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'])
})

test('F39 a binary message comes as it is, packed neither on a text venue nor on one that packs', async () => {
  for (const venue of [asterFutures, bingxSpot]) {
    const { controls, socket } = await connected(venue)
    const [bytes, other] = [gzipSync('{}'), new Promise((resolve) => socket.once('message', resolve))]
    controls.sendBinary(bytes)
    expect(await other).toEqual(bytes)
    expect(controls.log().at(-1)).toMatchObject({ type: 'sent', text: `<binary, ${bytes.length} bytes>` })
  }
})

describe('F41 compression', () => {
  test('is for clients that offer it, where the venue has it', async () => {
    const extensionsOf = async (offers: boolean, has: boolean) =>
      (await connected(asterFutures, { perMessageDeflate: offers }, has)).socket.extensions
    expect(await extensionsOf(true, true)).toContain('permessage-deflate')
    expect(await extensionsOf(true, false)).toBe('')
    expect(await extensionsOf(false, true)).toBe('')
  })

  test('says the same', async () => {
    const { controls, until } = await connected(asterFutures, {}, true)
    const text = JSON.stringify('x'.repeat(10_000))
    controls.sendText(text)
    expect(await until(1)).toEqual([text])
  })

  test('a message that grows to 300 MB is small here, and too large there', async () => {
    const { controls, errors } = await connected(asterFutures, { maxPayload: MEGABYTE }, true)
    const closed = closing(controls)
    const { rss } = process.memoryUsage()
    controls.sendMiscompressed('bomb')
    expect(await closed).toBe(1009)
    expect(errors).toEqual(['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'])
    expect(process.memoryUsage().rss - rss).toBeLessThan(100 * MEGABYTE)
  })

  test('whoever takes it gets it whole', async () => {
    const { controls, socket, texts } = await connected(asterFutures, {}, true)
    controls.sendMiscompressed('bomb', 1, 3)
    controls.sendText('after')
    await roundTrip(socket)
    expect(texts.map((text) => text.length)).toEqual([3 * MEGABYTE, 5])
  })

  test('one that stops in the middle is no JSON, and the connection goes on', async () => {
    const { controls, until } = await connected(asterFutures, {}, true)
    controls.sendMiscompressed('cut')
    controls.sendText('after')
    const [text = '', after] = await until(2)
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect([text.startsWith('{"stream":"cut@trade"'), after]).toEqual([true, 'after'])
  })

  test('is missed', async () => {
    const { controls } = await connected(asterFutures)
    const missing = 'messages are not compressed here: expected a client that offers it, and compression: true'
    expect(() => controls.sendMiscompressed('bomb')).toThrow(new TypeError(missing))
    const plain = 'plain: every text is plain here; expected a venue whose frames are gzip'
    expect(() => controls.sendMiscompressed('plain')).toThrow(new TypeError(plain))
  })
})

describe('F42 gzip', () => {
  const received = async (spoil: (controls: Controls) => void) => {
    const { controls, socket } = await connected(bingxSpot)
    socket.removeAllListeners('message')
    const message = new Promise<readonly [Buffer, boolean]>((resolve) =>
      socket.once('message', (data: Buffer, isBinary) => resolve([data, isBinary])),
    )
    spoil(controls)
    return await message
  }

  test('a bomb grows to 300 MB, from less than one', async () => {
    const [data, isBinary] = await received(({ sendMiscompressed }) => sendMiscompressed('bomb'))
    const [small] = await received(({ sendMiscompressed }) => sendMiscompressed('bomb', undefined, 2))
    expect(gunzipSync(small).length).toBe(2 * MEGABYTE)
    expect([isBinary, data.length]).toEqual([true, 150 * small.length])
    expect(data.length).toBeLessThan(MEGABYTE)
  })

  test('a message stops in the middle', async () => {
    const [data, isBinary] = await received(({ sendMiscompressed }) => sendMiscompressed('cut'))
    expect(isBinary).toBe(true)
    expect(() => gunzipSync(data)).toThrow('unexpected end of file')
  })

  test('one is not packed at all', async () => {
    const [data, isBinary] = await received(({ sendMiscompressed }) => sendMiscompressed('plain'))
    expect([isBinary, data.toString('utf8')]).toEqual([
      false,
      '{"stream":"cut@trade","data":{"e":"trade","E":1,"s":"CUT"}}',
    ])
  })
})
