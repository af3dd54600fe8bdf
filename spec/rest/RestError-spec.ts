import { RestError, type RestFailure } from '../../lib/rest/RestError.js'

const cases: readonly (readonly [RestFailure, string, number | undefined, number | undefined])[] = [
  [
    { kind: 'venue', status: 400, code: -1121, reason: 'Invalid symbol.' },
    'GET /x: -1121 Invalid symbol. (400)',
    400,
    -1121,
  ],
  [{ kind: 'http', status: 502, reason: '<html>' }, 'GET /x: 502 <html>', 502, undefined],
  [{ kind: 'rateLimited', status: 429, reason: 'slow', retryAfter: 1 }, 'GET /x: 429 slow', 429, undefined],
  [{ kind: 'network', reason: 'ECONNREFUSED' }, 'GET /x: ECONNREFUSED', undefined, undefined],
  [{ kind: 'timeout', reason: 'too late', after: 5 }, 'GET /x: too late', undefined, undefined],
  [{ kind: 'body', status: 200, path: 'a', reason: 'a: expected Id' }, 'GET /x: 200 a: expected Id', 200, undefined],
  [{ kind: 'notSent', reason: 'full' }, 'GET /x: not sent: full', undefined, undefined],
]

test.each(cases)('%j says what happened', (failure, message, status, code) => {
  const error = new RestError('GET /x', failure)
  expect(error).toBeInstanceOf(Error)
  expect([error.name, error.request, error.failure, error.final]).toEqual(['RestError', 'GET /x', failure, false])
  expect([error.message, error.status, error.code]).toEqual([message, status, code])
})

test('is final where it is said to be', () => {
  expect(new RestError('GET /x', { kind: 'network', reason: '' }, true).final).toBe(true)
})
