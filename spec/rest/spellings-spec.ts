import { spellings } from '../../lib/rest/spellings.js'

test('as it is, within JSON, and within an address', () => {
  expect(spellings('a "&')).toEqual(['a "&', 'a \\"&', 'a%20%22%26'])
})

test('half of a character harms nobody', () => {
  expect(spellings('\ud800a\u{1f600}')).toEqual(['\ud800a\u{1f600}', '\\ud800a\u{1f600}', '%EF%BF%BDa%F0%9F%98%80'])
})
