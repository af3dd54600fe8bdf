import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { byHmac } from '../../../lib/simulation/host/authenticate.js'
import { serverBehaviourOf } from '../../../lib/simulation/venues/serverBehaviourOf.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { shared } from '../../helpers/shared.js'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly secret: string
  readonly payload: string
  readonly expected: string
  readonly docBug?: true
}

const path = shared('vectors/signatures.json')
const { vectors } = (path === undefined ? { vectors: [] } : JSON.parse(readFileSync(path, 'utf8'))) as {
  readonly vectors: readonly Vector[]
}
const signed = vectors.filter(({ kind, id }) => kind === 'hmac-sha256-hex' && !id.includes('wsapi'))

/** Who sent this, to a venue that has the vector's secret and clock. */
const sent = ({ id, secret, payload, expected }: Vector, text: string) => {
  const venue = id.startsWith('bingx') ? bingxSpot : asterFutures
  const parameters = new URLSearchParams(payload)
  const headers = { [venue.rest.apiKeyHeader.toLowerCase()]: 'mine' }
  const whole = `${text}&signature=${expected}`
  const request = { method: 'POST', path: '/', text: whole, parameters: new URLSearchParams(whole), headers }
  const accounts = [{ apiKey: 'mine', secret }]
  return byHmac({ venue, behaviour: serverBehaviourOf(venue), accounts }, request, Number(parameters.get('timestamp')))
}

const these = path === undefined ? test.skip : test

these('there are signatures that were made elsewhere', () => {
  expect(signed.length).toBeGreaterThan(8)
})

if (signed.length > 0)
  describe.each(signed.map((vector) => [vector.id, vector] as const))('%s', (id, vector) => {
    test('is taken', () => {
      expect(sent(vector, vector.payload)).toEqual({ account: 'account 0' })
    })
    test('is refused for another text', () => {
      expect(sent(vector, vector.payload.replace('timestamp', 'a=b&timestamp'))).toHaveProperty('refused')
    })
    if (id.startsWith('bingx'))
      test('is taken in any order', () => {
        expect(sent(vector, vector.payload.split('&').reverse().join('&'))).toEqual({ account: 'account 0' })
      })
  })

describe('BingX', () => {
  const ask = (text: string, now: number) => {
    const headers = { 'x-bx-apikey': 'mine' }
    const request = { method: 'GET', path: '/', text, parameters: new URLSearchParams(text), headers }
    const accounts = [{ apiKey: 'mine', secret: 's' }]
    const who = byHmac({ venue: bingxSpot, behaviour: serverBehaviourOf(bingxSpot), accounts }, request, now)
    return 'refused' in who ? who.refused : who.account
  }

  test('values are signed as they were before they were encoded', () => {
    const signature = createHmac('sha256', 's').update('a=x:y z&timestamp=1').digest('hex')
    expect(ask(`timestamp=1&a=x%3Ay%20z&signature=${signature}`, 1)).toBe('account 0')
  })

  test('a window of more than 5 s is none, and refusals are those of BingX', () => {
    const signature = createHmac('sha256', 's').update('recvWindow=60000&timestamp=1').digest('hex')
    const text = `timestamp=1&recvWindow=60000&signature=${signature}`
    expect(ask(text, 5_001)).toBe('account 0')
    expect(ask(text, 5_002)).toMatchObject({ status: 200, body: expect.stringContaining('100421') as string })
    expect(ask('timestamp=1&signature=00', 1)).toMatchObject({ body: expect.stringContaining('100001') as string })
  })
})
