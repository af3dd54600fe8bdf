import { flat } from '../../lib/codecs/flat.js'
import { collectGarbage } from '../helpers/collectGarbage.js'
import { fc, test as property } from '../property.js'

property.prop([fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(300), fc.nat(300)], { seed: 1 })(
  'the same text',
  (text, start, end) => {
    expect(flat(text.slice(start, end))).toBe(text.slice(start, end))
  },
)

test.each([12, 13, 256])('F69 a piece of %i characters does not keep the text that it was cut from', (length) => {
  const pieces: string[] = []
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 100; i++)
    pieces.push(
      flat(
        Buffer.alloc(100_000, 97 + (i % 26))
          .toString('latin1')
          .slice(i, i + length),
      ),
    )
  collectGarbage()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000)
  expect(pieces.every((piece) => piece.length === length)).toBe(true)
})
