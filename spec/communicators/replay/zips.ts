import { crc32, deflateRawSync } from 'node:zlib'

/** A file of an archive, and how it is packed there. */
export interface Entry {
  readonly name: string
  readonly content: string | Buffer
  readonly method?: 'stored' | 'deflate'
  /** Its checksum and lengths stand behind it, as where an archive is written as it comes; with those of 8 bytes. */
  readonly described?: 'short' | 'long'
  /** Its lengths stand in the extra field, as in archives of more than 4 GiB. */
  readonly isLong?: boolean
  readonly flags?: number
}

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)

/** Writes archives as APPNOTE.TXT of PKWARE says, sections 4.3.7 to 4.3.16; the directory holds what readers of it need. */
export const zipOf = (entries: readonly Entry[], directory = true): Buffer => {
  let at = 0
  const headers: Buffer[] = []
  const files = entries.map(({ name, content, method = 'deflate', described, isLong = false, flags = 0 }) => {
    const bytes = Buffer.from(content)
    const packed = method === 'stored' ? bytes : deflateRawSync(bytes)
    const [sum, lengths] = [u32(crc32(bytes)), [packed.length, bytes.length]]
    const none = [u32(0), u32(0), u32(0)]
    const far = u32(0xffffffff)
    const told = described === undefined ? [sum, ...(isLong ? [far, far] : lengths.map(u32))] : none
    const extra = isLong ? Buffer.concat([u16(1), u16(16), u64(bytes.length), u64(packed.length)]) : Buffer.alloc(0)
    const common = [
      ...[u16(45), u16((described === undefined ? 0 : 8) | flags), u16(method === 'stored' ? 0 : 8), u32(0)],
      ...[...told, u16(Buffer.byteLength(name)), u16(extra.length)],
    ]
    const long = described === 'long' ? lengths.map(u64) : lengths.map(u32)
    const behind = described === undefined ? [] : [Buffer.from('PK\x07\x08', 'latin1'), sum, ...long]
    const file = Buffer.concat([
      ...[Buffer.from('PK\x03\x04', 'latin1'), ...common, Buffer.from(name), extra, packed, ...behind],
    ])
    headers.push(
      Buffer.concat([
        ...[Buffer.from('PK\x01\x02', 'latin1'), u16(45), ...common, u16(0), u16(0), u16(0), u32(0), u32(at)],
        ...[Buffer.from(name), extra],
      ]),
    )
    at += file.length
    return file
  })
  const all = Buffer.concat(headers)
  const end = [
    ...[Buffer.from('PK\x05\x06', 'latin1'), u16(0), u16(0), u16(entries.length), u16(entries.length)],
    ...[u32(all.length), u32(at), u16(0)],
  ]
  return Buffer.concat([...files, ...(directory ? [all, ...end] : [])])
}
