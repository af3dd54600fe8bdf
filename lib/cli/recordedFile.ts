import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { RecordConfig, RecordPart, Rotation } from '../index.js'
import { quoted } from './readCall.js'
import { UsageError } from './UsageError.js'

/** What may stand in the name of a recording, between braces. */
const placeholders: Readonly<Record<string, (part: RecordPart) => string>> = {
  period: ({ period }) => period,
  index: ({ index }) => String(index).padStart(4, '0'),
}

const written = /\{([^{}]*)\}/g

const made = (path: string): string => {
  mkdirSync(dirname(path), { recursive: true })
  return path
}

/**
 * The names of a recording's files: a pattern with `{period}` and `{index}`, or a plain name, into which a rotation puts
 * them before its extension. The folders are made.
 * @throws UsageError for another placeholder, or one that is missing.
 */
export const recordedFile = (pattern: string, { bytes, every }: Rotation): RecordConfig['file'] => {
  const names = [...pattern.matchAll(written)].map(([, name = '']) => name)
  const unknown = names.find((name) => !Object.hasOwn(placeholders, name))
  if (unknown !== undefined)
    throw new UsageError(`--file: expected {period} or {index} between braces, came ${quoted(`{${unknown}}`)}`)
  if (names.length === 0) return made(pattern)
  if (every === undefined && bytes === undefined)
    throw new UsageError('--file: expected a name without braces where nothing is rotated: give --every or --bytes')
  if (every !== undefined && !names.includes('period'))
    throw new UsageError('--file: expected {period} in the name, as --every begins a file with each of them')
  if (bytes !== undefined && !names.includes('index'))
    throw new UsageError('--file: expected {index} in the name, as --bytes begins files that are numbered')
  return (part) => made(pattern.replaceAll(written, (whole, name: string) => placeholders[name]?.(part) ?? whole))
}
