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

/** The nonces that signers have used. */
export interface Nonces {
  /** False where a nonce (µs) is too far from `now` (ms), was used, or lies below all that are remembered. */
  readonly accept: (signer: string, nonce: number, now: number) => boolean
}

/** How many nonces of each signer are remembered, the greatest. */
const REMEMBERED = 100
/** How far from the venue's time a nonce may be, in ms. */
const WINDOW = 10_000

export const nonces = (): Nonces => {
  const used = new Map<string, readonly number[]>()
  return {
    accept: (signer, nonce, now) => {
      if (!Number.isSafeInteger(nonce) || Math.abs(nonce / 1_000 - now) > WINDOW) return false
      const known = used.get(signer) ?? []
      const isLow = known.length === REMEMBERED && nonce < Math.min(...known)
      if (isLow || known.includes(nonce)) return false
      used.set(signer, [...known, nonce].sort((a, b) => a - b).slice(-REMEMBERED))
      return true
    },
  }
}
