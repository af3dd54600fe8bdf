import { rawFrame } from '../../../lib/simulation/host/brokenFrames.js'

const bytes = (length: number) => Buffer.alloc(length, 1)

test.each([
  ['a text', { opcode: 1, payload: Buffer.from('Hello') }, [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]],
  ['a fragment', { opcode: 1, payload: Buffer.from('Hel'), fin: false }, [0x01, 0x03, 0x48, 0x65, 0x6c]],
  ['reserved bits', { opcode: 1, payload: bytes(0), reserved: 7 }, [0xf1, 0x00]],
  ['a mask', { opcode: 9, payload: bytes(1), masked: true }, [0x89, 0x81, 0, 0, 0, 0, 1]],
] as const)('%s as the protocol writes it', (_, frame, expected) => {
  expect([...rawFrame(frame)]).toEqual(expected)
})

test.each([
  [125, [0x82, 125]],
  [126, [0x82, 126, 0, 126]],
  [256, [0x82, 126, 1, 0]],
  [65_535, [0x82, 126, 0xff, 0xff]],
  [65_536, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('%i bytes', (length, head) => {
  const frame = rawFrame({ opcode: 2, payload: bytes(length) })
  expect([...frame.subarray(0, head.length)]).toEqual(head)
  expect(frame).toHaveLength(head.length + length)
})
