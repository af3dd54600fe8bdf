import { refusal } from '../../../lib/communicators/account/refusal.js'
import { RestError } from '../../../lib/rest/RestError.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'

const venueError = (code: number, final = true) =>
  new RestError('POST /x', { kind: 'venue', status: 400, code, reason: 'no' }, final)

test.each([
  venueError(-2015),
  new RestError('POST /x', { kind: 'http', status: 401, reason: 'no' }, true),
  { final: true, code: -2014 },
])('%j concerns credentials, and stays final', (error) => {
  expect(refusal(error, asterSpot)).toBe(error)
})

test('any other is final no more, and says the same', () => {
  expect(refusal(venueError(-1010), asterSpot)).toEqual(new Error('POST /x: -1010 no (400)'))
  expect(refusal({ final: true }, asterSpot)).toEqual(new Error('[object Object]'))
})

test.each([venueError(-2015, false), 'x', undefined, null])('%j was not final, and stays as it is', (error) => {
  expect(refusal(error, asterSpot)).toBe(error)
})
