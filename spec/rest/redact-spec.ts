import { redact, spellings } from '../../lib/rest/redact.js'

test('F49 takes out every occurrence of every secret, and nothing else', () => {
  expect(redact('a KEY b KEY c OTHER d', ['KEY', undefined, '', 'OTHER'])).toBe(
    'a <redacted> b <redacted> c <redacted> d',
  )
})

test('takes out what stands after the name of a secret', () => {
  expect(redact('/x?symbol=B&signature=abc&listenKey=def>', [])).toBe(
    '/x?symbol=B&signature=<redacted>&listenKey=<redacted>>',
  )
  expect(redact('{"listenKey": "abc","apiKey":"def","code":1}', [])).toBe(
    '{"listenKey": "<redacted>","apiKey":"<redacted>","code":1}',
  )
  expect(redact("secret='s', privateKey: p; SIGNATURE=q", [])).toBe(
    "secret='<redacted>', privateKey: <redacted>; SIGNATURE=<redacted>",
  )
})

test.each([
  ['{"listenKey":["canary", "canary"]}', '{"listenKey":<redacted>'],
  ['{"listenKey":{"a":{"b":"canary"}}} canary', '{"listenKey":<redacted>'],
  ['{"listenKey":123}', '{"listenKey":<redacted>}'],
  ['{"listenKey":"canary&canary <$1> ,;canary","a":1}', '{"listenKey":"<redacted>","a":1}'],
  ['{"listenKey":"a\\"canary","a":1}', '{"listenKey":"<redacted>","a":1}'],
  ['{"listenKey":"canary canary', '{"listenKey":"<redacted>'],
  ["listenKey='canary & canary' is none", "listenKey='<redacted>' is none"],
  ['{"listenKey":""}', '{"listenKey":""}'],
])('takes all of it out, whatever it is: %s', (text, expected) => {
  expect(redact(text, [])).toBe(expected)
})

test.each(['ca$&nary', '$1.*[a', '\\ud800canary', '\ud800canary', 'a"b\\'])(
  'takes out %j whole, wherever it stands',
  (secret) => {
    const json = JSON.stringify({ x: secret })
    expect(redact(`y${secret}z ${json}`, [secret])).toBe('y<redacted>z {"x":"<redacted>"}')
  },
)

test('leaves words that only mention one', () => {
  expect(redact('Signature for this request is not valid.', [])).toBe('Signature for this request is not valid.')
})

test('takes a secret out however it is written', () => {
  expect(redact('a+b/"c" a%2Bb%2F%22c%22 a+b/\\"c\\"', ['a+b/"c"'])).toBe('<redacted> <redacted> <redacted>')
})

describe('the spellings of a secret', () => {
  test('as it is, within JSON, and within an address', () => {
    expect(spellings('a "&')).toEqual(['a "&', 'a \\"&', 'a%20%22%26'])
  })

  test('half of a character harms nobody', () => {
    expect(spellings('\ud800a\u{1f600}')).toEqual(['\ud800a\u{1f600}', '\\ud800a\u{1f600}', '%EF%BF%BDa%F0%9F%98%80'])
  })
})
