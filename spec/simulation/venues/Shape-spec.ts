import { decimal, differences, flag, integer, is, keys, levels, like, ms, text, type Shape } from './Shape.js'

test.each<readonly [string, Shape, unknown, readonly string[]]>([
  ['a number for a decimal', decimal, 1.5, [': expected decimal, came 1.5']],
  ['an exponent', decimal, '1e3', [': expected decimal, came "1e3"']],
  ['a text for an integer', integer, '1', [': expected integer, came "1"']],
  ['seconds for milliseconds', ms, 1_700_000_000, [': expected ms, came 1700000000']],
  ['microseconds', ms, 1_700_000_000_000_000, [': expected ms, came 1700000000000000']],
  ['a text for a boolean', flag, 'true', [': expected boolean, came "true"']],
  ['nothing', text, undefined, [': expected text, came nothing']],
  ['another constant', is('a', null), 'b', [': expected "a" or null, came "b"']],
  ['another text', like(/^x$/), 'y', [': expected /^x$/, came "y"']],
  ['a level of three', levels, [['1', '2', '3']], [': expected levels, came [["1","2","3"]]']],
  ['a level of numbers', levels, [[1, 2]], [': expected levels, came [[1,2]]']],
  ['an empty list', [text], [], [': expected a list, came []']],
  ['something in a list', [text], ['a', 1], ['.1: expected text, came 1']],
  ['a list for an object', keys({}), [], [': expected an object, came []']],
  ['keys', keys({ a: text, b: text }), { b: 1, c: 2 }, ['.a: missing', '.c: too many', '.b: expected text, came 1']],
])('%s is told', (_, shape, value, told) => {
  expect(differences(shape, value)).toEqual(told)
})

test('what is right is not', () => {
  const shape = keys({ a: [keys({ d: decimal, n: integer, t: ms, f: flag })], l: levels })
  const value = { l: [], a: [{ f: true, t: 1_700_000_000_000, n: -1, d: '-0.10' }] }
  expect(differences(shape, value)).toEqual([])
})
