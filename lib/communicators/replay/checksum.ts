import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Whether a file is what the `.CHECKSUM` beside it says, by SHA-256; `undefined` where there is none. */
export const checksumOf = async (path: string, stop: AbortSignal): Promise<'right' | 'wrong' | undefined> => {
  const told = await readFile(`${path}.CHECKSUM`, 'utf8').catch(() => undefined)
  const [expected] = /[\da-f]{64}/i.exec(told ?? '') ?? []
  if (expected === undefined) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { signal: stop })
  return hash.digest('hex') === expected.toLowerCase() ? 'right' : 'wrong'
}
