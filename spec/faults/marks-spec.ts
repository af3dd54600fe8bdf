import { marksOf } from '../../scripts/faults/marks.js'

/** Each mark of some code: its ids, its line, and what is left of the code, on one line, each way. */
const taken = (...lines: readonly string[]) =>
  marksOf('a.ts', lines.join('\n')).map(({ ids, line, ways }) => [
    ...[ids.join(), line],
    ...ways.map(({ text }) =>
      text
        .replace(/\s*\/\/ F.*/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  ])

/** What is left of code with a single mark. */
const left = (...lines: readonly string[]) => taken(...lines).flatMap(([, , ...ways]) => ways)

describe('where a mark stands', () => {
  test('at the end of a line, or before it, with other comments between', () => {
    expect(taken('one()', 'two() // F01 F02')).toEqual([['F01,F02', 2, 'one() {}']])
    expect(taken('// F01', '// Why.', 'one()', 'two()')).toEqual([['F01', 3, '// Why. {} two()']])
  })

  test('other comments are no marks', () => {
    expect(taken('one() // F01: why', 'two() // As F01', '/** F01 */', 'three()')).toEqual([])
  })

  test('the largest that ends on its line, or else begins there', () => {
    expect(left('if (a) b() // F01', 'c()')).toEqual(['{} c()'])
    expect(left('// F01', 'if (a) {', '  b()', '}')).toEqual(['{}'])
    expect(left('f(', '  a, // F01', '  b,', ')')).toEqual(['f( b, )'])
    expect(left('if (a) b()', 'else c() // F01')).toEqual(['if (a) b() else {}'])
    expect(left('if (a) {', '  b()', '} else if (c) d() // F01')).toEqual(['if (a) { b() } else {}'])
  })
})

describe('what is taken out', () => {
  test.each([
    ['a statement', ['send(x) // F01'], ['{}']],
    ['one that throws', ['throw x // F01'], ['{}']],
    ['one whose condition holds', ['// F01', 'if (a) b()', 'else c()'], ['c()']],
    ['what a call is wrapped in', ['keep(start(x)) // F01'], ['{}', '{ start(x) }']],
    ['a property', ['f({', '  a: b, // F01', '  c,', '})'], ['f({ c, })']],
    ['an element, the last', ['const a = [', '  b,', '  ...c, // F01', ']'], ['const a = [ b, ]']],
    ['a case', ['switch (a) {', '  case 1: // F01', '    b()', '}'], ['switch (a) { }']],
    ['a branch', ['const a = b', '  ? c // F01', '  : d'], ['const a = (d)']],
    ['an operand', ['const a =', '  b &&', '  c && // F01', '  d'], ['const a = (b) && d']],
    ['a call in a chain', ['const a = b', '  .map(c) // F01', '  .filter(d)'], ['const a = b .filter(d)']],
    ['either branch', ['const f = () => (a ? b : c) // F01'], ['const f = () => ((b))', 'const f = () => ((c))']],
    ['either bound', ['x = Math.max(a, b) // F01'], ['x = (a)', 'x = (b)']],
    [
      'each operand',
      ['const a = b || c || d // F01'],
      ['const a = (c) || (d)', 'const a = (b) || (d)', 'const a = (b) || (c)'],
    ],
    ['each call', ['const a = b.c(d).e() // F01'], ['const a = b.c(d)', 'const a = b.e()']],
    ['a function of an argument', ['f(', '  (a) => a.trim(), // F01', ')'], ['f( (a) => a, )']],
    ['a flag', ['f({', '  strict: true, // F01', '})'], ['f({ strict: false, })', 'f({ })']],
    ['a limit', ['const most = 2 * 8 // F01'], ['const most = 1000 * (2 * 8)']],
    ['what a list has', ['const a = [1, 2] // F01'], ['const a = []']],
    ['what a set has', ['f({', '  a: new Set(b), // F01', '})'], ['f({ a: new Set(), })']],
    ['a sum', ['const a = b + c // F01'], ['const a = b - c']],
  ])('%s', (_, lines, expected) => {
    expect(left(...lines)).toEqual(expected)
  })

  test.each([
    ['a name would be unknown', 'const a = b // F01'],
    ['a function would be unknown', 'function a() {} // F01'],
    ['an import would be missing', "import a from 'a' // F01"],
    ['nothing stands there', '// F01'],
  ])('nothing, where %s', (_, line) => {
    expect(taken(line).map(([ids, , ...ways]) => [ids, ways])).toEqual([['F01', []]])
  })
})
