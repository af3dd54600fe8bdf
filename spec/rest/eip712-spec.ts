import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { addressOf, eip712Digest, eip712Signature } from '../../lib/rest/eip712.js'

const key = hexToBytes('4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1')

test('the address of a key, with capitals as a checksum', () => {
  expect(addressOf(key)).toBe('0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0')
  expect(addressOf(hexToBytes('00'.repeat(31) + '01'))).toBe('0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf')
})

test('digest and signature of an empty text', () => {
  expect(bytesToHex(eip712Digest(1_666, ''))).toBe('e0f1aad7fc9bb5b14c501bb69b110286c94406576860971231b381b9eb11dbef')
  expect(eip712Signature(key, 1_666, '')).toBe(
    '0xb7fe1961a997fb3fab846eadbfb0cbf0297029df88d0b5f5f1f738f10f8bbd337a5baeda44397cb37248146bec810048988a5597bb841de18d298dbc1b8994201b',
  )
})

test('the chain is signed', () => {
  expect(eip712Digest(714, '')).not.toEqual(eip712Digest(1_666, ''))
})
