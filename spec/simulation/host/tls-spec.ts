import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'

/** Certificates of a made-up authority, whose own key is gone; they secure nothing but these specs. */
const pem = (name: string) => readFileSync(join(__dirname, '../../fixtures/tls', `${name}.pem`), 'utf8')

const secured = (certificate: string) =>
  venueFor({ venue: asterFutures, tls: { key: pem(`${certificate}.key`), cert: pem(certificate) } })

const ca = pem('authority')

test('REST and WebSocket are secured on one port', async () => {
  const { addresses, controls } = await secured('good')
  expect(addresses.websocket).toMatch(/^wss:\/\/127\.0\.0\.1:\d+$/)
  expect(addresses.rest).toBe(addresses.websocket.replace('wss', 'https'))
  const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=btcusdt@depth@100ms`, { ca })
  controls.step(5)
  await roundTrip(socket)
  expect(texts.length).toBeGreaterThan(0)
  const asked = request(`${addresses.rest}/fapi/v1/time`, { ca })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let body = ''
  for await (const part of answer) body += String(part)
  expect(body).toMatch(/^{"serverTime":\d+}$/)
})

test.each([
  ['expired', 'certificate has expired'],
  ['elsewhere', "does not match certificate's altnames"],
  ['selfSigned', 'self-signed certificate'],
])('F48 a client that looks sees that it is %s', async (certificate, reason) => {
  const { addresses } = await secured(certificate)
  await expect(bareClient(`${addresses.websocket}/ws`, { ca })).rejects.toThrow(reason)
})

test('faults work as without it, and it closes', async () => {
  const { addresses, controls, close } = await secured('good')
  controls.failUpgrades({ _tag: 'reset' })
  const reset = await bareClient(`${addresses.websocket}/ws`, { ca })
  expect((await reset.closed).code).toBe(1006)
  const client = await bareClient(`${addresses.websocket}/ws`, { ca })
  controls.sendBroken('masked')
  expect((await client.closed).code).toBe(1006)
  const last = await bareClient(`${addresses.websocket}/ws`, { ca })
  await close()
  expect((await last.closed).code).toBe(1006)
})
