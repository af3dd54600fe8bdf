import { entriesOf, urlEncoded } from '../../lib/rest/Parameters.js'

test('the order is kept, values are texts, and what is undefined is left out', () => {
  expect(entriesOf({ symbol: 'BTCUSDT', limit: 5, price: undefined, reduceOnly: false, side: 'BUY' })).toEqual([
    ['symbol', 'BTCUSDT'],
    ['limit', '5'],
    ['reduceOnly', 'false'],
    ['side', 'BUY'],
  ])
})

test.each([NaN, Infinity, -Infinity])('%p is no parameter', (value) => {
  expect(() => entriesOf({ symbol: 'X', limit: value })).toThrow(
    new TypeError(`Parameter 'limit': expected a finite number, came ${value}`),
  )
})

test('nothing gives an empty text', () => {
  expect(urlEncoded(entriesOf({}))).toBe('')
})

test('names and values are percent-encoded, a space as %20', () => {
  expect(
    urlEncoded([
      ['a b', 'c&d=e'],
      ['symbol', '１'],
    ]),
  ).toBe('a%20b=c%26d%3De&symbol=%EF%BC%91')
})

test('what is signed is what a URL parser sends', () => {
  const all = Array.from({ length: 0x250 }, (_, i) => String.fromCharCode(i + 1)).join('')
  const query = urlEncoded([['text', all]])
  for (const sign of ['%21', '%27', '%28', '%29', '%2A']) expect(query).toContain(sign)
  expect(new URL(`https://host/?${query}`).search).toBe(`?${query}`)
  expect(new URLSearchParams(query).get('text')).toBe(all)
})
