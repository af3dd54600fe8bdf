import { hmacSigner } from '../../../lib/rest/hmacSigner.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import { venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { credentials } from './signedCaller.js'

const start = 1_700_000_000_000
const signer = hmacSigner({ ...credentials, venue: bingxSpot })

test('BingX: one key an account, 204 without its name, 404 for another one', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: bingxSpot, accounts: [credentials], scheduler: clock })
  const ask = async (method: string, parameters: Readonly<Record<string, string>> = {}) => {
    clock.pass(500)
    const text = signer.sign(Object.entries(parameters), clock.now())
    const url = `${addresses.rest}/openApi/user/auth/userDataStream?${text}`
    const response = await fetch(url, { method, headers: signer.headers() })
    return [response.status, await response.text()] as const
  }
  const [, text] = await ask('POST')
  const { listenKey } = JSON.parse(text) as { readonly listenKey: string }
  expect(controls.listenKeys()).toEqual([listenKey])
  expect(await ask('POST')).toEqual([200, text])
  expect(await ask('PUT')).toEqual([204, ''])
  expect(await ask('PUT', { listenKey: 'other' })).toEqual([404, '{"code":100404,"msg":"listen key does not exist"}'])
  expect(await ask('PUT', { listenKey })).toEqual([200, '{}'])
  expect(await ask('DELETE', { listenKey })).toEqual([200, '{}'])
  expect((await ask('PUT', { listenKey }))[0]).toBe(404)
})

test('BingX: two of these calls a second', async () => {
  const clock = clockAt(start)
  const { addresses } = await venueFor({ venue: bingxSpot, accounts: [credentials], scheduler: clock })
  const create = async () => {
    const url = `${addresses.rest}/openApi/user/auth/userDataStream?${signer.sign([], clock.now())}`
    return (await fetch(url, { method: 'POST', headers: signer.headers() })).text()
  }
  expect(await create()).toContain('listenKey')
  expect(await create()).toContain('listenKey')
  expect(await create()).toBe('{"code":100410,"msg":"rate limitation"}')
  clock.pass(1_000)
  expect(await create()).toContain('listenKey')
})
