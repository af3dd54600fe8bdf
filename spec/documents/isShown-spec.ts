import { isShown } from './examples.js'

test.each<[shown: string, printed: string, isRight: boolean]>([
  ['a 1\nb\n', 'a 1\nb\n', true],
  ['a 1\nb\n', 'a 2\nb\n', false],
  ['a 1\n', 'a 1\na 2\n', false],
  ['a …\n', 'a 1, and more\n', true],
  ['a 1\n…\n', 'a 1\n', true],
  ['a 1\n…\n', 'a 1\na 22\na 3\n', true],
  ['a 1\n…\n', 'a 1\nb\n', false],
  ['a 1\n…\nb 7\n…\n', 'a 1\nb 1\na 2\nb 7\na 1\n', true],
  ['a 1\n…\nb 7\n', 'a 1\nb 1\n', false],
  [`# …\n…\n… 1\n`, `${'# x 2\n'.repeat(5_000)}# y 1\n`, true],
  [`# …\n…\n… 1\n`, `${'# x 2\n'.repeat(5_000)}# y 3\n`, false],
])('what is shown as %j is not always what was printed, %j: %j', (output, printed, isRight) => {
  expect(isShown({ output, way: 'exact' }, printed)).toBe(isRight)
})

test.each<[shown: string, printed: string, isRight: boolean]>([
  ['a 1\nb 1\n', 'b 7\na 22\nb 5\n', true],
  ['a 1\nb 1\n', 'b 7\nb 2\n', false],
  ['a 1\n', 'a 3\nc\n', false],
  ['a 1\n', 'a 3\nc without an end', true],
])('where no two runs are the same, %j is what was printed, %j: %j', (output, printed, isRight) => {
  expect(isShown({ output, way: 'alike' }, printed)).toBe(isRight)
})
