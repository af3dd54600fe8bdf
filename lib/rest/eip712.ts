import { ecdsa, weierstrassN, type ECDSA } from '@noble/curves/abstract/weierstrass'
import { sha256 } from '@noble/hashes/sha2'
import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'

let made: ECDSA | undefined

/**
 * The curve secp256k1 (SEC 2, section 2.4.1), which is made when somebody signs: whoever only imports the package does
 * not wait for it.
 */
const secp256k1 = (): ECDSA =>
  (made ??= ecdsa(
    weierstrassN({
      p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
      a: 0n,
      b: 7n,
      Gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
      Gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
      n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
      h: 1n,
    }),
    sha256,
  ))

const hash = (text: string) => keccak_256(utf8ToBytes(text))

const word = (value: bigint) => hexToBytes(value.toString(16).padStart(64, '0'))

const DOMAIN = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
const NO_CONTRACT = 0n

/** What is signed for a text: EIP-712 with the domain `AsterSignTransaction`, type `Message { string msg }`. */
export const eip712Digest = (chainId: number, msg: string): Uint8Array => {
  const domain = keccak_256(
    concatBytes(hash(DOMAIN), hash('AsterSignTransaction'), hash('1'), word(BigInt(chainId)), word(NO_CONTRACT)),
  )
  const message = keccak_256(concatBytes(hash('Message(string msg)'), hash(msg)))
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domain, message))
}

/** The signature of a text, `0x` and r, s, v in hex; v is 27 or 28. */
export const eip712Signature = (privateKey: Uint8Array, chainId: number, msg: string): string => {
  const signature = secp256k1().sign(eip712Digest(chainId, msg), privateKey, { prehash: false, lowS: true })
  return `0x${bytesToHex(signature.toBytes('compact'))}${(27 + signature.recovery).toString(16)}`
}

/** Whether these bytes are a private key. */
export const isPrivateKey = (bytes: Uint8Array): boolean => secp256k1().utils.isValidSecretKey(bytes)

/** The address of a private key, with the capitals of EIP-55. */
export const addressOf = (privateKey: Uint8Array): string => {
  const point = secp256k1().getPublicKey(privateKey, false).subarray(1)
  const address = bytesToHex(keccak_256(point).subarray(-20))
  const capitals = bytesToHex(hash(address))
  const isCapital = (at: number) => Number.parseInt(capitals.charAt(at), 16) >= 8
  return `0x${address.replace(/[a-f]/g, (digit, at: number) => (isCapital(at) ? digit.toUpperCase() : digit))}`
}
