import { secp256k1 } from '@noble/curves/secp256k1'
import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'

const hash = (text: string) => keccak_256(utf8ToBytes(text))

const word = (value: bigint) => hexToBytes(value.toString(16).padStart(64, '0'))

const NO_CONTRACT = word(0n)

const domainType = hash('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
const messageType = hash('Message(string msg)')

/** What is signed for a text: EIP-712 with the domain `AsterSignTransaction`, type `Message { string msg }`. */
export const eip712Digest = (chainId: number, msg: string): Uint8Array => {
  const domain = keccak_256(
    concatBytes(domainType, hash('AsterSignTransaction'), hash('1'), word(BigInt(chainId)), NO_CONTRACT),
  )
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domain, keccak_256(concatBytes(messageType, hash(msg)))))
}

/** The signature of a text, `0x` and r, s, v in hex; v is 27 or 28. */
export const eip712Signature = (privateKey: Uint8Array, chainId: number, msg: string): string => {
  const signature = secp256k1.sign(eip712Digest(chainId, msg), privateKey)
  return `0x${bytesToHex(signature.toBytes('compact'))}${(27 + signature.recovery).toString(16)}`
}

/** The address of a private key, with the capitals of EIP-55. */
export const addressOf = (privateKey: Uint8Array): string => {
  const point = secp256k1.getPublicKey(privateKey, false).subarray(1)
  const address = bytesToHex(keccak_256(point).subarray(-20))
  const capitals = bytesToHex(hash(address))
  const isCapital = (at: number) => Number.parseInt(capitals.charAt(at), 16) >= 8
  return `0x${address.replace(/[a-f]/g, (digit, at: number) => (isCapital(at) ? digit.toUpperCase() : digit))}`
}
