import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom, toArray } from 'rxjs'
import { wsTransport } from '../../../lib/communicators/websocket/transport/wsTransport.js'
import { served } from './serve.js'

/** Certificates of a made-up authority, whose own key is gone; they secure nothing but these specs. */
const pem = (name: string) => readFileSync(join(__dirname, '../../fixtures/tls', `${name}.pem`), 'utf8')

const everything = (certificate: string, ca: string | undefined) => {
  let result: unknown
  return served(
    {
      tls: { cert: pem(certificate), key: pem(`${certificate}.key`) },
      onSocket: (socket) => socket.close(1000),
    },
    async ({ url, empty }) => {
      const transport = wsTransport(ca === undefined ? {} : { tls: { ca } })
      result = await lastValueFrom(transport(url).event$.pipe(toArray()))
      await empty()
    },
  ).then(() => result)
}

describe('F48 the certificate is checked', () => {
  test('a good one', async () => {
    expect(await everything('good', pem('authority'))).toEqual([
      { _tag: 'Opened' },
      { _tag: 'Closed', code: 1000, reason: '' },
    ])
  })

  const bad = [
    ['expired', 'CERT_HAS_EXPIRED: certificate has expired'],
    [
      'elsewhere',
      "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ",
    ],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate'],
  ] as const

  test.each(bad)('%s is refused', async (certificate, reason) => {
    expect(await everything(certificate, pem('authority'))).toEqual([{ _tag: 'Failed', reason }])
  })

  test('one of an authority that nobody knows is refused', async () => {
    expect(await everything('good', undefined)).toEqual([
      {
        _tag: 'Failed',
        reason: expect.stringMatching(
          /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY): /,
        ) as string,
      },
    ])
  })
})
