import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { signedBy } from '../../../lib/simulation/host/walletSignature.js'

const wallet = '0x21cf8ae13bb72632562c6fff438652ba1a151bb0'
const { sign } = eip712Signer({
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
})

test('whoever signed, whatever the parity of the signature', () => {
  const texts = Array.from({ length: 16 }, (_, i) => sign([['a', String(i)]], 1))
  expect(new Set(texts.map((text) => text.slice(-2)))).toEqual(new Set(['1b', '1c']))
  expect(texts.map((text) => signedBy(text, 1_666))).toEqual(texts.map(() => wallet))
})

test('another text or chain is signed by another', () => {
  const text = sign([['a', '1']], 1)
  expect(signedBy(text.replace('a=1', 'a=2'), 1_666)).not.toBe(wallet)
  expect(signedBy(text, 714)).not.toBe(wallet)
})

test.each(['', 'a=1', 'a=1&signature=', 'a=1&signature=0x12', `a=1&signature=0x${'0'.repeat(128)}1b`])(
  '%j holds no signature',
  (text) => {
    expect(signedBy(text, 1_666)).toBeUndefined()
  },
)
