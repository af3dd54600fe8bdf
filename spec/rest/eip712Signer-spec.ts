import { inspect } from 'node:util'
import { hexToBytes } from '@noble/hashes/utils'
import { eip712Signature } from '../../lib/rest/eip712.js'
import { createNonces, eip712Signer } from '../../lib/rest/eip712Signer.js'

const user = '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e'
const wallet = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
const digits = '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1'
const privateKey = `0x${digits}`
const signatureOf = (msg: string, chainId = 1_666) => eip712Signature(hexToBytes(digits), chainId, msg)

test('the parameters, nonce, user and signer, and the signature of just that text', () => {
  const signer = eip712Signer({ user, privateKey })
  const msg = `symbol=A%20B&nonce=1748310859508000&user=${user}&signer=${wallet}`
  expect(signer.signing).toBe('eip712')
  expect(signer.headers()).toEqual({})
  expect(signer.sign([['symbol', 'A B']], 1_748_310_859_508)).toBe(`${msg}&signature=${signatureOf(msg)}`)
})

test('without the user, and on the testnet', () => {
  const msg = `nonce=1000&signer=${wallet}`
  expect(eip712Signer({ user, privateKey, includeUser: false }).sign([], 1)).toBe(
    `${msg}&signature=${signatureOf(msg)}`,
  )
  expect(eip712Signer({ user, privateKey, includeUser: false, chainId: 714 }).sign([], 1)).toBe(
    `${msg}&signature=${signatureOf(msg, 714)}`,
  )
})

test('the signer is written as it was given', () => {
  const signer = eip712Signer({ user, signer: wallet.toLowerCase(), privateKey: digits })
  expect(signer.sign([], 1)).toContain(`&signer=${wallet.toLowerCase()}&`)
})

test('nonces rise, until the clock is set back', () => {
  const signer = eip712Signer({ user, privateKey })
  const nonce = (now: number) => new URLSearchParams(signer.sign([], now)).get('nonce')
  expect([nonce(9), nonce(9), nonce(8)]).toEqual(['9000', '9001', '9002'])
  signer.clockSet?.(8)
  expect(nonce(8)).toBe('8001')
})

const noKeys = [
  '',
  '0x',
  digits.slice(1),
  `${digits}0`,
  `x${digits}`,
  `g${digits.slice(1)}`,
  '0'.repeat(64),
  'f'.repeat(64),
]
test.each(noKeys)('%j is no private key, and is not shown', (key) => {
  expect(() => eip712Signer({ user, privateKey: key })).toThrow(
    new TypeError('eip712Signer: expected a private key of 32 bytes in hex; what came is none, and is not shown'),
  )
})

test.each([
  ['user', '0x12', 4],
  ['user', `${user}0`, 43],
  ['user', `x${user}`, 43],
  ['signer', 'nobody', 6],
])('an address is checked: %s %s', (name, address, length) => {
  expect(() => eip712Signer({ user, privateKey, [name]: address })).toThrow(
    new TypeError(`eip712Signer: expected ${name} to be an address, 0x and 40 hex digits, came ${length} characters`),
  )
})

test("the signer must be the key's", () => {
  expect(() => eip712Signer({ user, signer: user, privateKey })).toThrow(
    new TypeError(`eip712Signer: expected signer to be the private key's address ${wallet}, came ${user}`),
  )
})

test('keeps its key', () => {
  const signer = eip712Signer({ user, privateKey })
  expect(inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer)).not.toContain(digits)
  expect(signer.redact(`a ${privateKey} b ${digits}`)).toBe('a <redacted> b <redacted>')
})

describe('nonces', () => {
  test('the time in microseconds', () => {
    expect(createNonces().next(1_748_310_859_508.8672)).toBe(1_748_310_859_508_867)
  })

  test('F37 each is greater than the one before, at the same time and when the time goes back', () => {
    const nonces = createNonces()
    expect([5, 5, 5.001, 4, 0, 6].map(nonces.next)).toEqual([5_000, 5_001, 5_002, 5_003, 5_004, 6_000])
  })

  test('two signers have their own', () => {
    expect([createNonces().next(1), createNonces().next(1)]).toEqual([1_000, 1_000])
  })

  test('a clock that was ahead is put back, and no nonce comes twice', () => {
    const nonces = createNonces()
    const ahead = [10, 10, 10].map(nonces.next)
    nonces.restart(9.999)
    expect([9.999, 9.999, 9.999, 9.999].map(nonces.next)).toEqual([10_003, 10_004, 10_005, 10_006])
    expect(ahead).toEqual([10_000, 10_001, 10_002])
  })

  test('after a restart it goes on from the new time', () => {
    const nonces = createNonces()
    nonces.next(100)
    nonces.restart(50)
    expect([nonces.next(50), nonces.next(50), nonces.next(51)]).toEqual([50_001, 50_002, 51_000])
  })

  test('a restart at a later time changes nothing', () => {
    const nonces = createNonces()
    nonces.next(10)
    nonces.restart(20)
    expect(nonces.next(10)).toBe(10_001)
  })

  test('the greatest hundred are remembered, until they are passed', () => {
    const nonces = createNonces()
    for (let i = 0; i < 101; i++) nonces.next(1)
    nonces.restart(0.998)
    // 1,000 was the first of 101, and is forgotten; 1,001 to 1,100 are not.
    expect([0.998, 0.998, 0.998].map(nonces.next)).toEqual([999, 1_000, 1_101])
  })
})
