import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { RecordPart } from './RecordConfig.js'

/** So many parts in a row may have been removed. */
const REMOVED = 10_000

/** The highest index of the parts of a period that are there; 0 where none is. */
export const lastPart = (nameOf: (part: RecordPart) => string, period: string): number => {
  const folders = new Map<string, ReadonlySet<string>>()
  const namesIn = (folder: string) => {
    const known = folders.get(folder) ?? new Set(existsSync(folder) ? readdirSync(folder) : [])
    folders.set(folder, known)
    return known
  }
  let last = 0
  for (let index = 1; index <= last + REMOVED; index += 1) {
    const path = nameOf({ index, period })
    if (namesIn(dirname(path)).has(basename(path))) last = index // F64
    if (index === 1 && nameOf({ index: 2, period }) === path) break
  }
  return last
}
