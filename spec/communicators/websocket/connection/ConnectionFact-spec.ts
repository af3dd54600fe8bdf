import { endOf, givenUp } from '../../../../lib/communicators/websocket/connection/ConnectionFact.js'
import type { SocketEvent } from '../../../../lib/communicators/websocket/transport/Transport.js'

describe('endOf', () => {
  test.each<SocketEvent>([
    { _tag: 'Opened' },
    { _tag: 'Text', text: '' },
    { _tag: 'Binary', bytes: new Uint8Array() },
    { _tag: 'Ping', payload: new Uint8Array() },
    { _tag: 'Pong' },
  ])('$_tag is no end', (event) => expect(endOf(event, 0)).toBeUndefined())

  test('a close, with its code and reason', () =>
    expect(endOf({ _tag: 'Closed', code: 1001, reason: 'going' }, 0)).toEqual({
      ...{ code: 1001, reason: 'going', isThrottled: false, isFruitless: false },
    }))

  test.each([1008, 3001, 400, 414, 431])('%d says that we ask for too much', (code) =>
    expect(endOf({ _tag: 'Closed', code, reason: '' }, 0)).toMatchObject({ isThrottled: true }),
  )

  test.each([1000, 1001, 1006, 1009, 1011, 401, 403, 429, 503])('%d does not', (code) =>
    expect(endOf({ _tag: 'Closed', code, reason: '' }, 0)).toMatchObject({ isThrottled: false }),
  )

  test('a failure, with the code that was sent or 1006', () => {
    expect(endOf({ _tag: 'Failed', reason: 'no' }, 0)).toMatchObject({ code: 1006, reason: 'no' })
    expect(endOf({ _tag: 'Failed', reason: 'no', code: 1009 }, 0)).toMatchObject({ code: 1009, reason: 'no' })
  })

  test('a refusal, with its status and what it asks us to wait', () => {
    const refused = { _tag: 'Refused', status: 429, reason: 'HTTP 429' } as const
    expect(endOf(refused, 0)).toEqual({ code: 429, reason: 'HTTP 429', isThrottled: false, isFruitless: false })
    expect(endOf({ ...refused, retryAfter: '5' }, 0)).toMatchObject({ code: 429, retryAfter: 5_000 })
    expect(endOf({ ...refused, retryAfter: 'Thu, 01 Jan 1970 00:00:09 GMT' }, 2_000)).toMatchObject({
      retryAfter: 7_000,
    })
    expect(endOf({ ...refused, retryAfter: '?' }, 0)).not.toHaveProperty('retryAfter')
  })
})

test('givenUp', () => {
  expect(givenUp('late')).toEqual({ code: 1006, reason: 'late', isThrottled: false, isFruitless: false })
  expect(givenUp('late', true)).toMatchObject({ isFruitless: true })
})

test('F54 a date of Retry-After is measured against the Date of the same answer, whatever our clock says', () => {
  const refused = {
    _tag: 'Refused',
    ...{ status: 429, reason: 'HTTP 429', retryAfter: 'Thu, 08 Aug 2024 12:00:30 GMT' },
    date: 'Thu, 08 Aug 2024 12:00:00 GMT',
  } as const
  for (const now of [0, Date.UTC(2024, 7, 8, 10), Date.UTC(2024, 7, 8, 14)])
    expect(endOf(refused, now)).toMatchObject({ retryAfter: 30_000 })
})
