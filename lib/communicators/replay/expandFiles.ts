import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { ReplayFile } from './ReplayConfig.js'

/** In natural order: 2 before 10. A collator takes 6 ms to make, which whoever only imports the package does not pay. */
const inNaturalOrder = (paths: readonly string[]): readonly string[] =>
  paths.toSorted(new Intl.Collator('en', { numeric: true }).compare)

/** What stands beside recordings, and is none: checksums, locks of writers, and what is hidden. */
const isBeside = (path: string) => /(^|[\\/])\.[^\\/]*$|\.(CHECKSUM|lock)$/.test(path)

const isPattern = (path: string) => /[*?[\]{}]/.test(path)

const inFolder = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((one) => !one.isDirectory())
    .map(({ name }) => join(folder, name))

const matching = async (pattern: string): Promise<readonly string[]> => {
  const { glob } = await import('tinyglobby')
  return glob(pattern, { expandDirectories: false, absolute: isAbsolute(pattern) })
}

const pathsOf = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined)
  const paths =
    found?.isDirectory() === true
      ? await inFolder(path)
      : found === undefined && isPattern(path)
        ? await matching(path)
        : undefined
  if (paths === undefined) return [path]
  return inNaturalOrder(paths.filter((one) => !isBeside(one)))
}

/**
 * The files that a replay plays, in its order: those of a folder, or those that match a pattern, in natural order. What
 * stands for none stays as it is, and whoever opens it tells why it cannot be read.
 */
export const expandFiles = async (files: readonly ReplayFile[]): Promise<readonly ReplayFile[]> => {
  const all = await Promise.all(
    files.map(async (file) => (await pathsOf(file.path)).map((path): ReplayFile => ({ ...file, path }))),
  )
  return all.flatMap((found, i) => (found.length > 0 ? found : files.slice(i, i + 1)))
}
