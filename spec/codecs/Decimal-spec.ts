import { Decimal } from '../../lib/codecs/Decimal.js'

test.each(['0', '1', '61686.00000000', '-0.5', '1e-8', '-8.02e-05', '0.00'])('%j is a decimal', (text) => {
  expect(Decimal.decode(text)).toEqual({ _tag: 'Right', right: text })
})

test.each([
  '',
  '-',
  '.',
  '1.',
  '.5',
  '1..2',
  '1.2.3',
  'abc',
  '1e',
  '1.e5',
  'Infinity',
  'NaN',
  ' 1',
  '1 ',
  '+1',
  1,
  null,
])('%j is none', (input) => {
  expect(Decimal.decode(input)._tag).toBe('Left')
  expect(Decimal.fast(input)).toBeUndefined()
})
