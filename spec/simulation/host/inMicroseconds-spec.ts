import { inMicroseconds } from '../../../lib/simulation/host/inMicroseconds.js'

test('times alone are counted otherwise', () => {
  const data = '{"E":1700000000318,"t":3000001,"s":"1700000000318","u":[1,1700000000319],"T":1700000000318}'
  expect(inMicroseconds(data)).toBe(
    '{"E":1700000000318000,"t":3000001,"s":"1700000000318","u":[1,1700000000319000],"T":1700000000318000}',
  )
})
