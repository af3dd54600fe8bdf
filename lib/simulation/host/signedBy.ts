import { ecdsa } from '@noble/curves/abstract/weierstrass'
import { secp256k1 } from '@noble/curves/secp256k1'
import { sha256 } from '@noble/hashes/sha2'
import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { eip712Digest } from '../../rest/eip712.js'

const curve = ecdsa(secp256k1.Point, sha256)

const shape = /^0x([0-9a-f]{128})(1b|1c)$/i

/**
 * The address, in lower case, of the wallet that signed the parameters exactly as they were sent, all that stand
 * before `&signature=`; `undefined` where that is no signature.
 */
export const signedBy = (text: string, chainId: number): string | undefined => {
  const [, msg, signature = ''] = /^(.*)&signature=([^&]+)$/s.exec(text) ?? []
  const [, compact, v = ''] = shape.exec(signature) ?? []
  if (msg === undefined || compact === undefined) return undefined
  const recovered = Uint8Array.of(Number.parseInt(v, 16) - 27, ...hexToBytes(compact))
  try {
    const key = curve.recoverPublicKey(recovered, eip712Digest(chainId, msg), { prehash: false })
    const point = secp256k1.Point.fromHex(key).toBytes(false).subarray(1)
    return `0x${bytesToHex(keccak_256(point).subarray(-20))}`
  } catch {
    return undefined
  }
}
