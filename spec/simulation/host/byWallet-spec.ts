import { readFileSync } from 'node:fs'
import { byWallet } from '../../../lib/simulation/host/authenticate.js'
import { nonces } from '../../../lib/simulation/host/walletSignature.js'
import { serverBehaviourOf } from '../../../lib/simulation/venues/serverBehaviourOf.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { shared } from '../../helpers/shared.js'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly signer: string
  readonly domain: { readonly chainId: number }
  readonly msg: string
  readonly expected: string
}

const path = shared('vectors/signatures.json')
const { vectors } = (path === undefined ? { vectors: [] } : JSON.parse(readFileSync(path, 'utf8'))) as {
  readonly vectors: readonly Vector[]
}
const signed = vectors.filter(({ kind, msg }) => kind === 'aster-v3-eip712' && msg !== '')

const sent = ({ signer, domain, expected }: Vector, msg: string, known = nonces()) => {
  const text = `${msg}&signature=${expected}`
  const parameters = new URLSearchParams(text)
  const request = { method: 'POST', path: '/', text, parameters, headers: {} }
  const now = Number(parameters.get('nonce')) / 1_000
  const behaviour = serverBehaviourOf(asterFutures)
  return byWallet({ behaviour, accounts: [{ signer }], nonces: known, chainId: domain.chainId }, request, now)
}

const these = path === undefined ? test.skip : test

these('there are signatures that were made elsewhere', () => {
  expect(signed.length).toBeGreaterThan(5)
})

if (signed.length > 0)
  describe.each(signed.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    test('is taken, once', () => {
      const known = nonces()
      expect(sent(vector, vector.msg, known)).toEqual({ account: 'account 0' })
      expect(sent(vector, vector.msg, known)).toHaveProperty('refused')
    })
    test('is refused for another text', () => {
      expect(sent(vector, vector.msg.replace('nonce=', 'nonce=1'))).toHaveProperty('refused')
    })
  })
