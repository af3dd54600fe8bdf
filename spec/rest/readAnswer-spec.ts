import * as t from 'io-ts'
import { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import { readAnswer } from '../../lib/rest/readAnswer.js'
import { RestError, type RestFailure } from '../../lib/rest/RestError.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

const composed = { request: 'GET /x', redact: (text: string) => text.replaceAll('CANARY', '***'), isSecret: false }

const read = (status: number, text: string, retryAfter?: string, codec: t.Decoder<unknown, unknown> = t.unknown) => {
  const header = (name: string) => (name === 'retry-after' ? retryAfter : undefined)
  return readAnswer({ status, text, header }, composed, asterFutures, codec, 1_700_000_000_000)
}

const failed = (...answer: Parameters<typeof read>): RestError => {
  try {
    read(...answer)
  } catch (error) {
    if (error instanceof RestError) return error
  }
  throw new Error('Expected a RestError')
}

test.each([200, 201, 204, 299])('%i is a success', (status) => {
  expect(read(status, '{"a":1}')).toEqual({ a: 1 })
})

test('an empty success is undefined, where that will do', () => {
  expect(read(200, '')).toBeUndefined()
  expect(failed(200, '', undefined, DepthSnapshot).failure).toEqual({
    kind: 'body',
    status: 200,
    path: '',
    reason: 'expected DepthSnapshot',
  })
})

test('a success with a code of the venue that is no error', () => {
  expect(read(200, '{"code":200,"msg":"done"}')).toEqual({ code: 200, msg: 'done' })
  expect(read(200, '{"code":0}')).toEqual({ code: 0 })
  expect(read(200, '{"code":"-5"}')).toEqual({ code: '-5' })
  expect(read(200, '[{"code":-2011,"msg":"Unknown order sent."}]')).toEqual([
    { code: -2011, msg: 'Unknown order sent.' },
  ])
})

const failures: readonly (readonly [string, Parameters<typeof read>, RestFailure, boolean])[] = [
  [
    'an unknown symbol is final',
    [400, '{"code":-1121,"msg":"Invalid symbol."}'],
    { kind: 'venue', status: 400, code: -1121, reason: 'Invalid symbol.' },
    true,
  ],
  [
    'an error under a success',
    [200, '{"code":-1121,"msg":"Invalid symbol."}'],
    { kind: 'venue', status: 200, code: -1121, reason: 'Invalid symbol.' },
    true,
  ],
  [
    'a code above 0 under a failure is an error',
    [404, '{"code":404,"msg":"none"}'],
    { kind: 'venue', status: 404, code: 404, reason: 'none' },
    true,
  ],
  [
    'an error without words',
    [400, '{"code":-1}'],
    { kind: 'venue', status: 400, code: -1, reason: '{"code":-1}' },
    true,
  ],
  [
    "the venue's own trouble may pass",
    [500, '{"code":-9,"msg":"x"}'],
    { kind: 'venue', status: 500, code: -9, reason: 'x' },
    false,
  ],
  [
    'so may a code that says so',
    [400, '{"code":-1001,"msg":"x"}', '2'],
    { kind: 'venue', status: 400, code: -1001, reason: 'x', retryAfter: 2_000 },
    false,
  ],
  [
    'so may a refused clock',
    [400, '{"code":-1021,"msg":"x"}'],
    { kind: 'venue', status: 400, code: -1021, reason: 'x' },
    false,
  ],
  ['HTML', [500, '<html>CANARY</html>'], { kind: 'http', status: 500, reason: '<html>***</html>' }, false],
  ['HTML with a time', [503, '<html>', '3'], { kind: 'http', status: 503, reason: '<html>', retryAfter: 3_000 }, false],
  ['JSON that is no error', [502, '{"a":1}'], { kind: 'http', status: 502, reason: '{"a":1}' }, false],
  ['a code that is text', [400, '{"code":"x"}'], { kind: 'http', status: 400, reason: '{"code":"x"}' }, true],
  ['no such page', [404, '<html>'], { kind: 'http', status: 404, reason: '<html>' }, true],
  ['just below the failures of servers', [499, ''], { kind: 'http', status: 499, reason: '' }, true],
  ['a firewall', [403, '<html>'], { kind: 'http', status: 403, reason: '<html>' }, false],
  ['a time-out', [408, ''], { kind: 'http', status: 408, reason: '' }, false],
  ['too early', [425, ''], { kind: 'http', status: 425, reason: '' }, false],
  ['a redirection', [302, ''], { kind: 'http', status: 302, reason: '' }, true],
  ['what is no success', [300, '{}'], { kind: 'http', status: 300, reason: '{}' }, true],
  ['what is before success', [199, '{}'], { kind: 'http', status: 199, reason: '{}' }, true],
  [
    'too many, with a time',
    [429, '{"code":-1003,"msg":"CANARY"}', '7'],
    { kind: 'rateLimited', status: 429, code: -1003, reason: '***', retryAfter: 7_000 },
    false,
  ],
  [
    'too many, without',
    [429, '<html>'],
    { kind: 'rateLimited', status: 429, reason: '<html>', retryAfter: 60_000 },
    false,
  ],
  ['banned, without a time', [418, ''], { kind: 'rateLimited', status: 418, reason: '', retryAfter: 120_000 }, false],
  ['banned briefly', [418, '', '5'], { kind: 'rateLimited', status: 418, reason: '', retryAfter: 120_000 }, false],
  ['banned', [418, '', '259200'], { kind: 'rateLimited', status: 418, reason: '', retryAfter: 259_200_000 }, false],
  [
    'until a date',
    [429, '', 'Tue, 14 Nov 2023 22:13:30 GMT'],
    { kind: 'rateLimited', status: 429, reason: '', retryAfter: 10_000 },
    false,
  ],
  ['cut JSON', [200, '{"listenKey":"CANARY'], { kind: 'body', status: 200, path: '', reason: 'expected JSON' }, false],
  ['HTML as a success', [200, '<html>'], { kind: 'body', status: 200, path: '', reason: 'expected JSON' }, false],
  [
    'a snapshot without its id',
    [200, '{"bids":[],"asks":[]}', undefined, DepthSnapshot],
    { kind: 'body', status: 200, path: 'lastUpdateId', reason: 'lastUpdateId: expected Integer' },
    false,
  ],
  [
    'the first of several things',
    [200, '{"bids":5}', undefined, DepthSnapshot],
    { kind: 'body', status: 200, path: 'lastUpdateId', reason: 'lastUpdateId: expected Integer' },
    false,
  ],
  [
    'a wrong level, by its path and without its value',
    [200, '{"lastUpdateId":1,"bids":[["1","CANARY"]],"asks":[]}', undefined, DepthSnapshot],
    { kind: 'body', status: 200, path: 'bids.0.1', reason: 'bids.0.1: expected Decimal' },
    false,
  ],
]

test.each(failures)('%s', (_, answer, expected, final) => {
  const { failure, final: isFinal, request } = failed(...answer)
  expect([failure, isFinal, request]).toEqual([expected, final, 'GET /x'])
})

test('a page is cut short after its secrets were taken out', () => {
  const { failure } = failed(500, `${'x'.repeat(198)}CANARY${'y'.repeat(500)}`)
  expect(failure).toEqual({ kind: 'http', status: 500, reason: `${'x'.repeat(198)}**` })
})
