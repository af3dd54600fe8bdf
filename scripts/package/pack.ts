import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** The package as npm packs it. */
export interface Tarball {
  readonly path: string
  readonly bytes: number
  readonly files: number
}

interface Packed {
  readonly filename: string
  readonly size: number
  readonly entryCount: number
}

/** Packs what was built into a folder. */
export const pack = (folder: string): Tarball => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  // One package, therefore one answer.
  const [{ filename, size, entryCount }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })) as [Packed]
  return { path: join(folder, filename), bytes: size, files: entryCount }
}
