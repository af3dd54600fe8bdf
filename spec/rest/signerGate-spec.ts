import { Observable } from 'rxjs'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { signerGate } from '../../lib/rest/signerGate.js'

const signer = () => hmacSigner({ apiKey: 'k', secret: 's' })

test('a signer has one gate, and each its own', () => {
  const [one, other] = [signer(), signer()]
  expect(signerGate(one)).toBe(signerGate(one))
  expect(signerGate(one)).not.toBe(signerGate(other))
})

test('fewer pass than the hundred that a venue remembers', () => {
  const gate = signerGate(signer())
  let inside = 0
  const request = new Observable<never>(() => {
    inside += 1
  })
  for (let i = 0; i < 150; i++) gate.pass(request).subscribe()
  expect(inside).toBe(99)
})
