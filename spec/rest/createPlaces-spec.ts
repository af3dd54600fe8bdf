import { createPlaces } from '../../lib/rest/createPlaces.js'
import { RestError } from '../../lib/rest/RestError.js'

const unreachable = new RestError('GET /x', { kind: 'network', reason: 'ECONNREFUSED' })
const late = new RestError('GET /x', { kind: 'timeout', reason: 'no answer', after: 1 })
const answered = new RestError('GET /x', { kind: 'http', status: 503, reason: '' })

test('the first, until no answer comes from there; then the next, and round again', () => {
  const { current, failed } = createPlaces(['a', 'b'])
  expect(current()).toBe('a')
  failed('a', unreachable)
  expect(current()).toBe('b')
  failed('b', late)
  expect(current()).toBe('a')
})

test('many that fail at once leave it once', () => {
  const { current, failed } = createPlaces(['a', 'b'])
  for (let i = 0; i < 2; i++) failed('a', unreachable)
  expect(current()).toBe('b')
})

test('an answer, and what is no answer of a venue, are no reason to leave', () => {
  const { current, failed } = createPlaces(['a', 'b'])
  for (const error of [answered, new Error('x'), undefined]) failed('a', error)
  expect(current()).toBe('a')
})

test('the only one stays', () => {
  const { current, failed } = createPlaces(['a'])
  failed('a', unreachable)
  expect(current()).toBe('a')
})
