import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { served } from '../communicators/websocket/serve.js'
import { bundled } from '../helpers/bundled.js'

const file = bundled('spec/faults/tlsProgram.ts')
const path = (name: string) => join(__dirname, '../fixtures/tls', `${name}.pem`)
const pem = (name: string) => readFileSync(path(name), 'utf8')

test.each([
  ['expired', 'CERT_HAS_EXPIRED: certificate has expired'],
  ['elsewhere', 'ERR_TLS_CERT_ALTNAME_INVALID: '],
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate'],
])('F48 a certificate that is %s is refused in a process that is told to check none', (name, reason) =>
  served(
    { tls: { cert: pem(name), key: pem(`${name}.key`) }, onSocket: (socket) => socket.close(1000) },
    async ({ url }) => {
      const program = fork(file, [url, path('authority')], {
        env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
      })
      const [events] = (await once(program, 'message')) as [unknown]
      expect(events).toEqual([{ _tag: 'Failed', reason: expect.stringContaining(reason) as string }])
      await once(program, 'exit')
    },
  ),
)
