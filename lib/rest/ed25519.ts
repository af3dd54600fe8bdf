import { eddsa, edwards, type EdDSA } from '@noble/curves/abstract/edwards'
import { sha512 } from '@noble/hashes/sha2'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'

/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410, section 7), in hex; the lengths may differ. */
const PKCS8 = /^30..02010[01]300506032b657004220420([0-9a-f]{64})/

let made: EdDSA | undefined

/** Edwards25519 (RFC 8032, section 5.1), which is made when somebody signs: whoever only imports the package does not wait. */
const ed25519 = (): EdDSA =>
  (made ??= eddsa(
    edwards(
      {
        p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
        n: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
        h: 8n,
        a: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffecn,
        d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
        Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
        Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
      },
      { FpFnLE: true },
    ),
    sha512,
    { adjustScalarBytes: clamped },
  ))

/** RFC 8032, section 5.1.5: the lowest three bits and the highest are cleared, and the second highest is set. */
const clamped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, i) => (i === 0 ? byte & 0xf8 : i === 31 ? (byte & 0x7f) | 0x40 : byte))

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

/** The private key in a PEM; `undefined` where it holds none. */
export const seedOfPem = (pem: string): Uint8Array | undefined => {
  const base64 = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem)?.[1]
  if (base64 === undefined) return undefined
  try {
    const seed = PKCS8.exec(bytesToHex(bytesOf(base64.replace(/\s/g, ''))))?.[1]
    return seed === undefined ? undefined : hexToBytes(seed)
  } catch {
    return undefined
  }
}

/** The private key in a JSON Web Key (RFC 8037); `undefined` where it holds none. */
export const seedOfJwk = ({ crv, d }: { readonly crv?: unknown; readonly d?: unknown }): Uint8Array | undefined => {
  if (crv !== 'Ed25519' || typeof d !== 'string' || !/^[\w-]{43}$/.test(d)) return undefined
  return bytesOf(d.replaceAll('-', '+').replaceAll('_', '/'))
}

/** The signature of a text, in base64. */
export const ed25519Signature = (seed: Uint8Array, text: string): string =>
  btoa(String.fromCharCode(...ed25519().sign(utf8ToBytes(text), seed)))
