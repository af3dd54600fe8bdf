import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { startVenue, type SimulatedVenue } from '../../../lib/simulation/index.js'

let venue: SimulatedVenue
beforeAll(async () => {
  venue = await startVenue({ venue: asterFutures })
})
afterAll(() => venue.close())

/** What a browser looks at before it lets a page have an answer. */
const answered = async (init: RequestInit) => {
  const { status, headers } = await fetch(`${venue.addresses.rest}/fapi/v1/time`, init)
  return { status, allowed: headers.get('Access-Control-Allow-Origin'), headers }
}

test.each(['http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:8443'])(
  'a page of %s may read answers, and their headers',
  async (origin) => {
    const { status, allowed, headers } = await answered({ headers: { Origin: origin } })
    expect([status, allowed, headers.get('Vary')]).toEqual([200, origin, 'Origin'])
    expect(headers.get('Access-Control-Expose-Headers')).toBe('*')
  },
)

test.each(['https://example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'null', 'x'])(
  'a page of %s may not',
  async (origin) => {
    expect(await answered({ headers: { Origin: origin } })).toMatchObject({ status: 200, allowed: null })
    expect(await answered({ method: 'OPTIONS', headers: { Origin: origin } })).toMatchObject({ allowed: null })
  },
)

test('a page of this machine may send a key, and every method', async () => {
  const asked = { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-mbx-apikey' }
  const origin = 'http://localhost:5173'
  const { status, allowed, headers } = await answered({ method: 'OPTIONS', headers: { Origin: origin, ...asked } })
  expect([status, allowed]).toEqual([204, origin])
  expect(headers.get('Access-Control-Allow-Methods')).toContain('PUT')
  expect(headers.get('Access-Control-Allow-Headers')).toBe('x-mbx-apikey')
})

test('who is no page is told nothing of it', async () => {
  expect(await answered({})).toMatchObject({ status: 200, allowed: null })
})
